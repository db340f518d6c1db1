import { inspect } from "node:util";
import type { DeliveryError } from "../../src/destinations/errors";
import {
  deliveredBy,
  failureOf,
  newValue,
  OURS,
  testOnStandIn,
  useVault,
} from "./vault-under-test";

const vault = useVault();
let mount: string;

beforeEach(async () => {
  mount = await vault().mount();
});

const path = "ci/bot";
const fields = () => vault().fields(mount, path);
const notes = () => vault().customMetadata(mount, path);
const WRITE_VALUE = /^POST \S+\/data\//;
const WRITE_NOTE = /^(POST|PATCH) \S+\/metadata\//;
const ANYTHING = /./;

function withoutPatch() {
  const capabilities = ["create", "read", "update"];
  return vault().tokenFor({ [`${mount}/*`]: capabilities });
}

function saysNothingOf(failure: DeliveryError, ...secrets: readonly string[]): void {
  const shown = `${failure.message} ${failure.remedy} ${failure.stack} ${inspect(failure, { depth: 9 })}`;
  for (const secret of [...secrets, vault().rootToken]) expect(shown).not.toContain(secret);
}

describe("a Vault that does not serve", () => {
  testOnStandIn("because it is sealed is told at once", async () => {
    const { standIn } = vault();
    standIn.seal();
    const before = standIn.requests.length;
    const failure = await failureOf(vault().secret({ mount }).check(OURS));
    standIn.seal(false);
    expect(failure.message).toContain("503: Vault is sealed");
    expect(failure.remedy).toContain("unsealed");
    expect(standIn.requests.slice(before).at(-1)).toBe("GET sys/health");
    expect(standIn.requests).toHaveLength(before + 2);
  });

  testOnStandIn("because it is a standby is told with where it points to", async () => {
    const headers = { location: "https://active.example.com/v1/kv" };
    vault().standIn.fault({ matching: ANYTHING, by: { status: 307, headers } });
    const failure = await failureOf(vault().secret({ mount }).check(OURS));
    expect(failure.message).toContain("this node points to https://active.example.com/v1/kv");
    expect(failure.remedy).toContain("standby");
  });

  testOnStandIn("and is not Vault at all is told, without what it answered", async () => {
    for (const status of [200, 404]) {
      vault().standIn.clearFaults();
      vault().standIn.fault({ matching: ANYTHING, by: { status, body: "<html>Sign in</html>" } });
      const failure = await failureOf(vault().secret({ mount }).check(OURS));
      expect(failure.remedy).toContain("is not a Vault");
      expect(failure.message).not.toContain("html");
    }
  });

  test("because nothing listens is told with the address", async () => {
    const secret = vault().secret({ mount, address: "http://127.0.0.1:1" });
    const failure = await failureOf(secret.check(OURS));
    expect(failure.message).toContain("ECONNREFUSED");
    expect(failure.remedy).toContain("http://127.0.0.1:1");
  });

  testOnStandIn.each([429, 412, 502])("for a moment (%i) is asked again", async (status) => {
    const { standIn } = vault();
    standIn.fault({ matching: /^GET/, times: 2, by: { status, body: '{"errors":["later"]}' } });
    await vault().secret({ mount }).check(OURS);
  });

  testOnStandIn("to too many requests is told", async () => {
    vault().standIn.fault({
      matching: WRITE_VALUE,
      by: { status: 429, body: '{"errors":["rate limit"]}' },
    });
    const failure = await failureOf(vault().secret({ mount }).deliver(newValue(1)));
    expect(failure.message).toContain("429: rate limit");
    expect(await notes()).toEqual({});
  });
});

describe("a write of the value whose answer is lost", () => {
  testOnStandIn.each([
    ["cut after effect", "cut after effect"],
    ["cut before effect", "cut before effect"],
    ["answered by a proxy", { status: 502, body: "bad gateway" }],
  ] as const)("(%s) is looked up, and the value is there once", async (_, by) => {
    vault().standIn.fault({ matching: WRITE_VALUE, times: 1, by });
    const secret = vault().secret({ mount });
    const first = newValue(1);
    await secret.deliver(first);
    expect(await fields()).toEqual({ token: first.value });
    expect(await vault().version(mount, path)).toBe(1);
    expect(Object.keys(await notes())).toHaveLength(1);
  });

  testOnStandIn("can be put back all the same", async () => {
    await vault().write(mount, path, { token: "old", other: "x" });
    vault().standIn.fault({ matching: WRITE_VALUE, times: 1, by: "cut after effect" });
    const restore = await vault().secret({ mount }).deliver(newValue(1));
    vault().standIn.fault({ matching: WRITE_VALUE, times: 1, by: "cut after effect" });
    await restore?.();
    expect(await fields()).toEqual({ token: "old", other: "x" });
    expect(await vault().version(mount, path)).toBe(3);
  });

  testOnStandIn("while somebody else writes after it loses nothing of either", async () => {
    await vault().write(mount, path, { token: "old" });
    vault().standIn.fault({
      matching: WRITE_VALUE,
      times: 1,
      by: "cut after effect",
      meanwhile: async () => vault().write(mount, path, { ...(await fields()), theirs: "new" }),
    });
    const first = newValue(1);
    const restore = await vault().secret({ mount }).deliver(first);
    expect(await fields()).toEqual({ token: first.value, theirs: "new" });
    await restore?.();
    expect(await fields()).toEqual({ token: "old", theirs: "new" });
  });

  testOnStandIn("for good is told, and what was there is there again", async () => {
    await vault().write(mount, path, { token: "old" });
    const first = newValue(1);
    vault().standIn.fault({ matching: WRITE_VALUE, by: "cut before effect" });
    const failure = await failureOf(vault().secret({ mount }).deliver(first));
    vault().standIn.clearFaults();
    saysNothingOf(failure, first.value);
    expect(failure.mayHoldValue).toBe(false);
    expect(await fields()).toEqual({ token: "old" });
    expect(await notes()).toEqual({});
  });
});

describe("a Vault that is gone in the middle of a delivery", () => {
  testOnStandIn("may hold the value, and the failure says so", async () => {
    await vault().write(mount, path, { token: "old" });
    const { standIn } = vault();
    standIn.fault({
      matching: WRITE_VALUE,
      by: "cut after effect",
      meanwhile: async () => standIn.fault({ matching: ANYTHING, by: "cut before effect" }),
    });
    const first = newValue(1);
    const failure = await failureOf(vault().secret({ mount }).deliver(first));
    standIn.clearFaults();
    expect(failure.mayHoldValue).toBe(true);
    saysNothingOf(failure, first.value);
    expect(await fields()).toEqual({ token: first.value });
  });

  testOnStandIn("before the value was sent holds nothing", async () => {
    vault().standIn.fault({ matching: WRITE_NOTE, by: "cut before effect" });
    const failure = await failureOf(vault().secret({ mount }).deliver(newValue(1)));
    expect(failure.mayHoldValue).toBe(false);
  });
});

describe("a write of the note", () => {
  testOnStandIn.each(["cut after effect", "cut before effect"] as const)(
    "that is %s is written again, with and without patch",
    async (by) => {
      const other = vault().secret({ mount, field: "other" }, await withoutPatch());
      for (const [at, secret] of [vault().secret({ mount }), other].entries()) {
        vault().standIn.clearFaults();
        vault().standIn.fault({ matching: WRITE_NOTE, times: 1, by });
        await secret.deliver(newValue(at));
      }
      expect(Object.keys(await notes()).sort()).toEqual(["glsa-field-other", "glsa-field-token"]);
    },
  );

  testOnStandIn("that is refused leaves the value as it was", async () => {
    await vault().write(mount, path, { other: "x" });
    const body = '{"errors":["1 error occurred:\\n\\t* permission denied\\n\\n"]}';
    vault().standIn.fault({ matching: WRITE_NOTE, by: { status: 403, body } });
    const failure = await failureOf(vault().secret({ mount }).deliver(newValue(1)));
    expect(failure.message).toContain("403: permission denied");
    expect(await fields()).toEqual({ other: "x" });
  });

  testOnStandIn("that somebody else's rewriting dropped is made good", async () => {
    let isFirst = true;
    const { standIn } = vault();
    standIn.beforeServing = async (request) => {
      if (!isFirst || !WRITE_VALUE.test(request)) return;
      isFirst = false;
      await vault().must("POST", `${mount}/metadata/${path}`, { custom_metadata: { theirs: "x" } });
    };
    await vault().secret({ mount }).deliver(newValue(1));
    standIn.beforeServing = undefined;
    expect(Object.keys(await notes()).sort()).toEqual(["glsa-field-token", "theirs"]);
  });

  testOnStandIn("that Vault does not keep is an error, and the value is taken back", async () => {
    vault().standIn.fault({ matching: WRITE_NOTE, by: { status: 204 } });
    const failure = await failureOf(
      vault()
        .secret({ mount }, await withoutPatch())
        .deliver(newValue(1)),
    );
    expect(failure.remedy).toContain("Vault 1.9");
    expect(await fields()).toBeUndefined();
  });
});

describe("what is told of a failure", () => {
  testOnStandIn("holds no value, though Vault repeats what it was sent", async () => {
    const theirs = "the-value-of-somebody-else";
    await vault().write(mount, path, { theirs });
    const first = newValue(1);
    const errors = [
      `cannot store {"token":"${first.value}","theirs":"${theirs}"} for ${vault().rootToken}`,
    ];
    const body = JSON.stringify({ errors });
    vault().standIn.fault({ matching: WRITE_VALUE, by: { status: 400, body } });
    const failure = await failureOf(vault().secret({ mount }).deliver(first));
    expect(failure.message).toContain("cannot store");
    saysNothingOf(failure, first.value, theirs);
  });

  testOnStandIn("of a secret that changes all the time names the reason", async () => {
    const { standIn } = vault();
    let version = 0;
    standIn.beforeServing = async (request) => {
      if (!WRITE_VALUE.test(request) || request.includes("theirs")) return;
      standIn.beforeServing = undefined;
      await vault().write(mount, path, { theirs: version++ });
      standIn.beforeServing = again;
    };
    const again = standIn.beforeServing;
    const failure = await failureOf(vault().secret({ mount }).deliver(newValue(1)));
    standIn.beforeServing = undefined;
    expect(failure.message).toContain("changed by another client at each of");
    expect(await notes()).toEqual({});
  });

  testOnStandIn("of a secret that may not be read but collides is no failure", async () => {
    const rules = {
      [`${mount}/data/*`]: ["create", "update", "patch"],
      [`${mount}/metadata/*`]: ["create", "read", "update"],
    };
    const secret = vault().secret({ mount, overwrite: true }, await vault().tokenFor(rules));
    await vault().write(mount, path, { other: "x" });
    await secret.check(OURS);
    const { standIn } = vault();
    let isFirst = true;
    standIn.beforeServing = async (request) => {
      if (!isFirst || !/^PATCH \S+\/data/.test(request)) return;
      isFirst = false;
      await vault().write(mount, path, { other: "y" });
    };
    vault().standIn.fault({
      matching: /^PATCH \S+\/data/,
      times: 1,
      after: 1,
      by: "cut after effect",
    });
    const first = newValue(1);
    await secret.deliver(first);
    standIn.beforeServing = undefined;
    expect(await fields()).toEqual({ other: "y", token: first.value });
    await secret.remove(deliveredBy(first));
    expect(await fields()).toEqual({ other: "y" });
  });
});
