import { defineSchema, type ConfigOf, type StateOf } from "../../provider/contract";

export const revokeTokenSchema = defineSchema({
  version: 0,
  description:
    "Revokes tokens of a service account at once, declared or not, and proves it (Terraform 1.14 or later: terraform apply -invoke=action.glsa_revoke_token.NAME). It changes nothing in the state: the next plan finds a declared token revoked, and makes and delivers the next one. On other engines glsa leak --token-id does the same.",
  attributes: {
    service_account_id: {
      type: "string",
      required: true,
      description: "The id of a glsa_service_account.",
    },
    token_ids: {
      type: "set",
      element: "number",
      optional: true,
      description: "IDs of the tokens to revoke. Exactly one of token_ids and all is set.",
    },
    all: {
      type: "boolean",
      optional: true,
      description:
        "Revokes every live token of the account, except the one that the run itself works with.",
    },
  },
});

type Attributes = typeof revokeTokenSchema.attributes;
export type RevokeTokenAttributes = Attributes;
export type RevokeTokenConfig = ConfigOf<Attributes>;
export type RevokeTokenState = StateOf<Attributes>;
