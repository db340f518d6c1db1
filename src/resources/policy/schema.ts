import { SETTINGS, type Policy } from "../../model/policy";
import { defineAttributes } from "../../provider/contract";

const about = (property: keyof Policy): string => SETTINGS[property].summary;

/** The provider's `policy`: the settings of `glsa.config.json`, in the same words. */
export const policyAttributes = defineAttributes({
  maximum_lifetime: { type: "string", optional: true, description: about("maximumLifetimeDays") },
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
  highest_role: {
    type: "string",
    optional: true,
    description: `${about("highestRole")} Defaults to owner.`,
  },
  least_slack: {
    type: "string",
    optional: true,
    description: `${about("leastSlackDays")} Defaults to 2d.`,
  },
  most_live_generations: {
    type: "number",
    optional: true,
    description: `${about("mostLiveGenerations")} Defaults to 2.`,
  },
  most_removals: {
    type: "number",
    optional: true,
    description: `${about("mostRemovals")} Defaults to 50.`,
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
        description: "The last day on which it counts, YYYY-MM-DD in UTC.",
      },
    },
  },
});
