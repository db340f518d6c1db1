import { defineSchema, type StateOf } from "../../provider/contract";

export const ephemeralAccessTokenSchema = defineSchema({
  version: 0,
  description:
    "A personal access token of a service account for one run of the engine, a plan included. It is created when the run needs it and revoked when the run ends, and it is in neither plan nor state. If the run is killed, it expires within 24 to 48 hours.",
  attributes: {
    service_account_id: {
      type: "string",
      required: true,
      description: "The id of a glsa_service_account.",
    },
    name: { type: "string", required: true, description: "Name of the token." },
    description: {
      type: "string",
      optional: true,
      description: "What the token is for, at most 210 characters. glsa appends its marker.",
    },
    scopes: {
      type: "set",
      element: "string",
      required: true,
      description: "Scopes of the token, such as read_api.",
    },
    token_id: { type: "number", computed: true, description: "ID of the token in GitLab." },
    valid_until: {
      type: "string",
      computed: true,
      description: "First day on which the token no longer works, YYYY-MM-DD in UTC.",
    },
    value: { type: "string", computed: true, sensitive: true, description: "The token's value." },
  },
});

type Attributes = typeof ephemeralAccessTokenSchema.attributes;
export type EphemeralAccessTokenAttributes = Attributes;
export type EphemeralAccessTokenState = StateOf<Attributes>;
