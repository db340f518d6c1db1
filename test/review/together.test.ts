import { DEFAULT_POLICY } from "../../src/model/policy";
import { declarationsIn } from "../../src/review/declared";
import { readPlan } from "../../src/review";
import { TODAY } from "./recorded";

const block = (path: string, role: string) => ({
  path,
  role,
  custom_role_id: null,
  expires_at: null,
});

const ACCOUNT = {
  id: "group:12:345",
  user_id: 345,
  username: "deployer",
  group: "platform",
  name: "deployer",
};

function plan(before: object | null, after: object | null, actions: readonly string[]): string {
  const common = { service_account_id: "group:12:345", user_id: 345, id: "user:345" };
  const values = (side: object | null) => side && { exclusive: true, ...common, ...side };
  return JSON.stringify({
    format_version: "1.2",
    terraform_version: "1.11.4",
    resource_changes: [
      {
        address: "glsa_service_account.bot",
        mode: "managed",
        type: "glsa_service_account",
        name: "bot",
        change: { actions: ["no-op"], before: ACCOUNT, after: ACCOUNT, after_unknown: {} },
      },
      {
        address: "glsa_memberships.bot",
        mode: "managed",
        type: "glsa_memberships",
        name: "bot",
        change: { actions, before: values(before), after: values(after), after_unknown: {} },
      },
    ],
  });
}

const told = (text: string) =>
  readPlan(text, { today: TODAY }).accounts.flatMap(({ account, changes }) =>
    changes.map(({ address, kind, effect }) => [account, address, kind, effect]),
  );

test("a review tells each membership of an account by itself, whatever its label", () => {
  const before = {
    group: { a: block("platform/apps", "developer"), b: block("platform", "guest") },
    project: { "platform/old": block("platform/old", "owner") },
  };
  const after = {
    group: { a: block("platform/apps", "maintainer"), renamed: block("platform", "guest") },
    project: { charts: block("platform/charts", "reporter") },
  };
  const text = plan(before, after, ["update"]);
  expect(told(text).sort()).toEqual([
    ["deployer", 'glsa_memberships.bot["group a"]', "role-raised", "gains"],
    ["deployer", 'glsa_memberships.bot["project charts"]', "membership-added", "gains"],
    ["deployer", 'glsa_memberships.bot["project platform/old"]', "membership-removed", "loses"],
  ]);
  const policy = { ...DEFAULT_POLICY, maxRole: "developer" as const };
  const { planned, findings } = readPlan(text, { today: TODAY, policy });
  expect(findings.map(({ rule }) => rule)).toEqual(["max-role"]);
  expect(planned).toEqual({ create: 0, update: 1, delete: 0 });
});

test("a review tells what an import leaves alone, and what becomes exclusive", () => {
  const before = {
    exclusive: null,
    group: { a: block("platform", "guest"), b: block("x", "guest") },
  };
  const after = { exclusive: false, group: { a: block("platform", "guest") } };
  expect(told(plan(before, after, ["update"]))).toEqual([
    ["deployer", 'glsa_memberships.bot["group b"]', "setting-changed", "changes"],
  ]);
  const exclusive = { exclusive: true, group: { a: block("platform", "guest") } };
  expect(told(plan(after, exclusive, ["update"])).map(([, , kind]) => kind)).toEqual([
    "setting-changed",
  ]);
});

test("memberships that a state declares together are declared each in its place", () => {
  const same = { group: { a: block("platform/apps", "developer") }, project: {} };
  expect(declarationsIn(plan(same, same, ["no-op"])).memberships).toMatchObject([
    {
      address: 'glsa_memberships.bot["group a"]',
      userId: 345,
      container: { kind: "group", path: "platform/apps" },
      role: "developer",
    },
  ]);
});
