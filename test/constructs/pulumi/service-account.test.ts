import * as pulumi from "@pulumi/pulumi";
import {
  AccountOwner,
  GlsaProvider,
  GlsaServiceAccount,
  Role,
  Scope,
  ServiceAccount,
  type ServiceAccountProps,
} from "../../../constructs/pulumi";
import { declared, inputsOf, refusal } from "./declared";

const ACCOUNT = "glsa:index:ServiceAccount";
const ENDS = { expiresAt: "2027-03-31", storeValue: true };

test("a minimal account has a username of owner and name", async () => {
  expect(
    await inputsOf(ACCOUNT, () => {
      new ServiceAccount("deployer", { owner: AccountOwner.group("platform") });
    }),
  ).toEqual({ "platform-deployer": { group: "platform", username: "platform-deployer" } });
});

test.each([
  [AccountOwner.group("platform/apps"), { group: "platform/apps", username: "platform-apps-bot" }],
  [AccountOwner.project("platform/web"), { project: "platform/web", username: "platform-web-bot" }],
  [AccountOwner.instance(), { instance: true, username: "bot" }],
])("an account lives in %s", async (owner, inputs) => {
  const found = await inputsOf(ACCOUNT, () => {
    new ServiceAccount("bot", { owner });
  });
  expect(Object.values(found)).toEqual([inputs]);
});

test("every property reaches the provider", async () => {
  const found = await inputsOf(ACCOUNT, () => {
    new ServiceAccount("deployer", {
      owner: AccountOwner.group(12),
      username: "deployer",
      name: "Platform deployer",
      email: "deployer@example.com",
      deletionProtection: true,
      onDestroy: "disable",
      hardDelete: true,
      timeouts: { create: "90s", delete: "5m" },
    });
  });
  expect(found).toEqual({
    deployer: {
      group: "12",
      username: "deployer",
      name: "Platform deployer",
      email: "deployer@example.com",
      deletionProtection: true,
      onDestroy: "disable",
      hardDelete: true,
      timeouts: { create: "90s", delete: "5m" },
    },
  });
});

test("purpose and contact describe the account's tokens, late or not", async () => {
  const found = await inputsOf("glsa:index:AccessToken", () => {
    for (const contact of ["platform-team", pulumi.output("platform-team")]) {
      const account = new ServiceAccount(typeof contact === "string" ? "plain" : "late", {
        owner: AccountOwner.group("platform"),
        purpose: "deploys the platform charts",
        contact,
      });
      account.addToken("ci", { scopes: [Scope.API], ...ENDS });
    }
  });
  expect(Object.values(found).map(({ description }) => description)).toEqual([
    "deploys the platform charts (platform-team)",
    "deploys the platform charts (platform-team)",
  ]);
});

test("an imported account takes memberships and tokens, and is itself only read", async () => {
  const found = await declared(() => {
    const owner = AccountOwner.group("platform");
    const account = ServiceAccount.fromUsername("legacy", owner, "legacy-bot");
    account.joinGroup("platform/apps", Role.DEVELOPER);
    account.addToken("ci", { scopes: [Scope.API], ...ENDS });
  });
  const raw = found.filter(({ type }) => type.startsWith("glsa:index:"));
  expect(raw).toMatchObject([
    { name: "legacy-bot_group_platform__apps", inputs: { serviceAccountId: "group:1:2" } },
    { name: "legacy-bot_ci", inputs: { serviceAccountId: "group:1:2" } },
  ]);
});

test("another name in the program, and another spelling of the owner, keep every name below", async () => {
  const names = (name: string, owner: AccountOwner) =>
    declared(() => {
      const account = new ServiceAccount(name, { owner, username: "platform-deployer" });
      account.joinProject("platform/charts", Role.MAINTAINER);
      account.addToken("ci", { scopes: [Scope.API], ...ENDS });
    }).then((found) =>
      found
        .filter(({ type }) => type.startsWith("glsa:index:"))
        .map((resource) => resource.name)
        .sort(),
    );
  const before = await names("deployer", AccountOwner.group("platform"));
  expect(before).toEqual([
    "platform-deployer",
    "platform-deployer_ci",
    "platform-deployer_project_platform__charts",
  ]);
  expect(await names("releaser", AccountOwner.group(12))).toEqual(before);
});

test("values that come later pass every check", async () => {
  const later = <T>(value: T) => pulumi.output(Promise.resolve(value));
  const found = await inputsOf(ACCOUNT, () => {
    new ServiceAccount("deployer", {
      owner: AccountOwner.group(later(12)),
      username: Promise.resolve("no username"),
      name: later(" "),
      email: later("nobody"),
      purpose: later("x"),
      contact: later("y"),
      deletionProtection: later(true),
      onDestroy: later("retain" as const),
      timeouts: { create: later("soon"), delete: later("later") },
    });
  });
  expect(found).toEqual({
    deployer: {
      group: "12",
      username: "no username",
      name: " ",
      email: "nobody",
      deletionProtection: true,
      onDestroy: "retain",
      timeouts: { create: "soon", delete: "later" },
    },
  });
});

test("an owner that is known later needs a username", async () => {
  const owner = AccountOwner.project(pulumi.output(7));
  expect(await refusal(() => void new ServiceAccount("bot", { owner }))).toBe(
    "[bot] username: A username is missing. The username can be left out only if the owner is given by its path; the owner is a project given by a value that is known later. Write a username. [missing-username]",
  );
});

test.each<[string, Partial<ServiceAccountProps>, RegExp]>([
  ["a malformed username", { username: "Platform Deployer" }, /^\[deployer\] username: Malformed/],
  ["an empty name", { name: " " }, /^\[deployer\] name: Empty name/],
  ["a malformed timeout", { timeouts: { delete: "5 minutes" } }, /^\[deployer\] timeouts.delete: /],
  [
    "several at once",
    { username: "-deployer", email: "nobody" },
    /^\[deployer\] username: .*\n\[deployer\] email: /,
  ],
])("%s is refused", async (_, props, message) => {
  const owner = AccountOwner.group("platform");
  expect(await refusal(() => void new ServiceAccount("deployer", { owner, ...props }))).toMatch(
    message,
  );
});

test("one account declared twice is an error that names both", async () => {
  const twice = () => {
    const username = "deployer";
    new ServiceAccount("one", { owner: AccountOwner.group("platform"), username });
    new ServiceAccount("two", { owner: AccountOwner.group(12), username });
  };
  expect(await refusal(twice)).toBe(
    "[two] username: The object is declared twice. This and one are both glsa:index:ServiceAccount deployer. Keep one of them, or give one another username, token name, group or project. [two-addresses]",
  );
});

test("two instances may have the same account, each through its provider", async () => {
  const found = await declared(() => {
    new GlsaProvider("glsa");
    const provider = new GlsaProvider("other", { alias: "other" });
    const owner = AccountOwner.group("platform");
    new ServiceAccount("here", { owner, username: "deployer" });
    new ServiceAccount("there", { owner, username: "deployer", provider });
  });
  const accounts = found.filter(({ type }) => type === ACCOUNT);
  expect(accounts.map(({ name, provider }) => [name, provider?.split("::")[3]])).toEqual([
    ["deployer", "glsa"],
    ["other_deployer", "other"],
  ]);
});

test("a provider inherited from a component goes before the program's", async () => {
  const found = await declared(() => {
    new GlsaProvider("glsa");
    const providers = { glsa: new GlsaProvider("other", { alias: "other" }) };
    const parent = new pulumi.ComponentResource("test:index:Team", "team", {}, { providers });
    const owner = AccountOwner.group("platform");
    new ServiceAccount("there", { owner, username: "deployer" }, { parent });
  });
  const account = found.find(({ type }) => type === ACCOUNT);
  expect(account?.provider).toMatch(/::other::/);
  expect(account?.name).toBe("other_deployer");
});

test("the component offers what the resource knows", async () => {
  let seen: unknown;
  await declared(() => {
    const account = new ServiceAccount("deployer", { owner: AccountOwner.group("platform") });
    expect(account.resource).toBeInstanceOf(GlsaServiceAccount);
    account.id.apply((id) => (seen = id));
  });
  expect(seen).toBe("id of platform-deployer");
});
