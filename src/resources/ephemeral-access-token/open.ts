import {
  addDays,
  EPHEMERAL_GENERATION,
  formatAccountId,
  formatTokenId,
  markDescription,
  markerKey,
  parseAccountId,
  scopeName,
  utcDate,
  type AccountId,
} from "../../model";
import { tokenAddress } from "../../model/policy";
import { DiagnosticError, type ReadResult } from "../../provider/contract";
import { accountLabel } from "../shared/account-label";
import { serverNow } from "../shared/server-clock";
import { verifyToken } from "../access-token/verify";
import { revokeToken } from "../access-token/old-tokens";
import { missingStack } from "../access-token/foresee";
import { judgeObject, type Guarded } from "../policy/guard";
import type { Context } from "../shared/context";
import { attempt } from "../shared/failures";
import { accountIdErrors } from "../shared/problems";
import type { EphemeralAccessTokenAttributes, EphemeralAccessTokenState } from "./schema";

/** The day after tomorrow: a token works until the beginning of its last day, so this is 24 to 48 hours. */
const LIFETIME_DAYS = 2;

/**
 * Creates a token that is in no state. If the run is killed, the token expires by itself, and its marker distinguishes
 * it from the leftover of a rotation.
 */
export async function openEphemeralToken(
  config: EphemeralAccessTokenState,
  context: Context,
): Promise<ReadResult<EphemeralAccessTokenAttributes>> {
  const account = parseAccountId(config.service_account_id);
  if (account === undefined)
    throw new DiagnosticError(...accountIdErrors(config.service_account_id));
  const { stack } = context;
  if (stack === null) throw new DiagnosticError(...missingStack(context));
  const subject = { accountId: config.service_account_id, stack, tokenName: config.name };
  const found = await judgeObject(guardedToken(config, account), context);
  if (found.some(({ severity }) => severity === "error")) throw new DiagnosticError(...found);
  const marker = { key: markerKey(subject), generation: EPHEMERAL_GENERATION };
  const summary = `Cannot create ephemeral token "${config.name}" of ${accountLabel(config.service_account_id, context)}`;
  return attempt(summary, async () => {
    const expiresAt = addDays(utcDate(await serverNow(context)), LIFETIME_DAYS);
    const token = await context.gitlab.tokens.create(account, {
      name: config.name,
      description: markDescription(config.description, marker),
      scopes: config.scopes.map(scopeName),
      expires_at: expiresAt,
    });
    try {
      await verifyToken(token, account, context);
    } catch (cause) {
      await revokeToken(account, token.id, context);
      throw cause;
    }
    return {
      state: { ...config, token_id: token.id, valid_until: token.expires_at, value: token.token },
      private: { id: formatTokenId({ account, tokenId: token.id }) },
      diagnostics: found,
    };
  });
}

/** What the policy needs to know of it. Its lifetime is shorter than any maximum. */
function guardedToken(
  { name, description, scopes }: EphemeralAccessTokenState,
  account: AccountId,
): Guarded {
  return {
    account,
    facts: (username) => ({
      kind: "token",
      label: `ephemeral token "${name}" of ${username ?? formatAccountId(account)}`,
      address: tokenAddress(username, name),
      scopes: scopes.map(scopeName),
      description,
    }),
    isChanged: () => true,
  };
}
