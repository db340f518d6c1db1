import { GroupMembership } from "@cdktf/provider-gitlab/lib/group-membership";
import { GroupServiceAccount } from "@cdktf/provider-gitlab/lib/group-service-account";
import { GroupServiceAccountAccessToken } from "@cdktf/provider-gitlab/lib/group-service-account-access-token";
import { GroupVariable } from "@cdktf/provider-gitlab/lib/group-variable";
import { DataGitlabGroup } from "@cdktf/provider-gitlab/lib/data-gitlab-group";
import { DataGitlabUser } from "@cdktf/provider-gitlab/lib/data-gitlab-user";
import { PersonalAccessToken } from "@cdktf/provider-gitlab/lib/personal-access-token";
import { ProjectMembership } from "@cdktf/provider-gitlab/lib/project-membership";
import { ProjectVariable } from "@cdktf/provider-gitlab/lib/project-variable";
import { Aspects, TerraformVariable, Testing, Token, type TerraformStack } from "cdktf";
import {
  AccountOwner,
  Delivery,
  GlsaMembership,
  GlsaServiceAccount,
  Role,
  Scope,
  ServiceAccount,
} from "../../../constructs/cdktf";
import { declarationsOf, matchers } from "../../../constructs/testing";
import { newStack } from "../cdktf/synthesized";

expect.extend(matchers);

test("a stack, its JSON and its cdk.tf.json declare the same", () => {
  const stack = newStack();
  new ServiceAccount(stack, "bot", { owner: AccountOwner.group("platform") });

  const json = Testing.synth(stack);
  expect(declarationsOf(json)).toEqual(declarationsOf(stack));
  expect(declarationsOf(JSON.stringify(JSON.parse(json)))).toEqual(declarationsOf(stack));
  expect(json).toDeclareServiceAccount({ username: "platform-bot" });
});

test("what an aspect adds is declared, too", () => {
  const stack = newStack();
  const bot = new ServiceAccount(stack, "bot", { owner: AccountOwner.group("platform") });
  Aspects.of(stack).add({
    visit(node) {
      if (node === bot && bot.node.children.length === 1) bot.joinGroup("platform", Role.GUEST);
    },
  });

  expect(stack).toGrant({ account: "platform-bot", on: "platform", role: Role.GUEST });
});

test("the raw resources and accounts that are looked up are read like any other", () => {
  const stack = newStack();
  const account = new GlsaServiceAccount(stack, "a", { instance: true, username: "raw" });
  new GlsaMembership(stack, "m", { serviceAccountId: account.id, group: "g", role: "guest" });
  new GlsaMembership(stack, "n", { userId: 345, project: "g/p", role: "guest" });
  const owner = AccountOwner.group("platform");
  const legacy = ServiceAccount.fromUsername(stack, "legacy", owner, "legacy-bot");
  legacy.joinProject(7, Role.REPORTER);

  expect(stack).toGrant({ account: "raw", on: "g", role: "guest" });
  expect(stack).toGrant({ account: "user 345", on: "g/p" });
  expect(stack).toGrant({ account: "legacy-bot", on: 7 });
  expect(stack).not.toDeclareServiceAccount({ username: "legacy-bot" });
});

test("a value that only an apply knows equals itself, and with not it may be anything", () => {
  const stack = newStack();
  const place = new TerraformVariable(stack, "place", { type: "string" });
  const bot = new ServiceAccount(stack, "bot", { owner: AccountOwner.instance() });
  bot.joinGroup(place.stringValue, Role.DEVELOPER);

  expect(stack).toGrant({ account: "bot", on: "var.place", role: Role.DEVELOPER });
  expect(stack).not.toGrant({ on: "platform", role: Role.OWNER });
  expect(() => expect(stack).toGrant({ account: "bot", on: "platform" })).toThrow(
    "bot is granted developer on var.place; on is known only in the apply (var.place).",
  );
  expect(() => expect(stack).not.toGrant({ account: "bot", on: "platform" })).toThrow(
    "bot is granted developer on var.place, which may match what should not be: on is known only in the apply (var.place).",
  );
});

/** The same accounts with the official provider's own bindings, as they come. */
function officialStack(): TerraformStack {
  const stack = newStack({ provider: false });
  const bot = new GroupServiceAccount(stack, "bot", {
    group: "platform",
    username: "platform-bot",
    name: "Platform bot",
    lifecycle: { preventDestroy: true },
  });
  const apps = new DataGitlabGroup(stack, "apps", { fullPath: "platform/apps" });
  new GroupMembership(stack, "in-apps", {
    groupId: apps.groupId,
    userId: Token.asNumber(bot.serviceAccountId),
    accessLevel: "minimal",
  });
  const legacy = new DataGitlabUser(stack, "legacy", { username: "legacy-bot" });
  new ProjectMembership(stack, "in-charts", {
    project: "platform/charts",
    userId: Token.asNumber(legacy.id),
    accessLevel: "maintainer",
    expiresAt: "2027-03-31",
  });
  const token = new GroupServiceAccountAccessToken(stack, "ci", {
    group: "platform",
    userId: Token.asNumber(bot.serviceAccountId),
    name: "ci",
    scopes: ["read_api", "api"],
    rotationConfiguration: { expirationDays: 40, rotateBeforeDays: 10 },
  });
  new ProjectVariable(stack, "deploy-token", {
    project: "platform/charts",
    key: "DEPLOY_TOKEN",
    value: token.token,
    protected: true,
    masked: true,
  });
  new GroupVariable(stack, "other", { group: "platform", key: "COLOUR", value: "blue" });
  new PersonalAccessToken(stack, "pat", { userId: 345, name: "pat", scopes: ["api"] });
  return stack;
}

test("the official provider's resources declare the same things", () => {
  const stack = officialStack();
  const account = "platform-bot";

  expect(stack).toDeclareServiceAccount({
    username: account,
    owner: AccountOwner.group("platform"),
    name: "Platform bot",
    deletionProtection: true,
  });
  expect(stack).toGrant({ account, on: "platform/apps", role: Role.MINIMAL_ACCESS });
  expect(stack).toGrant({
    account: "legacy-bot",
    on: "platform/charts",
    role: Role.MAINTAINER,
    expiresAt: "2027-03-31",
  });
  expect(stack).toDeclareToken({
    account,
    name: "ci",
    scopes: [Scope.API, Scope.READ_API],
    rotates: "30d",
    storeValue: true,
  });
  expect(stack).toDeclareToken({ account: "user 345", name: "pat", neverExpires: true });
});

test("a variable of the official provider that has a token's value is a delivery", () => {
  const stack = officialStack();
  const to = Delivery.ciVariable({
    project: "platform/charts",
    key: "DEPLOY_TOKEN",
    protected: true,
  });

  expect(stack).toDeliver({ account: "platform-bot", token: "ci", to });
  expect(declarationsOf(stack).deliveries).toHaveLength(1);
});
