import {
  defineAttributes,
  defineSchema,
  type ConfigOf,
  type StateOf,
} from "../../provider/contract";

/** Where an account lives. Exactly one of them is set. */
export const ownerAttributes = defineAttributes({
  group: {
    type: "string",
    optional: true,
    description:
      "Full path or number of the group that owns the account. A subgroup needs GitLab 18.11. Changing it replaces the account.",
  },
  project: {
    type: "string",
    optional: true,
    description:
      "Full path or number of the project that owns the account. Needs GitLab 18.11. Changing it replaces the account.",
  },
  instance: {
    type: "boolean",
    optional: true,
    description: "True for an account of the whole instance. Only an administrator can manage it.",
  },
});

export const serviceAccountSchema = defineSchema({
  version: 0,
  description:
    "A service account of a group, a project or the instance. Name, username and email are updated in place: the account keeps its user ID.",
  attributes: {
    ...ownerAttributes,
    username: {
      type: "string",
      required: true,
      description:
        "Unique among the users and groups of the instance. An interrupted creation is found again by it.",
    },
    name: {
      type: "string",
      optional: true,
      computed: true,
      unset: "the username",
      description: "Display name.",
    },
    email: {
      type: "string",
      optional: true,
      computed: true,
      unset: "an address that GitLab generates",
      description:
        "Email address. A changed address counts as set while it waits for confirmation.",
    },
    deletion_protection: {
      type: "boolean",
      optional: true,
      computed: true,
      default: false,
      description: "While true, a plan that would delete or replace the account is an error.",
    },
    on_destroy: {
      type: "string",
      optional: true,
      computed: true,
      default: "delete",
      values: ["delete", "disable", "retain"],
      description:
        "What destroying does: delete the user; disable it, which removes every membership, revokes every token and keeps the user; or retain it unchanged.",
    },
    suspended: {
      type: "boolean",
      optional: true,
      computed: true,
      nullable: true,
      unset: "whatever it is in GitLab",
      description:
        "True blocks the user, so that no token of it works, and keeps its memberships and tokens; false makes it work again. Needs an administrator's token.",
    },
    hard_delete: {
      type: "boolean",
      optional: true,
      computed: true,
      default: false,
      description:
        "Also delete the account's contributions and the groups that it alone owns. Otherwise GitLab moves its work to the ghost user.",
    },
    timeouts: {
      type: "object",
      optional: true,
      description: "How long to wait for GitLab.",
      attributes: {
        create: {
          type: "string",
          optional: true,
          unset: "10m",
          description:
            "How long to wait for a username that a deleted account still holds, such as 90s, 10m or 1h.",
        },
        delete: {
          type: "string",
          optional: true,
          unset: "1m",
          description:
            "How long to wait for GitLab to finish a deletion. After that glsa warns, and the deletion continues in the background.",
        },
      },
    },
    id: {
      type: "string",
      computed: true,
      description:
        "group:GROUP:USER, project:PROJECT:USER or instance:USER, in GitLab's IDs. It is the id to import by.",
    },
    user_id: { type: "number", computed: true, description: "User ID of the account." },
    status: {
      type: "string",
      computed: true,
      description:
        "active, or awaiting_email_confirmation; or blocked, deactivated or banned, which need a person's decision.",
    },
  },
});

type Attributes = typeof serviceAccountSchema.attributes;
export type ServiceAccountAttributes = Attributes;
export type ServiceAccountState = StateOf<Attributes>;
export type ServiceAccountConfig = ConfigOf<Attributes>;

export const ON_DESTROY = ["delete", "disable", "retain"] as const;
export type OnDestroy = (typeof ON_DESTROY)[number];
