import {
  defineAttributes,
  defineSchema,
  type ConfigOf,
  type StateOf,
} from "../../provider/contract";
import { deliveryAttributes } from "./delivery-schema";

export const rotationAttributes = defineAttributes({
  every: {
    type: "string",
    required: true,
    description: "Whole days from one token to the next: 30d, 4w or P30D.",
  },
  overlap: {
    type: "string",
    optional: true,
    computed: true,
    default: "3d",
    description:
      "Whole days for which the old token still works beside the delivered new one. Defaults to 3d; shorter than every.",
  },
  lifetime: {
    type: "string",
    optional: true,
    description:
      "Whole days from creation to expiry. Defaults to every, overlap and 7 days for missed runs, as far as GitLab allows.",
  },
  quiet_for: {
    type: "string",
    optional: true,
    computed: true,
    default: "1d",
    description:
      "An old token that was used within so many days is not revoked yet. Defaults to 1d; 0d revokes without asking.",
  },
  hold_at_most: {
    type: "string",
    optional: true,
    computed: true,
    default: "7d",
    description:
      "So many days after its overlap an old token is revoked, used or not. Defaults to 7d.",
  },
});

export const previousAttributes = defineAttributes({
  token_id: { type: "number", computed: true, description: "GitLab's number of it." },
  generation: { type: "number", computed: true, description: "Which token it was." },
  delivered_at: {
    type: "string",
    computed: true,
    description:
      "When every destination held a newer token, in UTC; null as long as one may still hold this one.",
  },
  revoke_at: {
    type: "string",
    computed: true,
    description: "When its overlap ends, in UTC. The first apply after that revokes it.",
  },
  last_used_at: {
    type: "string",
    computed: true,
    description: "When GitLab last saw it used, in UTC, up to ten minutes late.",
  },
  last_used_ips: {
    type: "list",
    element: "string",
    computed: true,
    description:
      "From where it was used; empty where the server does not tell (before GitLab 19.4).",
  },
  note: {
    type: "string",
    computed: true,
    description: "Why it is still alive, and for how long.",
  },
});

export const accessTokenSchema = defineSchema({
  version: 0,
  description:
    "A personal access token of a service account. A changed name, scope or expiry makes a new token, which is checked and delivered before the old one is revoked.",
  attributes: {
    service_account_id: {
      type: "string",
      required: true,
      description: "Id of a glsa_service_account. Changing it replaces the token.",
    },
    name: { type: "string", required: true, description: "The name that GitLab shows." },
    description: {
      type: "string",
      optional: true,
      computed: true,
      default: "",
      description:
        "At most 210 characters; reaches GitLab with the next token that is made. glsa appends its marker.",
    },
    scopes: {
      type: "set",
      element: "string",
      required: true,
      description: "What the token may do.",
    },
    expires_at: {
      type: "string",
      optional: true,
      computed: true,
      description:
        "First day on which the token does not work, YYYY-MM-DD in UTC. Exactly one of this, rotation and never_expires.",
    },
    rotation: {
      type: "object",
      optional: true,
      description:
        "Replaces the token on schedule: each apply after its date makes, checks and delivers a new one, and revokes the old one after an overlap.",
      attributes: rotationAttributes,
    },
    never_expires: {
      type: "boolean",
      optional: true,
      computed: true,
      default: false,
      description: "True for a token without expiry, where the instance allows it.",
    },
    keepers: {
      type: "map",
      element: "string",
      optional: true,
      description: "Words of your own; any change rotates the token.",
    },
    revoke_now: {
      type: "list",
      element: "number",
      optional: true,
      description:
        "Numbers of this declaration's tokens that leaked: replaced and delivered if current, then revoked in the same apply, in use or not.",
    },
    deliver_to: {
      type: "objectList",
      optional: true,
      description: "Where the value goes; each entry names one destination.",
      attributes: deliveryAttributes,
    },
    store_value: {
      type: "boolean",
      optional: true,
      computed: true,
      default: false,
      description: "Keep the value in the state, in clear text, and offer it as value.",
    },
    id: {
      type: "string",
      computed: true,
      description:
        "The account's id and the number of the first token, which later generations keep; also the id to import by.",
    },
    token_id: { type: "number", computed: true, description: "Number of the present token." },
    generation: {
      type: "number",
      computed: true,
      description: "Counts the tokens that this declaration has made, the present one included.",
    },
    created_at: { type: "string", computed: true, description: "When GitLab made it, in UTC." },
    status: { type: "string", computed: true, description: "active, expired or revoked." },
    rotates_at: {
      type: "string",
      computed: true,
      description: "First day on which an apply makes the next token, YYYY-MM-DD in UTC.",
    },
    rotation_reason: {
      type: "string",
      computed: true,
      description: "Why the present token was made.",
    },
    fingerprint: {
      type: "string",
      computed: true,
      description: "Hash of the value, to see a changed destination; null after an import.",
    },
    previous: {
      type: "objectList",
      computed: true,
      description: "Tokens that a newer one has replaced and that still work, oldest first.",
      attributes: previousAttributes,
    },
    strays: {
      type: "list",
      element: "number",
      computed: true,
      description:
        "Active tokens of this declaration that an interrupted run left. The next apply delivers a new token everywhere, and only then retires them.",
    },
    value: {
      type: "string",
      computed: true,
      sensitive: true,
      description: "The token itself; null unless store_value is true.",
    },
  },
});

type Attributes = typeof accessTokenSchema.attributes;
export type AccessTokenAttributes = Attributes;
export type AccessTokenState = StateOf<Attributes>;
export type AccessTokenConfig = ConfigOf<Attributes>;
export type RotationConfig = ConfigOf<typeof rotationAttributes>;
export type RotationState = StateOf<typeof rotationAttributes>;
export type PreviousToken = StateOf<typeof previousAttributes>;
