import { readFileSync } from "node:fs";
import { Testing, type TerraformStack } from "cdktf";
import {
  AccountOwner,
  Delivery,
  Duration,
  Role,
  Rotation,
  Scope,
  ServiceAccount,
} from "../../../constructs/cdktf";
import { matchers } from "../../../constructs/testing";
import { PlatformStack } from "../../../examples/cdktf/platform-stack";
import { newStack } from "../cdktf/synthesized";

expect.extend(matchers);

let stack: TerraformStack;

beforeAll(() => {
  stack = newStack();
  const deployer = new ServiceAccount(stack, "deployer", {
    owner: AccountOwner.group("platform"),
    name: "Platform deployer",
    deletionProtection: true,
  });
  deployer.joinProject("platform/charts", Role.MAINTAINER);
  deployer.joinGroup("platform/apps", Role.DEVELOPER, { expiresAt: "2027-03-31" });
  deployer.joinGroup(12, Role.custom(Role.GUEST, 7));
  deployer.addToken("ci", {
    scopes: [Scope.WRITE_REPOSITORY, Scope.READ_API, Scope.of("new_scope")],
    rotation: Rotation.every(Duration.weeks(4), { overlap: Duration.days(3) }),
    deliverTo: [
      Delivery.ciVariable({ project: "platform/charts", key: "DEPLOY_TOKEN", protected: true }),
      Delivery.vault({ path: "platform/charts" }),
    ],
  });
  const auditor = new ServiceAccount(stack, "auditor", {
    owner: AccountOwner.instance(),
    username: "auditor",
    email: "auditor@example.com",
    onDestroy: "disable",
  });
  auditor.joinGroup("platform", Role.REPORTER);
  auditor.addToken("audit", {
    scopes: [Scope.READ_API],
    expiresAt: "2027-03-31",
    storeValue: true,
  });
});

/** What a failing expectation says. */
function failure(expectation: () => void): string {
  try {
    expectation();
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

test("an account is declared with whatever is asked of it", () => {
  expect(stack).toDeclareServiceAccount({
    username: "platform-deployer",
    owner: AccountOwner.group("/Platform/"),
    name: "Platform deployer",
    email: null,
    deletionProtection: true,
    onDestroy: "delete",
  });
  expect(stack).toDeclareServiceAccount({ owner: AccountOwner.instance(), onDestroy: "disable" });
  expect(stack).not.toDeclareServiceAccount({ username: "platform-auditor" });
});

test("a membership is declared by account, place, role and end", () => {
  const account = "platform-deployer";
  expect(stack).toGrant({ account, on: "Platform/Charts", role: "Maintainer", expiresAt: null });
  expect(stack).toGrant({ account, on: "platform/apps", expiresAt: "2027-03-31" });
  expect(stack).toGrant({ account, on: 12, role: Role.custom(Role.GUEST, 7) });
  expect(stack).not.toGrant({ account, on: 12, role: Role.GUEST });
  expect(stack).not.toGrant({ role: Role.OWNER });
});

test("a token is declared with its scopes in any order, and its days however they are spelled", () => {
  const token = { account: "platform-deployer", name: "ci" };
  expect(stack).toDeclareToken({
    ...token,
    scopes: ["read_api", Scope.of("new_scope"), Scope.WRITE_REPOSITORY],
    rotates: "28d",
    overlap: Duration.days(3),
    expiresAt: null,
    neverExpires: false,
    storeValue: false,
  });
  expect(stack).toDeclareToken({ ...token, scopes: expect.arrayContaining(["read_api"]) });
  expect(stack).not.toDeclareToken({ ...token, scopes: [Scope.READ_API] });
  expect(stack).toDeclareToken({ account: "auditor", rotates: false, storeValue: true });
});

test("a delivery is declared by its destination and those settings that are written", () => {
  const delivery = { account: "platform-deployer", token: "ci" };
  const variable = { project: "platform/charts", key: "DEPLOY_TOKEN" };
  expect(stack).toDeliver({ ...delivery, to: Delivery.ciVariable(variable) });
  expect(stack).toDeliver({
    ...delivery,
    to: Delivery.ciVariable({ ...variable, protected: true, masked: true }),
  });
  expect(stack).toDeliver({ to: Delivery.vault({ mount: "secret", path: "platform/charts" }) });
  expect(stack).not.toDeliver({ to: Delivery.ciVariable({ ...variable, protected: false }) });
  expect(stack).not.toDeliver({ account: "auditor" });
});

test("another role is told from the one that is declared, nearest first", () => {
  const expectation = () =>
    expect(stack).toGrant({
      account: "platform-deployer",
      on: "platform/apps",
      role: Role.MAINTAINER,
    });

  expect(failure(expectation))
    .toBe(`platform-deployer is granted developer on platform/apps until 2027-03-31, not maintainer.

Declared memberships, nearest first:
  platform-deployer is granted developer on platform/apps until 2027-03-31
  platform-deployer is granted maintainer on platform/charts
  platform-deployer is granted guest with custom role 7 on 12
  auditor is granted reporter on platform`);
});

test("the guide shows the message of a failing expectation as it is", () => {
  const example = new PlatformStack(Testing.app(), "platform");
  const account = "platform-deployer";
  const message = failure(() =>
    expect(example).toGrant({ account, on: "platform/apps", role: Role.MAINTAINER }),
  );

  expect(readFileSync("docs/testing.md", "utf8")).toContain(`\n\`\`\`text\n${message}\n\`\`\`\n`);
});

test("a misspelt account or place is named, with the one that is meant", () => {
  expect(failure(() => expect(stack).toGrant({ account: "platform-deploier" }))).toMatch(
    /^No membership with account "platform-deploier" is declared\. Did you mean "platform-deployer"\?\n/,
  );
  expect(failure(() => expect(stack).toGrant({ account: "auditor", on: "platfrom" }))).toMatch(
    /^No membership with account "auditor" and on "platfrom" is declared\. Did you mean "platform"\?\n/,
  );
});

test("all differences of a token are told", () => {
  const expectation = () =>
    expect(stack).toDeclareToken({
      account: "platform-deployer",
      name: "ci",
      scopes: [Scope.API],
      rotates: "90d",
      storeValue: true,
    });

  expect(failure(expectation)).toMatch(
    'platform-deployer has the token "ci" with new_scope, read_api and write_repository, rotating every 4w with an overlap of 3d, not with api and rotating every 90d and its value kept in the state.\n',
  );
});

test("another owner, destination or setting is told", () => {
  const account = "platform-deployer";
  const owner = AccountOwner.project("platform/web");
  expect(
    failure(() => expect(stack).toDeclareServiceAccount({ username: account, owner })),
  ).toMatch(
    'platform-deployer is a service account of group platform named "Platform deployer" with deletion protection, not of project platform/web.\n',
  );
  const to = Delivery.ciVariable({
    project: "platform/charts",
    key: "DEPLOY_TOKEN",
    protected: false,
  });
  expect(failure(() => expect(stack).toDeliver({ account, token: "ci", to }))).toMatch(
    'the token "ci" of platform-deployer goes to CI/CD variable "DEPLOY_TOKEN" of project "platform/charts" (protected: true), not to CI/CD variable "DEPLOY_TOKEN" of project "platform/charts" (protected: false).\n',
  );
});

test("with not, what is declared in spite of it is told", () => {
  expect(failure(() => expect(stack).not.toGrant({ role: Role.MAINTAINER }))).toBe(
    "platform-deployer is granted maintainer on platform/charts, which should not be.",
  );
});

test("a stack without anything says so", () => {
  expect(failure(() => expect(newStack()).toGrant({ role: "guest" }))).toBe(
    "No memberships are declared.",
  );
});

test.each<[object, string]>([
  [{}, "toGrant: the expectation is empty. Write one of: account, on, role, expiresAt."],
  [
    { acount: "x" },
    'toGrant: there is no property "acount". Did you mean "account"? Write one of: account, on, role, expiresAt.',
  ],
  [{ role: "maintaner" }, 'toGrant: role: Unknown role "maintaner".'],
])("an expectation that could never fail with not is an error: %j", (expected, message) => {
  expect(failure(() => expect(stack).not.toGrant(expected))).toContain(message);
});

test.each([
  [{ scopes: ["read_apis"] }, 'toDeclareToken: scopes: Unknown scope "read_apis".'],
  [{ rotates: "monthly" }, 'toDeclareToken: rotates: "monthly" is not a number of days.'],
])("so is a token that no declaration can have: %j", (expected, message) => {
  expect(failure(() => expect(stack).not.toDeclareToken(expected))).toContain(message);
});

test.each([
  [42, "got 42."],
  [undefined, "got undefined."],
  [Promise.resolve(), "got a Promise, which must be awaited."],
  [new Date(), "got an object of Date."],
  ["not JSON", "Not the JSON of a stack."],
])("%p declares nothing, and is no stack", (received, message) => {
  expect(failure(() => expect(received).toGrant({ role: "guest" }))).toContain(message);
});
