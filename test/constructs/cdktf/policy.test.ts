import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Testing, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import {
  AccountOwner,
  Delivery,
  Duration,
  GlsaProvider,
  Policy,
  Role,
  Rotation,
  Scope,
  ServiceAccount,
} from "../../../constructs/cdktf";
import { newStack, synthError, synthesize } from "./synthesized";

const NEVER = "2999-12-31";

function account(scope: Construct, id = "bot"): ServiceAccount {
  return new ServiceAccount(scope, id, {
    owner: AccountOwner.group("platform"),
    username: id,
    purpose: "deploys",
    contact: "platform-team",
  });
}

function deliverTo(name: string): Delivery[] {
  return [Delivery.file({ path: `${name}.token` })];
}

/** What synth warns of, by the path of the construct. */
function warnings(stack: TerraformStack): string[] {
  return stack.node
    .findAll()
    .flatMap(({ node }) =>
      node.metadata
        .filter(({ type }) => type === "@cdktf/warn")
        .map(({ data }) => `[${node.path}] ${String(data)}`),
    );
}

test("synth fails on what breaks a rule, with the place and the property, and warns of the rest", () => {
  const stack = newStack();
  Policy.of(stack).tighten({ maxLifetime: Duration.days(30), maxRole: Role.MAINTAINER });
  const bot = new ServiceAccount(stack, "bot", {
    owner: AccountOwner.group("platform"),
    username: "bot",
  });
  bot.joinGroup("platform", Role.OWNER);
  bot.addToken("sudo", { scopes: [Scope.SUDO], expiresAt: NEVER, deliverTo: deliverTo("a") });
  bot.addToken("slow", {
    scopes: [Scope.READ_API],
    rotation: Rotation.every(Duration.days(30)),
    deliverTo: deliverTo("b"),
  });
  bot.addToken("endless", { scopes: [Scope.API], neverExpires: true, deliverTo: deliverTo("c") });
  bot.addToken("tight", {
    scopes: [Scope.READ_API],
    rotation: Rotation.every(Duration.days(20), { lifetime: Duration.days(24) }),
    deliverTo: deliverTo("d"),
  });

  const errors = synthError(stack);
  for (const expected of [
    "[stack/bot/group_platform] role: Membership of bot in platform breaks the rule max-role. It has the role owner; the highest allowed is maintainer.",
    '[stack/bot/token_sudo] scopes: Token "sudo" of bot breaks the rule forbidden-scope. It has sudo, which is forbidden.',
    '[stack/bot/token_sudo] expiresAt: Token "sudo" of bot breaks the rule max-lifetime.',
    '[stack/bot/token_slow] rotation: Token "slow" of bot breaks the rule max-lifetime. It lives 33 days; the maximum lifetime is 30 days.',
    '[stack/bot/token_endless] neverExpires: Token "endless" of bot breaks the rule max-lifetime.',
    `add an exception to the policy for rule "forbidden-scope", object "bot/sudo", with a reason and an end date.`,
  ]) {
    expect(errors).toContain(expected);
  }
  expect(errors).not.toMatch(/tight|never_expires|expires_at/);
  expect(warnings(stack).map((line) => line.replace(/ breaks.*? rule (\S+)\. .*$/, " $1"))).toEqual(
    [
      "[stack/bot] policy: Account bot purpose-and-contact",
      '[stack/bot/token_slow] rotation: Token "slow" of bot min-slack',
      '[stack/bot/token_endless] description: Token "endless" of bot scope-without-reason',
      '[stack/bot/token_endless] neverExpires: Token "endless" of bot never-expiring-token',
      '[stack/bot/token_tight] rotation: Token "tight" of bot min-slack',
    ],
  );
});

test("a policy holds for what is below it, declared before or after", () => {
  const stack = newStack();
  const team = new Construct(stack, "team");
  account(team, "inside").joinGroup("platform", Role.MAINTAINER);
  account(stack, "outside").joinGroup("platform", Role.MAINTAINER);
  Policy.of(team).tighten({ maxRole: "developer" });
  expect(synthError(stack)).toMatch(/\[stack\/team\/inside\/group_platform\] role/);
  expect(synthError(stack)).not.toContain("outside");
});

test("a policy may only be tightened: synth names the key, both values and the way out", () => {
  const stack = newStack();
  const team = new Construct(stack, "team");
  Policy.of(team).tighten({ maxLifetime: "90d" });
  Policy.of(stack).tighten({ maxLifetime: "30d" });
  expect(synthError(stack)).toContain(
    '[stack/team] maxLifetime: maxLifetime would be looser than the policy it inherits. The inherited value is "30d", the value here is "90d".',
  );
});

test("what is looser than what stands above already is an error at once, also outside of any stack", () => {
  const app = Testing.app();
  Policy.of(app).tighten({ maxRemovals: 5 });
  const stack = new TerraformStack(app, "stack");
  expect(() => Policy.of(stack).tighten({ maxRemovals: 6 })).toThrow(
    "[stack] maxRemovals: maxRemovals would be looser than the policy it inherits. The inherited value is 5, the value here is 6.",
  );
  expect(() => Policy.of(app).tighten({ minSlack: "1d" })).toThrow(
    '[app] minSlack: minSlack would be looser than the policy it inherits. The inherited value is "2d", the value here is "1d".',
  );
});

test("what a policy cannot mean is an error at once", () => {
  const stack = newStack();
  expect(() => Policy.of(stack).tighten({ maxLifetime: "soon", maxRole: "boss" })).toThrow(
    /\[stack\] maxLifetime: "soon" is not.*\n\[stack\] maxRole: .*boss/,
  );
  const nameless = { rule: "max-role", object: "bot@platform", until: NEVER } as never;
  expect(() => Policy.of(stack).except(nameless)).toThrow(
    /exceptions\[0\]\.reason: An exception needs/,
  );
});

test("an exception counts below its construct, and until its end", () => {
  const stack = newStack();
  const team = new Construct(stack, "team");
  account(team, "inside").joinGroup("platform", Role.OWNER);
  Policy.of(stack).tighten({ maxRole: Role.MAINTAINER });
  const exception = { rule: "max-role", object: "inside@platform", reason: "moves" } as const;
  Policy.of(team).except({ ...exception, until: "2020-01-01" });
  expect(synthError(stack)).toContain('Its exception ended on 2020-01-01 ("moves").');
  Policy.of(team).except({ ...exception, until: NEVER });
  expect(synthError(stack)).toBe("");
});

test("the provider gets the policy of its place, and every exception of the stack", () => {
  const stack = newStack();
  const team = new Construct(stack, "team");
  Policy.of(stack).tighten({
    maxLifetime: Duration.days(90),
    severity: { "never-expiring-token": "error" },
  });
  Policy.of(team).tighten({ maxLifetime: Duration.days(30) });
  const exception = {
    rule: "forbidden-scope",
    object: "bot/ci",
    reason: "moves",
    until: NEVER,
  } as const;
  Policy.of(team).except(exception);
  expect(synthesize(stack).provider.glsa[0]?.["policy"]).toEqual({
    max_lifetime: "90d",
    severity: { "never-expiring-token": "error" },
    exceptions: [exception],
  });
  expect(synthesize(newStack()).provider.glsa[0]).not.toHaveProperty("policy");
});

test("nothing that comes later is judged", () => {
  const stack = newStack();
  Policy.of(stack).tighten({ maxLifetime: "30d", maxRole: "guest" });
  const late = new TerraformVariable(stack, "late", {});
  const bot = account(stack);
  bot.joinGroup("platform", late.stringValue);
  bot.addToken("ci", {
    scopes: late.listValue,
    expiresAt: late.stringValue,
    deliverTo: deliverTo("a"),
  });
  bot.addToken("on", {
    scopes: [late.stringValue],
    rotation: Rotation.every(late.stringValue),
    deliverTo: deliverTo("b"),
  });
  expect(synthError(stack)).toBe("");
  expect(warnings(stack)).toEqual([]);
});

describe("glsa.config.json", () => {
  const home = process.cwd();
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "glsa-config-"));
    process.chdir(folder);
  });

  afterEach(() => {
    process.chdir(home);
    rmSync(folder, { recursive: true });
  });

  function write(config: unknown): void {
    writeFileSync(join(folder, "glsa.config.json"), JSON.stringify(config));
  }

  test("is the outermost policy, for constructs and provider alike", () => {
    write({ policy: { max_role: "developer", forbidden_scopes: [] } });
    const stack = newStack();
    const bot = account(stack);
    bot.joinGroup("platform", Role.MAINTAINER);
    bot.addToken("ci", { scopes: ["sudo"], expiresAt: NEVER, deliverTo: deliverTo("a") });
    expect(synthError(stack)).toMatch(/highest allowed is developer/);
    expect(synthError(stack)).not.toContain("forbidden-scope");
    expect(synthesize(stack).provider.glsa[0]?.["policy"]).toEqual({
      forbidden_scopes: [],
      max_role: "developer",
    });
  });

  test("looser than the default is handed to the provider where the program tightens it back", () => {
    write({ policy: { max_removals: 100 } });
    const stack = newStack();
    Policy.of(stack).tighten({ maxRemovals: 50 });
    account(stack);
    expect(synthesize(stack).provider.glsa[0]?.["policy"]).toEqual({ max_removals: 50 });
  });

  test("that is malformed ends synth with file, place and way out", () => {
    write({ policy: { max_roll: "developer" } });
    const app = new App({ outdir: join(folder, "out") });
    const stack = new TerraformStack(app, "stack");
    new GlsaProvider(stack, "glsa");
    expect(() => app.synth()).toThrow(
      /glsa\.config\.json: policy\.max_roll: Unknown key.*Did you mean "max_role"\?/,
    );
  });
});

test("a whole synth carries the warnings to the user", () => {
  const app = Testing.app();
  const stack = new TerraformStack(app, "stack");
  new GlsaProvider(stack, "glsa");
  new ServiceAccount(stack, "bot", { owner: AccountOwner.group("platform"), username: "bot" });
  app.synth();
  expect(app.manifest.stacks["stack"]?.annotations).toEqual([
    expect.objectContaining({ constructPath: "stack/bot", level: "@cdktf/warn" }),
  ]);
});
