import {
  addressOf,
  AccountOwner,
  defaultDescription,
  defaultUsername,
  Role,
  Scope,
} from "../../../constructs/words";
import { KNOWN_SCOPES, ROLE_NAMES } from "../../../src/model";

const known = () => false;

test("every known scope has a word, and every word is a known scope", () => {
  const words = Object.entries(Scope).map(([word, scope]) => [word, (scope as Scope).name]);

  expect(words).toEqual(KNOWN_SCOPES.map((name) => [name.toUpperCase(), name]));
});

test("every base role has a word, and every word is a base role", () => {
  const words = Object.entries(Role).map(([word, role]) => [word, (role as Role).name]);

  expect(words).toEqual(ROLE_NAMES.map((name) => [name.toUpperCase(), name]));
});

test("a scope that is known stays checked", () => {
  expect(Scope.of("read_api").name).toBe("read_api");
  expect(Scope.of("new_scope").name).toBe("scope:new_scope");
});

test("a role is read in any spelling", () => {
  expect(Role.from("Security Manager").name).toBe("security_manager");
  expect(Role.from("nobody").name).toBe("nobody");
});

test.each([
  [AccountOwner.group("platform"), "deployer", "platform-deployer"],
  [AccountOwner.project("Platform/Web.App"), "CI bot", "platform-web-app-ci-bot"],
  [AccountOwner.instance(), "auditor", "auditor"],
  [AccountOwner.group(12), "deployer", undefined],
  [AccountOwner.group("12"), "deployer", undefined],
])("the default username in %s", (owner, id, username) => {
  expect(defaultUsername(owner, id, known)).toBe(username);
});

test.each([
  [{ purpose: "deploys", contact: "team" }, "deploys (team)"],
  [{ purpose: "deploys" }, "deploys"],
  [{ contact: "team" }, "team"],
  [{}, undefined],
])("the default description of %j", (about, description) => {
  expect(defaultDescription(about)).toBe(description);
});

test.each([
  [["deployer"], "deployer"],
  [["deployer", "group", "platform/apps"], "deployer_group_platform__apps"],
  [["2fa-bot"], "_2fa-bot"],
])("the address of plain words %j can be read back", (words, address) => {
  expect(addressOf(words)).toBe(address);
});

test("words that would look alike have different addresses", () => {
  const alike = [["a.b"], ["a b"], ["a_b"], ["a", "b"], ["a-b"], ["a__b"], ["a/b"], ["a//b"]];

  expect(new Set(alike.map(addressOf)).size).toBe(alike.length);
  expect(addressOf(["a.b"])).toMatch(/^a-b_[0-9a-f]{8}$/);
});
