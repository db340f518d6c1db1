import { DESTINATIONS } from "../../destinations";
import { GRANULAR_ACCESSES, PREVIOUS_STATES, ROTATION_REASON_CODES } from "../../model";
import {
  defineAttributes,
  defineSchema,
  type ConfigOf,
  type StateOf,
} from "../../provider/contract";

export const rotationAttributes = defineAttributes({
  every: {
    type: "string",
    required: true,
    description: "Whole days from one token to the next, at least 1: 30d, 4w or P30D.",
  },
  overlap: {
    type: "string",
    optional: true,
    computed: true,
    default: "3d",
    description:
      "Whole days during which the old token works beside the delivered new one. Shorter than every.",
  },
  lifetime: {
    type: "string",
    optional: true,
    unset: "every plus overlap plus 7 days for missed runs, as far as GitLab allows",
    description: "Whole days from a token's creation to its expiry.",
  },
  quiet_for: {
    type: "string",
    optional: true,
    computed: true,
    default: "1d",
    description:
      "An old token is revoked only after it was not used for this many days. 0d revokes it without this check.",
  },
  max_hold: {
    type: "string",
    optional: true,
    computed: true,
    default: "7d",
    description: "This many days after its overlap an old token is revoked even if it is in use.",
  },
  spread: {
    type: "boolean",
    optional: true,
    description:
      "Each token has a day of its own within every, so that tokens that were created on one day do not all rotate in one night. The first rotation comes early.",
  },
});

export const granularAttributes = defineAttributes({
  access: {
    type: "string",
    required: true,
    values: GRANULAR_ACCESSES,
    description:
      "Where the permissions count: selected_memberships (in group_ids and project_ids), all_memberships, personal_projects, user (what the account has itself) or instance.",
  },
  permissions: {
    type: "set",
    element: "string",
    required: true,
    description:
      "What is allowed there, by GitLab's names, such as read_member or create_service_account. The account's role still limits them.",
  },
  group_ids: {
    type: "set",
    element: "number",
    optional: true,
    description: "Numbers of groups, each of which counts with everything below it.",
  },
  project_ids: {
    type: "set",
    element: "number",
    optional: true,
    description: "Numbers of projects.",
  },
});

export const previousAttributes = defineAttributes({
  token_id: { type: "number", computed: true, description: "ID of the token in GitLab." },
  generation: {
    type: "number",
    computed: true,
    description: "Generation number of the token, counted from 1.",
  },
  delivered_at: {
    type: "string",
    computed: true,
    nullable: true,
    description:
      "When every destination held a newer token, in UTC. Null while a destination may still hold this one.",
  },
  revoke_at: {
    type: "string",
    computed: true,
    nullable: true,
    description: "When its overlap ends, in UTC. The first apply after that revokes it.",
  },
  last_used_at: {
    type: "string",
    computed: true,
    nullable: true,
    description:
      "When GitLab last saw it used, in UTC. GitLab updates this up to ten minutes late.",
  },
  last_used_ips: {
    type: "list",
    element: "string",
    computed: true,
    nullable: true,
    description: "IP addresses that used it. Empty before GitLab 19.4.",
  },
  state: {
    type: "string",
    computed: true,
    nullable: true,
    description: `Where it is on its way: ${PREVIOUS_STATES.join(", ")}. Null in states of earlier versions.`,
  },
  note: {
    type: "string",
    computed: true,
    nullable: true,
    description: "Why it is not revoked yet, and until when: a sentence for people.",
  },
});

const reasonAttributes = defineAttributes({
  code: {
    type: "string",
    computed: true,
    description: `What kind of reason it is: ${ROTATION_REASON_CODES.join(", ")}.`,
  },
  message: { type: "string", computed: true, description: "The reason in a sentence for people." },
});

type Destinations = typeof DESTINATIONS;
type DeliveryAttributes = {
  readonly [K in keyof Destinations]: {
    readonly type: "object";
    readonly optional: true;
    readonly description: string;
    readonly attributes: Destinations[K]["attributes"];
  };
};

const deliveryAttributes = Object.fromEntries(
  Object.entries(DESTINATIONS).map(([kind, { description, attributes }]) => [
    kind,
    { type: "object", optional: true, description, attributes },
  ]),
) as DeliveryAttributes;

export const accessTokenSchema = defineSchema({
  version: 0,
  description:
    "A personal access token of a service account. If its name, scopes or expiry change, a new token is created, verified and delivered before the old one is revoked.",
  attributes: {
    service_account_id: {
      type: "string",
      required: true,
      description: "The id of a glsa_service_account. Changing it replaces the token.",
    },
    name: { type: "string", required: true, description: "Name of the token." },
    description: {
      type: "string",
      optional: true,
      computed: true,
      default: "",
      description:
        "What the token is for, at most 210 characters. A change reaches GitLab with the next token; glsa appends its marker.",
    },
    scopes: {
      type: "set",
      element: "string",
      optional: true,
      description:
        "Scopes of the token, such as read_api. Write scope:NAME for a scope that glsa does not know. Set exactly one of scopes and granular_scopes.",
    },
    granular_scopes: {
      type: "objectList",
      optional: true,
      description:
        "Permissions of a fine-grained token, in place of scopes. Needs GitLab 19.6 and an administrator's token. An administrator can have them for the accounts of groups and projects too.",
      attributes: granularAttributes,
    },
    expires_at: {
      type: "string",
      optional: true,
      description:
        "First day on which the token does not work, YYYY-MM-DD in UTC. Set exactly one of expires_at, rotation and never_expires.",
    },
    rotation: {
      type: "object",
      optional: true,
      description:
        "Replaces the token on schedule. The first apply after the date creates, verifies and delivers a new token and revokes the old one after an overlap.",
      attributes: rotationAttributes,
    },
    never_expires: {
      type: "boolean",
      optional: true,
      computed: true,
      default: false,
      description: "The token never expires, if the instance allows that.",
    },
    keepers: {
      type: "map",
      element: "string",
      optional: true,
      description: "Arbitrary values. Changing any of them rotates the token.",
    },
    revoke_now: {
      type: "list",
      element: "number",
      optional: true,
      description:
        "IDs of this declaration's tokens that have leaked. If one is current, a new token is delivered first; then the same apply revokes them even if they are in use.",
    },
    deliver_to: {
      type: "objectList",
      optional: true,
      description: "Destinations of the value. Each entry sets exactly one kind.",
      attributes: deliveryAttributes,
    },
    destination_ids: {
      type: "list",
      element: "number",
      computed: true,
      nullable: true,
      description:
        "A number for each entry of deliver_to, in its order. A destination keeps its number however it is written.",
    },
    store_value: {
      type: "boolean",
      optional: true,
      computed: true,
      default: false,
      description: "Keep the value in the state, in clear text, as the attribute value.",
    },
    id: {
      type: "string",
      computed: true,
      description:
        "The account's id and the ID of the first token. It stays the same when the token is rotated, and is the id to import by.",
    },
    token_id: { type: "number", computed: true, description: "ID of the current token in GitLab." },
    generation: {
      type: "number",
      computed: true,
      description:
        "Generation number of the current token: 1 for the first, one more for each rotation.",
    },
    created_at: {
      type: "string",
      computed: true,
      description: "When the current token was created, in UTC.",
    },
    valid_until: {
      type: "string",
      computed: true,
      nullable: true,
      description:
        "First day on which the current token does not work, YYYY-MM-DD in UTC. Null for one that never expires.",
    },
    status: {
      type: "string",
      computed: true,
      description: "Status of the current token: active, expired or revoked.",
    },
    rotates_at: {
      type: "string",
      computed: true,
      nullable: true,
      description:
        "First day on which an apply rotates the token, YYYY-MM-DD in UTC. Null without rotation.",
    },
    rotation_reason: {
      type: "string",
      computed: true,
      nullable: true,
      description: "Why the current token was created, in a sentence.",
    },
    rotation_reasons: {
      type: "objectList",
      computed: true,
      nullable: true,
      description:
        "Why the current token was created, as data: an entry for each reason. Null for a first token and in states of earlier versions.",
      attributes: reasonAttributes,
    },
    waits_since: {
      type: "string",
      computed: true,
      nullable: true,
      description:
        "Since when the token has been due, where the policy's max_rotations leaves it to a later run. Null otherwise.",
    },
    fingerprint: {
      type: "string",
      computed: true,
      nullable: true,
      description: "Hash of the value, which reveals a changed destination. Null after an import.",
    },
    previous: {
      type: "objectList",
      computed: true,
      description: "Previous tokens that still work, oldest first.",
      attributes: previousAttributes,
    },
    strays: {
      type: "list",
      element: "number",
      computed: true,
      description:
        "IDs of active tokens that an interrupted run left. The next apply delivers a new token everywhere and then revokes them.",
    },
    value: {
      type: "string",
      computed: true,
      nullable: true,
      sensitive: true,
      description: "The token's value. Null unless store_value is true.",
    },
  },
});

/** Exactly one of these is written. */
export const POWERS = ["scopes", "granular_scopes"] as const;

/** Exactly one of these is written. */
export const EXPIRIES = ["expires_at", "rotation", "never_expires"] as const;

type Attributes = typeof accessTokenSchema.attributes;
export type AccessTokenAttributes = Attributes;
export type AccessTokenState = StateOf<Attributes>;
export type AccessTokenConfig = ConfigOf<Attributes>;
export type RotationConfig = ConfigOf<typeof rotationAttributes>;
export type RotationState = StateOf<typeof rotationAttributes>;
export type DeliveryConfig = ConfigOf<DeliveryAttributes>;
export type DeliveryState = StateOf<DeliveryAttributes>;
export type PreviousToken = StateOf<typeof previousAttributes>;
