import {
  defineAttributes,
  defineSchema,
  type ConfigOf,
  type StateOf,
} from "../../provider/contract";
import { membershipSchema } from "../membership/schema";

const { role, custom_role_id, expires_at, service_account_id, user_id } =
  membershipSchema.attributes;

const entryAttributes = defineAttributes({
  path: {
    type: "string",
    required: true,
    description: "Full path or number. The label is the entry's name in plans and state only.",
  },
  role,
  custom_role_id,
  expires_at,
});

export const membershipsSchema = defineSchema({
  version: 0,
  description:
    "All direct memberships of one service account as one object: one small object per account in place of one per membership. " +
    "Entries change in place, and existing memberships are adopted.",
  attributes: {
    service_account_id,
    user_id,
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
