import { TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import {
  AccountOwner,
  GlsaProvider,
  Role,
  Scope,
  ServiceAccount,
  type ServiceAccountProps,
} from "../../../constructs/cdktf";
import { newStack, onlyResource, resources, synthError, synthesize } from "./synthesized";

const ACCOUNT = "glsa_service_account";

test("a minimal account has a username of owner and construct id", () => {
  const stack = newStack();
  const account = new ServiceAccount(stack, "deployer", { owner: AccountOwner.group("platform") });

  expect(resources(stack, ACCOUNT)).toEqual({
    "platform-deployer": { group: "platform", username: "platform-deployer" },
  });
  expect(account.username).toBe("platform-deployer");
  expect(synthError(stack)).toBe("");
});

test.each([
  [AccountOwner.group("platform/apps"), { group: "platform/apps", username: "platform-apps-bot" }],
  [AccountOwner.project("platform/web"), { project: "platform/web", username: "platform-web-bot" }],
  [AccountOwner.instance(), { instance: true, username: "bot" }],
])("an account lives in %s", (owner, attributes) => {
  const stack = newStack();
  new ServiceAccount(stack, "bot", { owner });

  expect(onlyResource(stack, ACCOUNT)).toEqual(attributes);
});

test("every property reaches Terraform", () => {
  const stack = newStack();
  new ServiceAccount(stack, "deployer", {
    owner: AccountOwner.group(12),
    username: "deployer",
    name: "Platform deployer",
    email: "deployer@example.com",
    deletionProtection: true,
    onDestroy: "disable",
    hardDelete: true,
    timeouts: { create: "90s", delete: "5m" },
  });

  expect(onlyResource(stack, ACCOUNT)).toEqual({
    group: "12",
    username: "deployer",
    name: "Platform deployer",
    email: "deployer@example.com",
    deletion_protection: true,
    on_destroy: "disable",
    hard_delete: true,
    timeouts: { create: "90s", delete: "5m" },
  });
});

test("purpose and contact describe the account's tokens", () => {
  const stack = newStack();
  const account = new ServiceAccount(stack, "deployer", {
    owner: AccountOwner.group("platform"),
    purpose: "deploys the platform charts",
    contact: "platform-team",
  });
  account.addToken("ci", { scopes: [Scope.API], expiresAt: "2027-03-31", storeValue: true });

  expect(onlyResource(stack, "glsa_access_token")).toMatchObject({
    description: "deploys the platform charts (platform-team)",
  });
});

test("an imported account takes memberships and tokens, and is itself only read", () => {
  const stack = newStack();
  const owner = AccountOwner.group("platform");
  const account = ServiceAccount.fromUsername(stack, "legacy", owner, "legacy-bot");
  account.joinGroup("platform/apps", Role.DEVELOPER);
  account.addToken("ci", { scopes: [Scope.API], expiresAt: "2027-03-31", storeValue: true });

  const { data, resource } = synthesize(stack);
  const [address, attributes] = Object.entries(data?.[ACCOUNT] ?? {})[0] ?? [];
  expect(attributes).toEqual({ group: "platform", username: "legacy-bot" });
  expect(resource?.[ACCOUNT]).toBeUndefined();
  const id = `\${data.glsa_service_account.${address}.id}`;
  expect(resource?.glsa_membership).toMatchObject({
    "legacy-bot_group_platform__apps": { service_account_id: id },
  });
  expect(resource?.glsa_access_token).toMatchObject({
    "legacy-bot_ci": { service_account_id: id },
  });
});

test("an account that exists is imported by its id", () => {
  const stack = newStack();
  const owner = AccountOwner.group("platform");
  new ServiceAccount(stack, "deployer", { owner, importFrom: "group:12:345" });

  expect(synthesize(stack).import).toEqual([
    { id: "group:12:345", to: "glsa_service_account.platform-deployer" },
  ]);
});

test("another place in the construct tree, and another spelling of the owner, keep every address", () => {
  const declare = (scope: Construct, owner: AccountOwner): void => {
    const username = "platform-deployer";
    const account = new ServiceAccount(scope, "deployer", { owner, username });
    account.joinProject("platform/charts", Role.MAINTAINER);
    account.addToken("ci", { scopes: [Scope.API], expiresAt: "2027-03-31", storeValue: true });
  };
  const before = newStack();
  declare(before, AccountOwner.group("platform"));
  const after = newStack();
  declare(new Construct(new Construct(after, "teams"), "platform"), AccountOwner.group(12));

  const addresses = (stack: typeof before): string[] =>
    Object.values(synthesize(stack).resource ?? {}).flatMap((blocks) => Object.keys(blocks));
  expect(addresses(after)).toEqual(addresses(before));
  expect(addresses(after)).toEqual([
    "platform-deployer_ci",
    "platform-deployer_project_platform__charts",
    "platform-deployer",
  ]);
});

test("a new username moves the account and all that belongs to it", () => {
  const stack = newStack();
  const account = new ServiceAccount(stack, "deployer", {
    owner: AccountOwner.group("platform"),
    username: "new",
    formerUsername: "old",
  });
  account.joinGroup("platform", Role.GUEST);
  account.addToken("ci", { scopes: [Scope.API], expiresAt: "2027-03-31", storeValue: true });

  expect(synthesize(stack).moved).toEqual([
    { from: "glsa_service_account.old", to: "glsa_service_account.new" },
    { from: "glsa_membership.old_group_platform", to: "glsa_membership.new_group_platform" },
    { from: "glsa_access_token.old_ci", to: "glsa_access_token.new_ci" },
  ]);
});

test("values that Terraform knows later pass every check", () => {
  const stack = newStack();
  const later = new TerraformVariable(stack, "later", { type: "string" }).stringValue;
  new ServiceAccount(stack, "deployer", {
    owner: AccountOwner.group(later),
    username: later,
    name: later,
    email: later,
    purpose: later,
    contact: later,
    timeouts: { create: later, delete: later },
  });

  expect(Object.entries(resources(stack, ACCOUNT))).toEqual([
    [
      expect.stringMatching(/^var-later_[0-9a-f]{8}$/),
      {
        group: "${var.later}",
        username: "${var.later}",
        name: "${var.later}",
        email: "${var.later}",
        timeouts: { create: "${var.later}", delete: "${var.later}" },
      },
    ],
  ]);
});

test("an owner given by number needs a username", () => {
  const stack = newStack();

  expect(() => new ServiceAccount(stack, "deployer", { owner: AccountOwner.group(12) })).toThrow(
    new Error(
      "[stack/deployer] username: A username is missing. The username can be left out only if the owner is given by its path; the owner is a group given by the number 12. Write a username. [missing-username]",
    ),
  );
});

test("an owner that is known later needs a username", () => {
  const stack = newStack();
  const later = new TerraformVariable(stack, "later", { type: "number" }).numberValue;

  expect(() => new ServiceAccount(stack, "bot", { owner: AccountOwner.project(later) })).toThrow(
    new Error(
      "[stack/bot] username: A username is missing. The username can be left out only if the owner is given by its path; the owner is a project given by a value that is known later. Write a username. [missing-username]",
    ),
  );
});

const unchecked = (props: object): Partial<ServiceAccountProps> => props;

test.each<[string, Partial<ServiceAccountProps>, string]>([
  [
    "a malformed username",
    { username: "Platform Deployer" },
    'username: Malformed username "Platform Deployer". A GitLab username has only letters, digits, hyphens, dots and underscores; got "Platform Deployer". Write "platform-deployer". [malformed-username]',
  ],
  [
    "an empty name",
    { name: " " },
    'name: Empty name. name must have at least one visible character; got " ". Write what it is for. [unkept-name]',
  ],
  [
    "an endless name",
    { name: "x".repeat(256) },
    "name: Too long. The longest allowed value has 255 characters; got 256. Shorten it. [text-too-long]",
  ],
  [
    "a malformed e-mail address",
    { email: "nobody" },
    'email: "nobody" is not an email address. The address must have the form name@host; got "nobody". Leave it out to let GitLab generate one. [malformed-email]',
  ],
  [
    "an endless purpose",
    { purpose: "x".repeat(200), contact: "platform-team" },
    "purpose and contact: Too long. The longest allowed value has 210 characters; got 216. Shorten it. [text-too-long]",
  ],
  [
    "an unknown onDestroy",
    unchecked({ onDestroy: "disabel" }),
    'onDestroy: Unknown choice "disabel". It must be one of delete, disable, retain; got "disabel". Did you mean "disable"? [unknown-choice]',
  ],
  [
    "a malformed timeout",
    { timeouts: { delete: "5 minutes" } },
    'timeouts.delete: "5 minutes" is not a time to wait. timeouts.delete must be a whole number of seconds, minutes or hours, such as 90s, 10m or 1h; got "5 minutes". [malformed-timeout]',
  ],
  [
    "an owner's address instead of its path",
    { owner: AccountOwner.group("https://gitlab.example.com/platform"), username: "deployer" },
    'owner: "https://gitlab.example.com/platform" is neither a path nor a number. It must be the full path of a group or project, such as "platform/apps", or its number; got "https://gitlab.example.com/platform". Write the part of its address that follows the host. [malformed-container]',
  ],
])("%s is refused", (_, props, message) => {
  const stack = newStack();
  const owner = AccountOwner.group("platform");

  expect(() => new ServiceAccount(stack, "deployer", { owner, ...props })).toThrow(
    new Error(`[stack/deployer] ${message}`),
  );
});

test("all problems of one account come together", () => {
  const stack = newStack();
  const declare = () =>
    new ServiceAccount(stack, "deployer", {
      owner: AccountOwner.group("platform"),
      username: "-deployer",
      email: "nobody",
    });

  expect(declare).toThrow(
    new Error(
      [
        '[stack/deployer] username: Malformed username "-deployer". A GitLab username does not begin with a hyphen; got "-deployer". Write "deployer". [malformed-username]',
        '[stack/deployer] email: "nobody" is not an email address. The address must have the form name@host; got "nobody". Leave it out to let GitLab generate one. [malformed-email]',
      ].join("\n"),
    ),
  );
});

test("one account declared twice is an error that names both constructs", () => {
  const stack = newStack();
  const username = "deployer";
  new ServiceAccount(stack, "one", { owner: AccountOwner.group("platform"), username });
  new ServiceAccount(stack, "two", { owner: AccountOwner.group(12), username });

  expect(synthError(stack)).toContain(
    "[stack] stack/one and stack/two are both glsa_service_account.deployer: they declare the same object. Keep one of them, or give one another username, token name, group or project.",
  );
});

test("two instances may have the same account", () => {
  const stack = newStack();
  const provider = new GlsaProvider(stack, "other", {
    alias: "other",
    baseUrl: "https://other.example.com",
  });
  const owner = AccountOwner.group("platform");
  new ServiceAccount(stack, "here", { owner, username: "deployer" });
  new ServiceAccount(stack, "there", { owner, username: "deployer", provider });

  expect(synthError(stack)).toBe("");
  expect(resources(stack, ACCOUNT)).toEqual({
    deployer: { group: "platform", username: "deployer" },
    other_deployer: { group: "platform", username: "deployer", provider: "glsa.other" },
  });
});
