import { Fn, TerraformOutput, TerraformVariable } from "cdktf";
import {
  AccountOwner,
  Delivery,
  Role,
  Rotation,
  Scope,
  ServiceAccount,
  type AccessTokenOptions,
} from "../../../../constructs/cdktf";
import { newStack, onlyResource, resources, synthError, synthesize } from "../synthesized";
import { BindingsOf, officialAccount, officialStack } from "./stacks";

const TOKEN: AccessTokenOptions = {
  scopes: [Scope.READ_API],
  expiresAt: "2027-03-31",
  storeValue: true,
};

test("an account of the instance has tokens with a description, by its user", () => {
  const stack = officialStack();
  const robot = new ServiceAccount(stack, "robot", {
    owner: AccountOwner.instance(),
    email: "robot@example.com",
    purpose: "releases",
    deletionProtection: true,
    timeouts: { delete: "5m" },
  });
  robot.addToken("publish", { ...TOKEN, scopes: [Scope.of("new_scope")] });

  expect(onlyResource(stack, "gitlab_instance_service_account")).toEqual({
    username: "robot",
    name: "robot",
    email: "robot@example.com",
    timeouts: { delete: "5m" },
    lifecycle: { prevent_destroy: true },
  });
  expect(onlyResource(stack, "gitlab_personal_access_token")).toEqual({
    user_id: "${gitlab_instance_service_account.robot.service_account_id}",
    name: "publish",
    description: "releases",
    scopes: ["new_scope"],
    expires_at: "2027-03-31",
    lifecycle: { create_before_destroy: true },
  });
});

test("an account of a project is made where the bindings are new enough", () => {
  const stack = newStack({ provider: false });
  new BindingsOf(stack, "gitlab", "19.3.0");
  const owner = AccountOwner.project("platform/web");
  const bot = new ServiceAccount(stack, "bot", { owner });
  bot.addToken("ci", TOKEN);

  expect(onlyResource(stack, "gitlab_project_service_account")).toMatchObject({
    project: "platform/web",
    username: "platform-web-bot",
  });
  expect(onlyResource(stack, "gitlab_project_service_account_access_token")).toMatchObject({
    project: "platform/web",
    user_id: "${gitlab_project_service_account.platform-web-bot.service_account_id}",
  });
});

test("an account that something else made is found by its username", () => {
  const stack = officialStack();
  const owner = AccountOwner.group("platform");
  const legacy = ServiceAccount.fromUsername(stack, "legacy", owner, "legacy-bot");
  legacy.joinProject(7, Role.REPORTER);

  expect(synthesize(stack).data).toEqual({
    gitlab_user: { legacy_23F4A952: { username: "legacy-bot" } },
  });
});

test("every setting of a variable, and both of its places, reach the provider", () => {
  const { stack, account } = officialAccount();
  account.addToken("ci", {
    ...TOKEN,
    deliverTo: [
      Delivery.ciVariable({
        group: 12,
        key: "TOKEN",
        environmentScope: "production",
        protected: true,
        hidden: true,
        raw: false,
      }),
      Delivery.ciVariable({ project: 7, key: "TOKEN", masked: false }),
    ],
  });

  const value = "${gitlab_group_service_account_access_token.bot_ci.token}";
  expect(resources(stack, "gitlab_group_variable")).toEqual({
    group_12_TOKEN_production: {
      group: "12",
      key: "TOKEN",
      value,
      environment_scope: "production",
      protected: true,
      masked: true,
      hidden: true,
      raw: false,
    },
  });
  expect(resources(stack, "gitlab_project_variable")).toEqual({
    project_7_TOKEN: {
      project: "7",
      key: "TOKEN",
      value,
      masked: false,
      // Without it, releases before 18.8 make the variable anew at each rotation.
      hidden: false,
      raw: true,
    },
  });
});

test("memberships have custom roles, and a group is looked up once", () => {
  const { stack, account } = officialAccount();
  const other = new ServiceAccount(stack, "other", { owner: AccountOwner.group("platform") });
  account.joinGroup("/Platform/Apps/", Role.custom(Role.GUEST, 7), {
    removeMembershipsBelow: true,
  });
  other.joinGroup("platform/apps", Role.MINIMAL_ACCESS);
  account.joinGroup(12, Role.OWNER);

  expect(Object.keys(synthesize(stack).data?.gitlab_group ?? {})).toEqual(["platform__apps"]);
  const group_id = "${data.gitlab_group.platform__apps.group_id}";
  expect(resources(stack, "gitlab_group_membership")).toMatchObject({
    bot_group_platform__apps: {
      group_id,
      access_level: "guest",
      member_role_id: 7,
      skip_subresources_on_destroy: false,
    },
    "platform-other_group_platform__apps": { group_id, access_level: "minimal" },
    bot_group_12: { group_id: 12, access_level: "owner" },
  });
});

test("values that Terraform knows later pass every check and reach the provider", () => {
  const stack = officialStack();
  const text = new TerraformVariable(stack, "text", { type: "string" }).stringValue;
  const flag = new TerraformVariable(stack, "flag", { type: "bool" }).booleanValue;
  const list = new TerraformVariable(stack, "list", { type: "list(string)" }).listValue;
  const below = flag as unknown as boolean;
  const owner = AccountOwner.group(text);
  const account = new ServiceAccount(stack, "bot", { owner, username: text, name: text });
  account.joinGroup(text, text, { expiresAt: text, removeMembershipsBelow: below });
  account.addToken(text, { ...TOKEN, scopes: Fn.tolist(list), expiresAt: text });

  expect(synthError(stack)).toBe("");
  expect(onlyResource(stack, "gitlab_group_membership")).toMatchObject({
    group_id: "${var.text}",
    access_level: "${var.text}",
    expires_at: "${var.text}",
    skip_subresources_on_destroy: "${!var.flag}",
  });
  expect(onlyResource(stack, "gitlab_group_service_account_access_token")).toMatchObject({
    name: "${var.text}",
    scopes: "${tolist(var.list)}",
    expires_at: "${var.text}",
  });
});

test("a lifetime is kept, and the token is renewed after as many days as it is to live on", () => {
  const { stack, account } = officialAccount();
  const rotation = Rotation.every("4w", { lifetime: "90d", allowInPlaceRotation: true });
  account.addToken("ci", { scopes: [Scope.API], rotation, storeValue: true });

  expect(
    onlyResource(stack, "gitlab_group_service_account_access_token").rotation_configuration,
  ).toEqual({ expiration_days: 90, rotate_before_days: 62 });
});

test("the value, the expiry and the resource can be used, and what is not told is an error", () => {
  const { stack, account } = officialAccount();
  const token = account.addToken("ci", TOKEN);
  new TerraformOutput(stack, "value", { value: token.value, sensitive: true });
  new TerraformOutput(stack, "end", { value: token.validUntil });
  account.officialResource.addOverride("name", "Overridden");

  const address = "gitlab_group_service_account_access_token.bot_ci";
  expect(synthesize(stack)).toMatchObject({
    output: {
      value: { value: `\${${address}.token}` },
      end: { value: `\${${address}.expires_at}` },
    },
  });
  expect(onlyResource(stack, "gitlab_group_service_account").name).toBe("Overridden");
  expect(() => token.rotatesAt).toThrow(
    new Error(
      "[stack/deployer/token_ci] rotatesAt: The property is not available. The official GitLab provider does not expose it. Leave it out, or use glsa's provider. [absent-property]",
    ),
  );
  expect(() => account.resource).toThrow(
    new Error(
      "[stack/deployer] resource: The property is not available. This object is managed by the official GitLab provider. Use officialResource. [absent-property]",
    ),
  );
});
