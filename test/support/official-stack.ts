import type { Values } from "./engine-json";
import { inDays, type TestGitLab } from "./gitlab";
import type { OfficialObject } from "./official";
import type { Platform } from "./platform";

interface Made {
  readonly id: number;
}

interface MadeToken extends Made {
  readonly token: string;
  readonly created_at: string;
}

/** What somebody has declared with the official provider, live on a stand-in and in a state. */
export interface OfficialStack {
  readonly objects: readonly OfficialObject[];
  /** Values of the tokens, as they stand in the official provider's state. */
  readonly secrets: readonly string[];
  /** The users that they act as. */
  readonly users: readonly string[];
  readonly customRoleId: number;
}

const SCOPES = ["read_api"];

/** Groups and projects by path and by number, accounts of every level, tokens of every type. */
export async function officialStack({ gitlab, ids }: Platform): Promise<OfficialStack> {
  const group = `/groups/${ids.platform}/service_accounts`;
  const project = `/projects/${ids.charts}/service_accounts`;
  const bot = await account(gitlab, group, "bot");
  const app = await account(gitlab, group, "app");
  const robot = await account(gitlab, "/service_accounts", "robot");
  const shipper = await account(gitlab, project, "shipper");

  const ci = await token(gitlab, `${group}/${bot.id}`, "ci");
  const app1 = await token(gitlab, `${group}/${app.id}`, "app");
  const admin = await token(gitlab, `/users/${app.id}`, "by-admin");
  const night = await token(gitlab, `/users/${robot.id}`, "night");
  const ship = await token(gitlab, `${project}/${shipper.id}`, "ship");

  const role = await gitlab.call<Made>("POST", "/member_roles", {
    name: "reader",
    base_access_level: 10,
    read_code: true,
  });
  await gitlab.call("POST", `/groups/${ids.apps}/members`, {
    user_id: bot.id,
    access_level: 10,
    member_role_id: role.id,
    expires_at: inDays(40),
  });
  for (const user of [bot, app]) {
    const membership = { user_id: user.id, access_level: 30 };
    await gitlab.call("POST", `/projects/${ids.charts}/members`, membership);
  }
  const variable = { key: "BOT_TOKEN", value: ci.token };
  await gitlab.call("POST", `/projects/${ids.charts}/variables`, variable);

  const { platform, apps, charts } = ids;
  const objects: OfficialObject[] = [
    ["gitlab_group_service_account.bot", ofAccount(bot, "bot", "platform", { group: "platform" })],
    ["gitlab_group_service_account.app", ofAccount(app, "app", platform, { group: `${platform}` })],
    ["gitlab_instance_service_account.robot", ofAccount(robot, "robot", undefined, {})],
    [
      "gitlab_project_service_account.shipper",
      ofAccount(shipper, "shipper", "platform/charts", { project: "platform%2Fcharts" }),
    ],
    [
      "gitlab_group_service_account_access_token.ci",
      {
        ...ofToken(ci, bot, `platform:${bot.id}`),
        group: "platform",
        rotation_configuration: { rotate_before_days: 7, expiration_days: 90 },
      },
    ],
    [
      "gitlab_group_service_account_access_token.app",
      { ...ofToken(app1, app, `${platform}:${app.id}`), group: `${platform}` },
    ],
    ["gitlab_personal_access_token.by_admin", ofToken(admin, app, `${app.id}`)],
    ["gitlab_personal_access_token.night", ofToken(night, robot, `${robot.id}`)],
    [
      "gitlab_project_service_account_access_token.ship",
      { ...ofToken(ship, shipper, `${charts}:${shipper.id}`), project: `${charts}` },
    ],
    [
      "gitlab_group_membership.apps",
      {
        id: `${apps}:${bot.id}`,
        group_id: apps,
        user_id: bot.id,
        access_level: "guest",
        member_role_id: role.id,
        expires_at: inDays(40),
        skip_subresources_on_destroy: false,
        unassign_issuables_on_destroy: false,
      },
    ],
    ["gitlab_project_membership.charts", ofMembership(bot, "platform/charts")],
    ["gitlab_project_membership.app", ofMembership(app, `${charts}`)],
    [
      "gitlab_project_variable.ci",
      { id: `${charts}:BOT_TOKEN:*`, project: `${charts}`, ...variable, environment_scope: "*" },
    ],
  ];
  const tokens = [ci, app1, admin, night, ship];
  return {
    objects,
    secrets: tokens.map((one) => one.token),
    users: ["bot", "app", "app", "robot", "shipper"],
    customRoleId: role.id,
  };
}

function account(gitlab: TestGitLab, route: string, username: string): Promise<Made> {
  return gitlab.call("POST", route, { username, name: username });
}

function token(gitlab: TestGitLab, user: string, name: string): Promise<MadeToken> {
  const fields = { name, scopes: SCOPES, expires_at: inDays(90) };
  return gitlab.call("POST", `${user}/personal_access_tokens`, fields);
}

function ofAccount(
  { id }: Made,
  username: string,
  place: string | number | undefined,
  more: Values,
): Values {
  return {
    id: place === undefined ? `${id}` : `${place}:${id}`,
    service_account_id: `${id}`,
    username,
    name: username,
    email: `${username}@example.com`,
    timeouts: null,
    ...more,
  };
}

function ofToken({ id, token: value, created_at }: MadeToken, user: Made, place: string): Values {
  return {
    id: `${place}:${id}`,
    user_id: user.id,
    name: "as it was",
    scopes: SCOPES,
    expires_at: inDays(90),
    created_at,
    active: true,
    revoked: false,
    token: value,
    validate_past_expiration_date: null,
    rotation_configuration: null,
  };
}

function ofMembership({ id }: Made, project: string): Values {
  return {
    id: `${project}:${id}`,
    project,
    user_id: id,
    access_level: "developer",
    member_role_id: null,
    expires_at: "",
  };
}
