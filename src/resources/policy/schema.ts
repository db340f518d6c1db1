import { SETTINGS, type Policy } from "../../model/policy";
import { defineAttributes } from "../../provider/contract";

const about = (property: keyof Policy): string => SETTINGS[property].summary;

/** The provider's `policy`: the settings of `glsa.config.json`, with the same names. */
export const policyAttributes = defineAttributes({
  max_lifetime: { type: "string", optional: true, description: about("maxLifetimeDays") },
  forbidden_scopes: {
    type: "list",
    element: "string",
    optional: true,
    description: `${about("forbiddenScopes")} Defaults to sudo and admin_mode.`,
  },
  scopes_needing_reason: {
    type: "list",
    element: "string",
    optional: true,
    description: `${about("scopesNeedingReason")} Defaults to api.`,
  },
  forbidden_permissions: {
    type: "list",
    element: "string",
    optional: true,
    description: about("forbiddenPermissions"),
  },
  permissions_needing_reason: {
    type: "list",
    element: "string",
    optional: true,
    description: about("permissionsNeedingReason"),
  },
  max_role: {
    type: "string",
    optional: true,
    description: `${about("maxRole")} Defaults to owner.`,
  },
  min_slack: {
    type: "string",
    optional: true,
    description: `${about("minSlackDays")} Defaults to 2d.`,
  },
  max_live_tokens: {
    type: "number",
    optional: true,
    description: `${about("maxLiveTokens")} Defaults to 2.`,
  },
  max_removals: {
    type: "number",
    optional: true,
    description: `${about("maxRemovals")} Defaults to 50.`,
  },
  max_rotations: {
    type: "number",
    optional: true,
    description: `${about("maxRotations")} Defaults to all.`,
  },
  severity: { type: "map", element: "string", optional: true, description: about("severity") },
  exceptions: {
    type: "objectList",
    optional: true,
    description: about("exceptions"),
    attributes: {
      rule: { type: "string", required: true, description: "The rule's name." },
      object: {
        type: "string",
        required: true,
        description:
          "A username, username/token name, username@path of a group or project, or run.",
      },
      reason: { type: "string", required: true, description: "Why." },
      until: {
        type: "string",
        required: true,
        description: "Last day on which the exception applies, YYYY-MM-DD in UTC.",
      },
    },
  },
});
