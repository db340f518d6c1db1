import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import {
  AccountOwner,
  Delivery,
  Duration,
  GlsaProvider,
  Policy,
  Role,
  Scope,
  ServiceAccount,
} from "../../../constructs/pulumi";
import { inputsOf, refusal } from "./declared";

const NEVER = "2999-12-31";
const EXCEPTION = {
  rule: "max-role",
  object: "bot@platform",
  reason: "moves",
  until: NEVER,
} as const;

function account(options: pulumi.ComponentResourceOptions = {}): ServiceAccount {
  const owner = AccountOwner.group("platform");
  const about = { purpose: "deploys", contact: "platform-team" };
  return new ServiceAccount("bot", { owner, username: "bot", ...about }, options);
}

const deliverTo = [Delivery.file({ path: "a.token" })];

test("a declaration that breaks a rule is an error at its place and property", async () => {
  const program = () => {
    Policy.of().tighten({ maxLifetime: Duration.days(30) });
    account().addToken("ci", { scopes: [Scope.SUDO], expiresAt: NEVER, deliverTo });
  };
  expect(await refusal(program)).toMatch(
    /^\[bot\/token_ci\] expiresAt: Token "ci" of bot breaks the rule max-lifetime\. .*\n\[bot\/token_ci\] scopes: Token "ci" of bot breaks the rule forbidden-scope\. It has sudo, which is forbidden\./,
  );
});

test("a warning goes to the engine, and the program goes on", async () => {
  const program = () => {
    const bot = new ServiceAccount("bot", {
      owner: AccountOwner.group("platform"),
      username: "bot",
    });
    bot.addToken("ci", { scopes: [Scope.API], neverExpires: true, deliverTo });
  };
  expect(await refusal(program)).toBe("");
  expect(
    jest.mocked(pulumi.log.warn).mock.calls.map(([text]) => String(text).replace(/\..*/s, "")),
  ).toEqual([
    "[bot] policy: Account bot breaks the rule purpose-and-contact",
    '[bot/token_ci] description: Token "ci" of bot breaks the rule scope-without-reason',
    '[bot/token_ci] neverExpires: Token "ci" of bot breaks the rule never-expiring-token',
  ]);
});

test("a policy holds for what has its component as a parent, and for nothing else", async () => {
  const join = (inside: boolean) => () => {
    const team = new pulumi.ComponentResource("test:Team", "team");
    Policy.of(team).tighten({ maxRole: Role.DEVELOPER });
    account(inside ? { parent: team } : {}).joinGroup("platform", Role.MAINTAINER);
  };
  expect(await refusal(join(true))).toMatch(/\[bot\/group_platform\] role: .*max-role/);
  expect(await refusal(join(false))).toBe("");
});

test("a policy may only be tightened", async () => {
  const program = () => {
    const team = new pulumi.ComponentResource("test:Team", "team");
    Policy.of().tighten({ maxLifetime: "30d" });
    Policy.of(team).tighten({ maxLifetime: "90d" });
  };
  expect(await refusal(program)).toContain(
    '[team] maxLifetime: maxLifetime would be looser than the policy it inherits. The inherited value is "30d", the value here is "90d".',
  );
});

test("a policy that comes after the declarations that it covers, or after the provider that needs it, is an error", async () => {
  expect(
    await refusal(() => {
      account();
      Policy.of().tighten({ maxRole: "guest" });
    }),
  ).toMatch(
    /^\[program\] policy: The policy comes too late\. .* before the declarations that it covers/,
  );
  expect(
    await refusal(() => {
      const team = new pulumi.ComponentResource("test:Team", "team");
      new GlsaProvider("glsa");
      Policy.of(team).except(EXCEPTION);
    }),
  ).toMatch(/^\[team\] policy: The policy comes too late\. .* before the GlsaProvider/);
});

test("the provider gets the program's policy, and every exception", async () => {
  const found = await inputsOf("pulumi:providers:glsa", () => {
    const team = new pulumi.ComponentResource("test:Team", "team");
    Policy.of().tighten({ maxLifetime: "90d", severity: { "min-slack": "error" } });
    Policy.of(team).tighten({ maxLifetime: "30d" }).except(EXCEPTION);
    new GlsaProvider("glsa");
    account({ parent: team }).joinGroup("platform", Role.OWNER);
  });
  const policy = found["glsa"]?.["policy"];
  expect(typeof policy === "string" ? JSON.parse(policy) : policy).toEqual({
    maxLifetime: "90d",
    severity: { "min-slack": "error" },
    exceptions: [EXCEPTION],
  });
});

test("what comes later is judged when it comes, and goes on as it is", async () => {
  const program = () => {
    Policy.of().tighten({ maxLifetime: "30d", maxRole: "guest" });
    const bot = account();
    bot.joinGroup("platform", pulumi.output("guest"));
    bot.addToken("ci", {
      scopes: pulumi.output(["read_api"]),
      expiresAt: pulumi.output(NEVER),
      description: pulumi.output(""),
      deliverTo,
    });
  };
  expect(await refusal(program)).toBe("");
  expect(pulumi.log.warn).not.toHaveBeenCalled();
});

test("glsa.config.json is the outermost policy", async () => {
  const home = process.cwd();
  const folder = mkdtempSync(join(tmpdir(), "glsa-config-"));
  writeFileSync(join(folder, "glsa.config.json"), '{ "policy": { "max_role": "developer" } }');
  process.chdir(folder);
  try {
    const program = () => void account().joinGroup("platform", Role.MAINTAINER);
    expect(await refusal(program)).toMatch(/the highest allowed is developer/);
  } finally {
    process.chdir(home);
    rmSync(folder, { recursive: true });
  }
});
