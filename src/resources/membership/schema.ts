import { defineSchema, type ConfigOf, type StateOf } from "../../provider/contract";

export const membershipSchema = defineSchema({
  version: 0,
  description:
    "The direct membership of a service account in a group or project. Role and expiry change in place. A membership that exists already is taken over.",
  attributes: {
    service_account_id: {
      type: "string",
      optional: true,
      description: "Id of a glsa_service_account. Either this or user_id.",
    },
    user_id: {
      type: "number",
      optional: true,
      computed: true,
      description: "Number of a user that no glsa_service_account declares.",
    },
    group: {
      type: "string",
      optional: true,
      description: "Full path or number of the group. Either this or project.",
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
        "Base role: minimal_access (groups only), guest, planner, reporter, security_manager, developer, maintainer or owner.",
    },
    custom_role_id: {
      type: "number",
      optional: true,
      description:
        "Number of a custom role; role is then the base role that it builds on. Needs GitLab Ultimate.",
    },
    expires_at: {
      type: "string",
      optional: true,
      description: "Day on which the membership ends, YYYY-MM-DD in UTC.",
    },
    remove_memberships_below: {
      type: "boolean",
      optional: true,
      computed: true,
      default: false,
      description:
        "Destroying also removes the account's direct memberships in all subgroups and projects below the group.",
    },
    id: {
      type: "string",
      computed: true,
      description:
        "group:GROUP:USER or project:PROJECT:USER, in numbers; also the id to import by.",
    },
    status: {
      type: "string",
      computed: true,
      description: "active, or expired once expires_at has come and GitLab removed the membership.",
    },
  },
});

type Attributes = typeof membershipSchema.attributes;
export type MembershipAttributes = Attributes;
export type MembershipState = StateOf<Attributes>;
export type MembershipConfig = ConfigOf<Attributes>;
