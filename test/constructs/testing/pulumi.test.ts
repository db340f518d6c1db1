import type { Output } from "@pulumi/pulumi";
import { CustomResource, runtime, type Input } from "@pulumi/pulumi";
import {
  AccountOwner,
  Delivery,
  GlsaProvider,
  InvalidDeclarationError,
  Role,
  Rotation,
  ServiceAccount,
} from "../../../constructs/pulumi";
import { matchers, recordDeclarations } from "../../../constructs/testing";

expect.extend(matchers);

/** A resource of another package, by its type alone. */
class Other extends CustomResource {
  declare readonly token: Output<string>;
  declare readonly serviceAccountId: Output<string>;
  constructor(type: string, name: string, inputs: Record<string, Input<unknown>>) {
    const outputs = { token: undefined, serviceAccountId: undefined };
    super(type, name, { ...outputs, ...inputs }, { additionalSecretOutputs: ["token"] });
  }
}

test("a program's accounts, memberships, tokens and deliveries are recorded", async () => {
  const program = await recordDeclarations(() => {
    new GlsaProvider("glsa");
    const bot = new ServiceAccount("bot", { owner: AccountOwner.group("platform") });
    bot.joinGroup("platform/apps", Role.DEVELOPER, { expiresAt: "2027-03-31" });
    bot.addToken("ci", {
      scopes: ["read_api"],
      rotation: Rotation.every("30d"),
      deliverTo: [Delivery.ciVariable({ project: 7, key: "TOKEN", masked: false })],
    });
    const owner = AccountOwner.group("platform");
    ServiceAccount.fromUsername("legacy", owner, "legacy-bot").joinProject(7, Role.REPORTER);
  });

  expect(program).toDeclareServiceAccount({ username: "platform-bot", deletionProtection: false });
  expect(program).toGrant({ account: "platform-bot", on: "platform/apps", role: "developer" });
  expect(program).toGrant({ account: "legacy-bot", on: 7, role: "reporter" });
  expect(program).toDeclareToken({ account: "platform-bot", name: "ci", rotates: "30d" });
  expect(program).toDeliver({
    account: "platform-bot",
    token: "ci",
    to: Delivery.ciVariable({ project: 7, key: "TOKEN", masked: false }),
  });
});

test("a program may be asynchronous, and knows its project and stack", async () => {
  const names: string[] = [];
  const program = async () => {
    await Promise.resolve();
    names.push(runtime.getProject(), runtime.getStack());
    new ServiceAccount("late", { owner: AccountOwner.instance() });
  };

  const recorded = await recordDeclarations(program, { project: "platform", stack: "production" });
  expect(recorded).toDeclareServiceAccount({ username: "late" });
  expect(names).toEqual(["platform", "production"]);
});

test("what the program throws is thrown, and the next recording starts afresh", async () => {
  const program = () => {
    new ServiceAccount("bot", { owner: AccountOwner.group("platform"), username: "no good" });
  };

  await expect(recordDeclarations(program)).rejects.toBeInstanceOf(InvalidDeclarationError);
  expect(await recordDeclarations(() => undefined)).not.toDeclareServiceAccount({
    owner: AccountOwner.group("platform"),
  });
});

test("values of other resources are references, or what a mock makes of them", async () => {
  const program = () => {
    const group = new Other("gitlab:index/group:Group", "apps", { path: "apps" });
    new ServiceAccount("bot", { owner: AccountOwner.instance() }).joinGroup(group.id, "guest");
  };
  const mocks = { newResource: () => ({ id: "platform/apps", state: {} }) };

  expect(await recordDeclarations(program)).toGrant({ account: "bot", on: "gitlab_group.apps.id" });
  expect(await recordDeclarations(program, { mocks })).toGrant({
    account: "bot",
    on: "platform/apps",
  });
});

test("the official provider's resources declare the same things", async () => {
  const program = await recordDeclarations(async () => {
    const bot = new Other("gitlab:index/groupServiceAccount:GroupServiceAccount", "bot", {
      group: "platform",
      username: "platform-bot",
    });
    const userId = bot.serviceAccountId.apply(Number);
    const found = runtime.invokeOutput<{ groupId: number }>("gitlab:index/getGroup:getGroup", {
      fullPath: "platform/apps",
    });
    new Other("gitlab:index/groupMembership:GroupMembership", "apps", {
      userId,
      groupId: found.apply(({ groupId }) => groupId),
      accessLevel: "developer",
    });
    const type = "gitlab:index/groupServiceAccountAccessToken:GroupServiceAccountAccessToken";
    const token = new Other(type, "ci", {
      group: "platform",
      userId,
      name: "ci",
      scopes: ["api"],
      expiresAt: "2027-03-31",
    });
    new Other("gitlab:index/projectVariable:ProjectVariable", "variable", {
      project: "platform/charts",
      key: "DEPLOY_TOKEN",
      value: token.token,
    });
  });

  const account = "platform-bot";
  expect(program).toDeclareServiceAccount({
    username: account,
    owner: AccountOwner.group("platform"),
  });
  expect(program).toGrant({ account, on: "platform/apps", role: Role.DEVELOPER });
  expect(program).toDeclareToken({ account, name: "ci", expiresAt: "2027-03-31" });
  expect(program).toDeliver({
    account,
    token: "ci",
    to: Delivery.ciVariable({ project: "platform/charts", key: "DEPLOY_TOKEN" }),
  });
});
