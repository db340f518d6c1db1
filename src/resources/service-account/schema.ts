import {
  defineAttributes,
  defineSchema,
  type ConfigOf,
  type StateOf,
} from "../../provider/contract";

/** Where an account lives; exactly one of them. */
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
    description:
      "True for an account of the whole instance, which only an administrator can manage.",
  },
});

export const serviceAccountSchema = defineSchema({
  version: 0,
  description:
    "A service account of a group, a project or the instance. Name, username and e-mail change in place: the account keeps its user id.",
  attributes: {
    ...ownerAttributes,
    username: {
      type: "string",
      required: true,
      description:
        "Unique among the users and groups of the instance. An apply whose answer was lost finds the account again by it.",
    },
    name: {
      type: "string",
      optional: true,
      computed: true,
      description: "The name that GitLab shows. Defaults to the username.",
    },
    email: {
      type: "string",
      optional: true,
      computed: true,
      description:
        "E-mail address. GitLab makes one up by default; a changed one may wait for confirmation and counts as set meanwhile.",
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
      description:
        "What destroying does: delete (default) the user; disable it, which removes every membership, revokes every token and keeps the user; or retain it as it is.",
    },
    hard_delete: {
      type: "boolean",
      optional: true,
      computed: true,
      default: false,
      description:
        "Delete also what the account contributed, and groups that it alone owns, instead of giving its work to the ghost user.",
    },
    timeouts: {
      type: "object",
      optional: true,
      description: "How long to wait for the server.",
      attributes: {
        create: {
          type: "string",
          optional: true,
          description:
            "For a username that a deleted account still holds: 90s, 10m, 1h. Defaults to 10m.",
        },
        delete: {
          type: "string",
          optional: true,
          description:
            "For GitLab to finish a deletion; after that it is reported and goes on by itself. Defaults to 1m.",
        },
      },
    },
    id: {
      type: "string",
      computed: true,
      description:
        "group:GROUP:USER, project:PROJECT:USER or instance:USER, in numbers; also the id to import by.",
    },
    user_id: { type: "number", computed: true, description: "The account's user id." },
    status: {
      type: "string",
      computed: true,
      description: "active, or awaiting_email_confirmation.",
    },
  },
});

type Attributes = typeof serviceAccountSchema.attributes;
export type ServiceAccountAttributes = Attributes;
export type ServiceAccountState = StateOf<Attributes>;
export type ServiceAccountConfig = ConfigOf<Attributes>;

export const ON_DESTROY = ["delete", "disable", "retain"] as const;
export type OnDestroy = (typeof ON_DESTROY)[number];
