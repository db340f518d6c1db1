import type { EphemeralType } from "../../provider/contract";
import type { Context } from "../shared/context";
import { closeEphemeralToken } from "./close";
import { openEphemeralToken } from "./open";
import { ephemeralAccessTokenSchema, type EphemeralAccessTokenAttributes } from "./schema";
import { descriptionErrors, nameErrors, scopeErrors } from "../access-token/validate";
import { accountIdErrors } from "../shared/problems";

/** `ephemeral "glsa_access_token"` */
export const ephemeralAccessToken: EphemeralType<Context, EphemeralAccessTokenAttributes> = {
  schema: ephemeralAccessTokenSchema,
  validate: (config) => [
    ...accountIdErrors(config.service_account_id),
    ...nameErrors(config.name),
    ...descriptionErrors(config.description),
    ...scopeErrors(config.scopes),
  ],
  open: openEphemeralToken,
  close: closeEphemeralToken,
};
