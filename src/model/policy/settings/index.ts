import type { Policy } from "../policy";
import { EXCEPTIONS } from "./exceptions";
import { countSetting, daysSetting, permissionsSetting, roleSetting, scopesSetting } from "./kinds";
import type { Setting } from "./setting";
import { SEVERITY, strictestSeverities } from "./severity";

export { strictestSeverities };

export type { JsonSchema, PolicyPath, PolicyProblem, Report, Setting } from "./setting";
export { readRecord, shown } from "./readers";

type SettingsTable = {
  readonly [K in keyof Policy]-?: Setting<NonNullable<Policy[K]>>;
};

/** Every setting of a policy, in the order of the documentation. */
export const SETTINGS: SettingsTable = {
  maxLifetimeDays: daysSetting(
    {
      key: "max_lifetime",
      summary:
        "The maximum lifetime of a token. A rotation without a lifetime of its own stays within it.",
      example: '"90d"',
    },
    "fewer",
  ),
  forbiddenScopes: scopesSetting({
    key: "forbidden_scopes",
    summary: "Scopes that no token may have.",
    example: '["sudo", "admin_mode", "create_runner"]',
  }),
  scopesNeedingReason: scopesSetting({
    key: "scopes_needing_reason",
    summary: "Scopes that a token may have only with a description.",
    example: '["api", "write_registry"]',
  }),
  forbiddenPermissions: permissionsSetting({
    key: "forbidden_permissions",
    summary: "Permissions that no fine-grained token may have. * stands for anything.",
    example: '["delete_*", "*_personal_access_token"]',
  }),
  permissionsNeedingReason: permissionsSetting({
    key: "permissions_needing_reason",
    summary: "Permissions that a fine-grained token may have only with a description.",
    example: '["create_member", "update_variable"]',
  }),
  maxRole: roleSetting({
    key: "max_role",
    summary: "The highest role of a membership.",
    example: '"maintainer"',
  }),
  minSlackDays: daysSetting(
    {
      key: "min_slack",
      summary: "The minimum time that must remain of a token's life after every and overlap.",
      example: '"4d"',
    },
    "more",
  ),
  maxLiveTokens: countSetting({
    key: "max_live_tokens",
    summary: "The maximum number of live tokens per declaration.",
    example: "2",
  }),
  maxRemovals: countSetting({
    key: "max_removals",
    summary: "How much one run may remove: an account counts as 5, a token or membership as 1.",
    example: "100",
  }),
  maxRotations: countSetting({
    key: "max_rotations",
    summary:
      "How many tokens one run rotates because they are due; the others wait for the next run, as far as their overlap stays whole.",
    example: "20",
  }),
  severity: SEVERITY,
  exceptions: EXCEPTIONS,
};

/** A setting, whatever the type of its values. Sound because a value is never passed to another setting. */
export function anySetting(property: keyof Policy): Setting<unknown> {
  return SETTINGS[property];
}

export const PROPERTIES = Object.keys(SETTINGS) as (keyof Policy)[];

export const KEYS = PROPERTIES.map((property) => SETTINGS[property].key);
