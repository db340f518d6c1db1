import { defineSchema, type ConfigOf, type StateOf } from "../../provider/contract";

export const ephemeralAccessTokenSchema = defineSchema({
  version: 0,
  description:
    "A personal access token of a service account for one run of the engine, a plan included: made when the run needs it, revoked when it ends, and in neither plan nor state. If the run is killed it expires 24 to 48 hours after it was made.",
  attributes: {
    service_account_id: {
      type: "string",
      required: true,
      description: "Id of a glsa_service_account.",
    },
    name: { type: "string", required: true, description: "The name that GitLab shows." },
    description: {
      type: "string",
      optional: true,
      description: "At most 210 characters. glsa appends its marker.",
    },
    scopes: {
      type: "set",
      element: "string",
      required: true,
      description: "What the token may do.",
    },
    token_id: { type: "number", computed: true, description: "GitLab's number of it." },
    expires_at: {
      type: "string",
      computed: true,
      description: "First day on which it would not work any more, YYYY-MM-DD in UTC.",
    },
    value: { type: "string", computed: true, sensitive: true, description: "The token itself." },
  },
});

type Attributes = typeof ephemeralAccessTokenSchema.attributes;
export type EphemeralAccessTokenAttributes = Attributes;
export type EphemeralAccessTokenState = StateOf<Attributes>;
export type EphemeralAccessTokenConfig = ConfigOf<Attributes>;
