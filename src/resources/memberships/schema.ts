import {
  defineAttributes,
  defineSchema,
  type ConfigOf,
  type StateOf,
} from "../../provider/contract";

const entryAttributes = defineAttributes({
  path: {
    type: "string",
    required: true,
    description: "Full path or number. The label is the entry's name in plans and state only.",
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
});

export const membershipsSchema = defineSchema({
  version: 0,
  description:
    "All direct memberships of one service account as one object: one small object per account in place of one per membership. " +
    "Entries change in place, and existing memberships are adopted.",
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
    exclusive: {
      type: "boolean",
      optional: true,
      computed: true,
      default: false,
      description:
        "Direct memberships that are not declared are shown in the plan and removed, as far as glsa's token can see them. " +
        "Without it they are left alone. Access through a group that is shared, or from a group above, is no direct membership.",
    },
    group: {
      type: "objectMap",
      optional: true,
      description: "Membership in a group; the label is free, such as the path.",
      attributes: entryAttributes,
    },
    project: {
      type: "objectMap",
      optional: true,
      description: "Membership in a project; the label is free, such as the path.",
      attributes: entryAttributes,
    },
    id: {
      type: "string",
      computed: true,
      description: "user:USER, in GitLab's ID. It is the id to import by.",
    },
  },
});

type Attributes = typeof membershipsSchema.attributes;
export type MembershipsAttributes = Attributes;
export type MembershipsState = StateOf<Attributes>;
export type MembershipsConfig = ConfigOf<Attributes>;
export type EntryState = StateOf<typeof entryAttributes>;
export type EntryConfig = ConfigOf<typeof entryAttributes>;
