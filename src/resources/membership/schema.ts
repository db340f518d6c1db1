import { defineSchema, type ConfigOf, type StateOf } from "../../provider/contract";

export const membershipSchema = defineSchema({
  version: 0,
  description:
    "The direct membership of a service account in a group or project. Role and expiry are updated in place. An existing membership is adopted.",
  attributes: {
    service_account_id: {
      type: "string",
      optional: true,
      description:
        "The id of a glsa_service_account. Set exactly one of service_account_id and user_id.",
    },
    user_id: {
      type: "number",
      optional: true,
      computed: true,
      unset: "the account's",
      description: "ID of a user that no glsa_service_account declares.",
    },
    group: {
      type: "string",
      optional: true,
      description: "Full path or number of the group. Set exactly one of group and project.",
    },
    project: {
      type: "string",
      optional: true,
      description: "Full path or number of the project.",
    },
    role: {
      type: "string",
      required: true,
      description:
        "Default role: minimal_access (groups only), guest, planner, reporter, security_manager, developer, maintainer or owner.",
    },
    custom_role_id: {
      type: "number",
      optional: true,
      description: "ID of a custom role, which is based on role. Needs GitLab Ultimate.",
    },
    expires_at: {
      type: "string",
      optional: true,
      description: "Day at whose beginning the membership ends, YYYY-MM-DD in UTC.",
    },
    remove_memberships_below: {
      type: "boolean",
      optional: true,
      computed: true,
      default: false,
      description:
        "Destroying the membership also removes the account's direct memberships in all subgroups and projects below the group.",
    },
    id: {
      type: "string",
      computed: true,
      description:
        "group:GROUP:USER or project:PROJECT:USER, in GitLab's IDs. It is the id to import by.",
    },
    status: {
      type: "string",
      computed: true,
      description: "active, or expired once GitLab has removed the membership after expires_at.",
    },
  },
});

type Attributes = typeof membershipSchema.attributes;
export type MembershipAttributes = Attributes;
export type MembershipState = StateOf<Attributes>;
export type MembershipConfig = ConfigOf<Attributes>;
