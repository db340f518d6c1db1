import { spawnSync } from "node:child_process";
import { appendFileSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { DEFAULT_POLICY } from "../../src/model/policy";
import { RulesOfRun, sharePolicy } from "../../src/resources/policy/run-policy";
import { Claims } from "../../src/resources/shared/claims";
import { RemovalTally } from "../../src/resources/shared/removal-tally";
import { RotationTurns } from "../../src/resources/shared/rotation-turns";
import { identify, type ProcessIdentity } from "../../src/run/engine-process";
import { SharedLedger } from "../../src/run/shared-ledger";

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "glsa-ledger-"));
  folders.push(made);
  return made;
}

const one = identify(process.pid);
const other = identify(process.ppid);
/** Of a process that was killed before it could say that it ends. */
const killed: ProcessIdentity = { pid: spawnSync("true").pid, start: "1" };

const now = () => process.hrtime.bigint();
const joining = (at: string, self: ProcessIdentity, began = now()) =>
  new SharedLedger(at, () => true, self, began);

test("each hears what the others of its walk told, and not itself", () => {
  const at = folder();
  const [left, right] = [joining(at, one), joining(at, other)];
  left.tell("claim", "account 1");
  expect(left.heard("claim", "account 1")).toBeUndefined();
  expect(right.heard("claim", "account 1")).toBeLessThan(now());
  expect(right.heard("keep", "account 1")).toBeUndefined();
  expect(right.heardAll("claim")).toEqual(new Set([right.sealed("account 1")]));
  left.retract("claim", "account 1");
  expect(right.heard("claim", "account 1")).toBeUndefined();
});

test("a folder shows no value", () => {
  const at = folder();
  joining(at, one).tell("declare", "command deploy --token=secret");
  expect(readdirSync(at)).toHaveLength(1);
  const [name = ""] = readdirSync(at);
  expect(spawnSync("cat", [join(at, name)]).stdout.toString()).not.toContain("secret");
});

test("what is shared is read by all, in every walk of the run", () => {
  const at = folder();
  const first = joining(at, one);
  first.share("policy", "strict");
  first.share("policy", "strict");
  first.end();
  const next = joining(at, other);
  next.share("other", "words");
  expect(next.shared("policy")).toEqual(["strict"]);
});

test("the policy of a run is made anew for what joins, and for nothing else", () => {
  const at = folder();
  const own = { policy: DEFAULT_POLICY, files: ["glsa.config.json"], written: null };
  const rules = new RulesOfRun(own, "here", joining(at, one));
  const alone = rules.now();
  expect(alone).toEqual({ policy: DEFAULT_POLICY, files: ["glsa.config.json"] });
  expect(rules.now()).toBe(alone);
  const beside = joining(at, other);
  sharePolicy({ instance: "here", settings: { maxRemovals: 1 } }, beside);
  const together = rules.now();
  expect(together.policy.maxRemovals).toBe(1);
  beside.share("other", "words");
  expect(rules.now()).toBe(together);
  sharePolicy({ instance: "here", settings: { maxRemovals: 0 } }, beside);
  expect(rules.now().policy.maxRemovals).toBe(0);
});

test("turns to rotate are counted over all configurations and walks of a run, and an object keeps its own", () => {
  const at = folder();
  const [left, right] = [one, other].map((self) => new RotationTurns(joining(at, self), "here"));
  expect([
    left?.take("a", 2),
    right?.take("b", 2),
    left?.take("c", 2),
    right?.take("d", 2),
  ]).toEqual([true, true, false, false]);
  expect([right?.take("a", 2), left?.take("a", 2)]).toEqual([true, true]);
  const later = new RotationTurns(joining(at, killed), "here");
  expect([later.take("b", 2), later.take("e", 2)]).toEqual([true, false]);
  expect(new RotationTurns(joining(at, { ...killed, start: "2" }), "elsewhere").take("a", 1)).toBe(
    true,
  );
});

describe("a walk", () => {
  test("is over when all of it have ended: what they planned is no contradiction any more", () => {
    const at = folder();
    const planning = joining(at, one);
    planning.tell("destroy", "account 1");
    planning.end();
    expect(joining(at, other).heard("destroy", "account 1")).toBeUndefined();
  });

  test("is the same for a process that began while another one lived, however late it joins", () => {
    const at = folder();
    const first = joining(at, one);
    first.tell("destroy", "account 1");
    const began = now();
    first.end();
    expect(joining(at, other, began).heard("destroy", "account 1")).toBeDefined();
  });

  test("of a process that was killed is over as well", () => {
    const at = folder();
    joining(at, killed).tell("destroy", "account 1");
    const next = joining(at, one);
    expect(next.heard("destroy", "account 1")).toBeUndefined();
    expect(next.trouble).toBeUndefined();
  });
});

test("something is first once in a run, over walks and configurations", () => {
  const at = folder();
  const left = joining(at, one);
  expect([left.isFirst("token expires"), left.isFirst("token expires")]).toEqual([true, false]);
  left.end();
  expect(joining(at, other).isFirst("token expires")).toBe(false);
});

test("a line that a full disk tore is passed over, and what follows is heard", () => {
  const at = folder();
  const [left, right] = [joining(at, one), joining(at, other)];
  left.tell("keep", "a");
  const file = readdirSync(at).find((name) => name.includes(`.${one.pid}.`)) ?? "";
  for (const torn of ["+ keep AbC+ claim x 1\n", "+ keep \n", "\n", "+ keep 123 4\n", "+ ke"]) {
    appendFileSync(join(at, file), torn);
  }
  expect(right.heardAll("keep").size).toBe(1);
  appendFileSync(join(at, file), "\n");
  left.tell("keep", "b");
  expect(right.heard("keep", "b")).toBeDefined();
  expect(right.trouble).toBeUndefined();
});

test("a folder that is swept away fails nothing, and is told as trouble", () => {
  const at = folder();
  const ledger = joining(at, one);
  rmSync(at, { recursive: true });
  ledger.tell("claim", "account 1");
  expect(ledger.heard("claim", "account 1")).toBeUndefined();
  expect([ledger.isFirst("warning"), ledger.isFirst("warning")]).toEqual([true, false]);
  expect(ledger.trouble).toContain("ENOENT");
  const claims = new Claims(ledger, "https://a");
  expect(claims.untoldTrouble()).toContain("ENOENT");
  expect(claims.untoldTrouble()).toBeUndefined();
});

test("whatever is told and taken back in any order, the others hear what stands", () => {
  const step = fc.record({
    by: fc.constantFrom(0, 1),
    tells: fc.boolean(),
    topic: fc.constantFrom("keep", "destroy"),
    value: fc.constantFrom("a", "b c", "ü\n"),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      const at = folder();
      const ledgers = [joining(at, one), joining(at, other)] as const;
      const told = [new Set<string>(), new Set<string>()] as const;
      for (const { by, tells, topic, value } of steps) {
        const [speaker, listener] = by === 0 ? ledgers : [ledgers[1], ledgers[0]];
        if (tells) speaker.tell(topic, value);
        else speaker.retract(topic, value);
        told[by][tells ? "add" : "delete"](`${topic} ${value}`);
        const stands = told[by].has(`${topic} ${value}`);
        expect(listener.heard(topic, value) !== undefined).toBe(stands);
      }
    }),
    { numRuns: 40 },
  );
});

describe("two configurations", () => {
  const pair = (left: string, right: string) => {
    const at = folder();
    return [new Claims(joining(at, one), left), new Claims(joining(at, other), right)] as const;
  };

  test("of two GitLabs are not in conflict, but for a destination outside of both", () => {
    const [here, there] = pair("https://a", "https://b");
    for (const name of ["username bot", "member 3 of group 4", "variable project 1 TOKEN *"]) {
      expect([here.declare(name), there.declare(name)]).toEqual([true, true]);
    }
    expect([here.planned("account 1", "destroy"), there.planned("account 1", "keep")]).toEqual([
      false,
      false,
    ]);
    for (const name of ["file /etc/token", "vault kv/token", "command deploy"]) {
      expect([here.declare(name), there.declare(name)]).toEqual([true, false]);
    }
  });

  test("of one GitLab are, whichever comes first", () => {
    for (const first of ["destroy", "keep"] as const) {
      const [here, there] = pair("https://a", "https://a");
      const second = first === "destroy" ? "keep" : "destroy";
      expect([here.planned("account 1", first), there.planned("account 1", second)]).toEqual([
        false,
        true,
      ]);
    }
  });

  test("remove together, and what both remove counts once", () => {
    const at = folder();
    const here = new RemovalTally(joining(at, one), "https://a");
    const there = new RemovalTally(joining(at, other), "https://a");
    here.add("accounts", "account 1");
    here.add("accounts", "account 2");
    there.add("accounts", "account 2");
    expect(there.add("accounts", "account 3").accounts).toBe(3);
  });

  test("make and destroy one object: one of the two gives way, in either order", () => {
    const [here, there] = pair("https://a", "https://a");
    expect([here.mayDestroy("account 1"), there.mayAdopt("account 1")]).toEqual([true, false]);
    here.destroyed("account 1");
    expect(there.mayAdopt("account 1")).toBe(true);
    expect(here.mayDestroy("account 1")).toBe(false);
  });
});

describe("a username that is given up first", () => {
  const claimsOf = (orderTells: boolean) =>
    new Claims(new SharedLedger(folder(), () => orderTells, one, now()), "https://a");

  test("is seen by what the engine asks for only afterwards", async () => {
    const claims = claimsOf(true);
    claims.see("account 1");
    await claims.freeUsername("Bot");
    claims.see("account 2");
    expect([
      claims.isFreedBefore("bot", "account 1"),
      claims.isFreedBefore("bot", "account 2"),
    ]).toEqual([false, true]);
  });

  test("is not concluded of an engine that asks for one object after the other", async () => {
    const claims = claimsOf(false);
    await claims.freeUsername("bot");
    claims.see("account 2");
    expect(claims.isFreedBefore("bot", "account 2")).toBe(false);
  });

  test("is not concluded of an engine that was busy in the meantime", async () => {
    const claims = claimsOf(true);
    const freed = claims.freeUsername("bot");
    const busy = Array.from({ length: 9 }, () => claims.during(() => Promise.resolve()));
    await Promise.all([freed, ...busy]);
    claims.see("account 2");
    expect(claims.isFreedBefore("bot", "account 2")).toBe(false);
  });
});
