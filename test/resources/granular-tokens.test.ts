import { UNKNOWN } from "../../src/provider/contract";
import { Driver, type Declared } from "../support/driver";
import { inDays, TestGitLab } from "../support/gitlab";

interface Listed {
  readonly id: number;
  readonly name: string;
  readonly granular: boolean;
  readonly granular_scopes?: readonly object[];
}

let gitlab: TestGitLab;
let platform: number;
let charts: number;
let accountId: string;
let userId: number;

afterEach(() => gitlab.close());

async function start(version: "19.5" | "19.6" = "19.6"): Promise<void> {
  gitlab = await TestGitLab.start({ version });
  ({ platform, charts } = await gitlab.platform());
  const path = `/groups/${platform}/service_accounts`;
  ({ id: userId } = await gitlab.call<{ id: number }>("POST", path, { username: "bot" }));
  accountId = `group:${platform}:${userId}`;
}

const scope = (access: string, permissions: unknown, ids: object = {}) => ({
  access,
  permissions,
  group_ids: null,
  project_ids: null,
  ...ids,
});

function token(granular_scopes: unknown, attributes: object = {}): Declared[] {
  return [
    {
      address: "ci",
      type: "glsa_access_token",
      config: () => ({
        service_account_id: accountId,
        name: "ci",
        granular_scopes,
        store_value: true,
        rotation: { every: "30d", overlap: "1d", quiet_for: "0d" },
        ...attributes,
      }),
    },
  ];
}

function driverFor(declared: Declared[], own = gitlab.token): Driver {
  return new Driver({ base_url: gitlab.url, token: own, stack: "test" }, declared);
}

async function applied(driver: Driver): Promise<void> {
  const { diagnostics } = await driver.apply();
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  const { actions } = await driver.plan();
  expect([...actions.values()]).toEqual([...actions.values()].map(() => "none"));
}

const tokens = () =>
  gitlab.call<Listed[]>("GET", `/personal_access_tokens?user_id=${userId}&state=active`);
const refusal = async (driver: Driver) =>
  (await driver.apply()).diagnostics
    .filter(({ severity }) => severity === "error")
    .map(({ code, summary, detail }) => `${code}: ${summary}. ${detail}`)
    .join("\n");

const reading = () => [
  scope("user", ["read_user"]),
  scope("selected_memberships", ["read_member", "read_variable"], {
    group_ids: [platform],
    project_ids: [charts],
  }),
];

test("a group's account has a fine-grained token, which a rotation keeps, and a regrouped declaration is the same", async () => {
  await start();
  const driver = driverFor(token(reading()));
  await applied(driver);
  const [made] = await tokens();
  const places = [
    { access: "user", permissions: ["read_user"], project_id: null, group_id: null },
    ...[
      { project_id: charts, group_id: null },
      { project_id: null, group_id: platform },
    ].map((place) => ({
      access: "selected_memberships",
      permissions: ["read_member", "read_variable"],
      ...place,
    })),
  ];
  expect(made).toMatchObject({ granular: true, granular_scopes: places });
  expect(driver.values("ci")).toMatchObject({ scopes: null, granular_scopes: reading() });

  driver.declared = token([
    scope("selected_memberships", ["read_variable", "read_member"], { project_ids: [charts] }),
    scope("selected_memberships", ["read_member", "read_variable"], { group_ids: [platform] }),
    scope("user", ["read_user"]),
  ]);
  await applied(driver);
  expect((await tokens()).map(({ id }) => id)).toEqual([made?.id]);

  await gitlab.control("POST", "clock", { advance: "P30D" });
  await applied(driver);
  const [, next] = await tokens();
  expect(next).toMatchObject({ granular: true });
  expect(next?.granular_scopes).toHaveLength(3);
});

test("another permission, or scopes in their place, makes another token and tells why", async () => {
  await start();
  const driver = driverFor(token(reading()));
  await applied(driver);
  driver.declared = token([scope("user", ["read_user", "read_personal_access_token"])]);
  await applied(driver);
  const lost = ["read_member", "read_variable"].flatMap((permission) => [
    `-${permission} in group ${platform}`,
    `-${permission} in project ${charts}`,
  ]);
  expect(driver.values("ci")?.["rotation_reason"]).toBe(
    `permissions changed (+read_personal_access_token in its own user, ${lost.join(", ")})`,
  );
  driver.declared = token(null, { scopes: ["read_api"] });
  await applied(driver);
  expect(driver.values("ci")).toMatchObject({ scopes: ["read_api"], granular_scopes: null });
});

test("an import takes over what GitLab shows", async () => {
  await start();
  const body = {
    name: "ci",
    expires_at: inDays(100),
    granular_scopes: [
      { access: "selected_memberships", permissions: ["read_member"], group_ids: [platform] },
    ],
  };
  const made = await gitlab.call<Listed>("POST", `/users/${userId}/personal_access_tokens`, body);
  const declared = token(
    [scope("selected_memberships", ["read_member"], { group_ids: [platform] })],
    {
      rotation: null,
      expires_at: inDays(100),
      store_value: null,
    },
  );
  const driver = driverFor(declared);
  await driver.import("ci", `${accountId}:${made.id}`);
  await applied(driver);
  expect((await tokens()).map(({ id }) => id)).toEqual([made.id]);
});

test("the plan refuses it before 19.6, and for a run that is no administrator's", async () => {
  await start("19.5");
  expect(await refusal(driverFor(token(reading())))).toMatch(
    /gitlab-too-old: .*fine-grained tokens.*It needs GitLab 19\.6; the server is 19\.5/,
  );
  await gitlab.close();
  await start();
  const owner = await gitlab.groupOwner(platform);
  expect(await refusal(driverFor(token(reading()), owner))).toMatch(
    /granular-needs-administrator: .*or write scopes/,
  );
  expect(await gitlab.writes()).not.toContain(`POST /users/${userId}/personal_access_tokens`);
});

async function ownToken(granular_scopes: readonly object[]): Promise<string> {
  const { id } = await gitlab.call<{ id: number }>("GET", "/user");
  const path = `/users/${id}/personal_access_tokens`;
  const made = await gitlab.call<{ token: string }>("POST", path, { name: "own", granular_scopes });
  return made.token;
}

const ownScopes = () => [
  { access: "user", permissions: ["read_personal_access_token"] },
  {
    access: "instance",
    permissions: ["read_metadata", "read_application_setting", "create_personal_access_token"],
  },
  {
    access: "selected_memberships",
    permissions: [
      ...["read_service_account_personal_access_token", "read_service_account"],
      "revoke_service_account_personal_access_token",
      ...["read_member", "read_variable"],
    ],
    group_ids: [platform],
  },
];

test("a run whose own token is fine-grained makes what it may, and the plan tells what goes beyond", async () => {
  await start();
  const own = await ownToken(ownScopes());
  const within = token([scope("selected_memberships", ["read_member"], { project_ids: [charts] })]);
  await applied(driverFor(within, own));
  const beyond = token(
    [scope("selected_memberships", ["delete_group"], { group_ids: [platform] })],
    {
      name: "other",
    },
  );
  expect(await refusal(driverFor(beyond, own))).toMatch(
    /granular-escalation: .*It lacks delete_group in group \d+/,
  );
});

test("what only the server can refuse is told in the apply, with what may be the reason", async () => {
  await start();
  const own = await ownToken(ownScopes());
  const other = await gitlab.group("elsewhere");
  const driver = driverFor(
    token([scope("selected_memberships", ["read_member"], { group_ids: [other] })]),
    own,
  );
  expect(await refusal(driver)).toMatch(
    /glsa's own token is fine-grained|Make a fine-grained token/,
  );
});

test.each([
  ["an access that does not exist", [scope("world", ["read_user"])], /unknown-choice/],
  ["no permission", [scope("user", [])], /missing-permissions/],
  ["a scope's name", [scope("user", ["api"])], /malformed-permission: "api"/],
  ["a selection of nothing", [scope("selected_memberships", ["read_member"])], /missing-places/],
  ["groups elsewhere", [scope("user", ["read_user"], { group_ids: [1] })], /places-not-selected/],
  [
    "a place twice",
    [scope("user", ["read_user"]), scope("user", ["read_member"])],
    /repeated-place: .*its own user/,
  ],
])("%s is refused before anything is asked", async (_, granular, expected) => {
  await start();
  const driver = driverFor(token(granular));
  expect(await refusal(driver)).toMatch(expected);
});

test("scopes beside permissions are refused, and neither as well", async () => {
  await start();
  expect(await refusal(driverFor(token(reading(), { scopes: ["api"] })))).toMatch(
    /exclusive-choices: .*scopes and granular_scopes/,
  );
  expect(await refusal(driverFor(token(null)))).toMatch(
    /missing-choice: .*scopes, granular_scopes/,
  );
});

test("the policy judges permissions", async () => {
  await start();
  const settings = { base_url: gitlab.url, token: gitlab.token, stack: "test" };
  const codes = async (policy: object) => {
    const permissions = scope("user", ["delete_user", "read_user"]);
    const driver = new Driver({ ...settings, policy }, token([permissions]));
    return (await driver.apply()).diagnostics.map(({ code }) => code);
  };
  expect(await codes({ forbidden_permissions: ["delete_*"] })).toEqual(["forbidden-permission"]);
  expect(await codes({ permissions_needing_reason: ["read_user"] })).toContain(
    "permission-without-reason",
  );
});

test("a permission that is known late leaves open whether there will be a new token", async () => {
  await start();
  const driver = driverFor(token(reading()));
  await applied(driver);
  driver.declared = token([scope("user", UNKNOWN)]);
  const { planned } = await driver.plan();
  expect(planned.get("ci")).toMatchObject({ token_id: UNKNOWN });
});
