import { readPlan, type Change } from "../../src/review";
import { TODAY } from "./recorded";

type Values = Record<string, unknown>;
interface Written {
  readonly type: string;
  readonly name: string;
  readonly actions: readonly string[];
  readonly before?: Values;
  readonly after?: Values;
  readonly unknown?: Values;
  readonly references?: Record<string, string>;
}

/** A plan by the documented schemas of the official provider, which is not installed here. */
function plan(...changes: Written[]): string {
  return JSON.stringify({
    format_version: "1.2",
    planned_values: {},
    resource_changes: changes.map(({ type, name, actions, before, after, unknown }) => ({
      address: `${type}.${name}`,
      mode: "managed",
      type,
      name,
      provider_name: "registry.terraform.io/gitlabhq/gitlab",
      change: {
        actions,
        before: before ?? null,
        after: after ?? null,
        after_unknown: unknown ?? {},
        before_sensitive: { token: true },
        after_sensitive: { token: true },
      },
    })),
    configuration: {
      root_module: {
        resources: changes.map(({ type, name, references = {} }) => ({
          address: `${type}.${name}`,
          type,
          name,
          expressions: Object.fromEntries(
            Object.entries(references).map(([key, to]) => [key, { references: [to] }]),
          ),
        })),
      },
    },
  });
}

function changesIn(...changes: Written[]): [string, Partial<Change>[]][] {
  return readPlan(plan(...changes), { today: TODAY }).accounts.map((each) => [
    each.account,
    each.changes.map(({ kind, effect, from, to }) => ({
      kind,
      effect,
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
    })),
  ]);
}

const account: Values = {
  id: "12:345",
  service_account_id: "345",
  group: "platform",
  username: "deployer",
  name: "Deployer",
  email: "deployer@example.com",
};
const unchangedAccount: Written = {
  type: "gitlab_group_service_account",
  name: "deployer",
  actions: ["no-op"],
  before: account,
  after: account,
};
const token: Values = {
  id: "12:345:7",
  group: "12",
  user_id: 345,
  name: "ci",
  scopes: ["read_api"],
  expires_at: "2026-12-31",
  rotation_configuration: null,
  token: "glpat-0123456789abcdefghij",
  active: true,
  revoked: false,
  created_at: "2026-01-01T00:00:00Z",
  validate_past_expiration_date: false,
};
const rotated = { id: true, token: true, created_at: true };
const rotating = { rotate_before_days: 7, expiration_days: 30 };

function tokenUpdate(before: Values, after: Values, unknown: Values = {}): Written {
  const type = "gitlab_group_service_account_access_token";
  return {
    type,
    name: "ci",
    actions: ["update"],
    before: { ...token, ...before },
    after: { ...token, ...after },
    unknown,
  };
}

test("a created account of the official provider, with all that refers to it, is one account", () => {
  const reference = "gitlab_group_service_account.deployer.service_account_id";
  expect(
    changesIn(
      {
        type: "gitlab_group_service_account",
        name: "deployer",
        actions: ["create"],
        after: { group: "platform", username: "deployer", name: "Deployer" },
        unknown: { id: true, service_account_id: true, email: true },
      },
      {
        type: "gitlab_group_service_account_access_token",
        name: "ci",
        actions: ["create"],
        after: { ...token, user_id: undefined, id: undefined, token: undefined },
        unknown: { user_id: true, id: true, token: true },
        references: { user_id: reference },
      },
      {
        type: "gitlab_project_membership",
        name: "charts",
        actions: ["create"],
        after: { project: "platform/charts", access_level: "maintainer", expires_at: "" },
        unknown: { user_id: true, id: true },
        references: { user_id: reference },
      },
    ),
  ).toEqual([
    [
      "deployer",
      [
        { kind: "account-created", effect: "gains" },
        { kind: "membership-added", effect: "gains", to: "maintainer" },
        { kind: "token-created", effect: "gains", to: "read_api" },
      ],
    ],
  ]);
});

test.each([
  [
    "a later expiry",
    tokenUpdate({}, { expires_at: "2027-03-31" }, rotated),
    [{ kind: "token-killed-in-place", effect: "destroys", from: "2026-12-31", to: "2027-03-31" }],
  ],
  [
    "a rotation that is due",
    tokenUpdate(
      { rotation_configuration: rotating },
      { rotation_configuration: rotating, expires_at: "2027-01-30" },
      rotated,
    ),
    [{ kind: "token-killed-in-place", effect: "destroys", from: "2026-12-31", to: "2027-01-30" }],
  ],
  [
    "a value that will be another",
    tokenUpdate({}, {}, { token: true }),
    [{ kind: "token-killed-in-place", effect: "destroys" }],
  ],
])("%s kills the official provider's token in place, which is told once", (_, change, expected) => {
  expect(changesIn(unchangedAccount, change)).toEqual([["deployer", expected]]);
});

test("a schedule of the official provider that is not due yet changes the schedule alone", () => {
  const change = tokenUpdate(
    { rotation_configuration: rotating },
    { rotation_configuration: { ...rotating, rotate_before_days: 14 } },
  );
  expect(changesIn(unchangedAccount, change)).toEqual([
    [
      "deployer",
      [
        {
          kind: "schedule-changed",
          effect: "changes",
          from: "7d before its expiry",
          to: "14d before its expiry",
        },
      ],
    ],
  ]);
});

test("a changed scope replaces the official provider's token, and is told beside", () => {
  const change = {
    ...tokenUpdate({}, { scopes: ["api"] }, rotated),
    actions: ["delete", "create"],
  };
  expect(changesIn(unchangedAccount, change)).toEqual([
    [
      "deployer",
      [
        { kind: "token-replaced", effect: "destroys" },
        { kind: "scope-gained", effect: "gains", to: "api" },
        { kind: "scope-lost", effect: "loses", from: "read_api" },
      ],
    ],
  ]);
});

test("memberships of users that the plan does not know are told by the user's number", () => {
  const membership = (group: number, level: string, role: number | null) => ({
    id: `${group}:42`,
    group_id: group,
    user_id: 42,
    access_level: level,
    expires_at: "",
    member_role_id: role,
    skip_subresources_on_destroy: null,
  });
  const update = (name: string, before: Values, after: Values): Written => ({
    type: "gitlab_group_membership",
    name,
    actions: ["update"],
    before,
    after,
  });
  expect(
    changesIn(
      update("raised", membership(1, "minimal", null), membership(1, "owner", null)),
      update("custom", membership(2, "developer", 7), membership(2, "developer", 9)),
    ),
  ).toEqual([
    [
      "user 42",
      [
        { kind: "role-raised", effect: "gains", from: "minimal_access", to: "owner" },
        {
          kind: "role-changed",
          effect: "changes",
          from: "developer (custom role 7)",
          to: "developer (custom role 9)",
        },
      ],
    ],
  ]);
});

test("Pulumi's types of the official provider are read alike", () => {
  const urn =
    "urn:pulumi:dev::test::gitlab:index/groupServiceAccountAccessToken:GroupServiceAccountAccessToken::ci";
  const type = "gitlab:index/groupServiceAccountAccessToken:GroupServiceAccountAccessToken";
  const inputs = {
    group: "12",
    userId: 345,
    name: "ci",
    scopes: ["read_api"],
    expiresAt: "2026-12-31",
  };
  const preview = {
    steps: [
      {
        op: "update",
        urn,
        oldState: {
          urn,
          type,
          custom: true,
          id: "12:345:7",
          inputs,
          outputs: { ...inputs, token: "[secret]" },
        },
        newState: { urn, type, custom: true, inputs: { ...inputs, expiresAt: "2027-03-31" } },
        diffReasons: ["expiresAt"],
        detailedDiff: null,
      },
    ],
  };
  const [first] = readPlan(JSON.stringify(preview), { today: TODAY }).accounts;
  expect(first?.account).toBe("user 345");
  expect(first?.changes).toMatchObject([
    { kind: "token-killed-in-place", effect: "destroys", from: "2026-12-31", to: "2027-03-31" },
  ]);
});
