import { formatAccountId, formatTokenId, parseAccountId, type AccountId } from "../../model";
import {
  DiagnosticError,
  error,
  type Identity,
  type IdentityValues,
} from "../../provider/contract";
import type { Context } from "../shared/context";
import { attempt } from "../shared/failures";
import { isMarkedWith } from "./ownership";
import { fromPrivateState } from "./private-state";
import type { AccessTokenAttributes } from "./schema";

/**
 * A rotation gives a token another number, but never another key. An imported token keeps the number that it was
 * imported by.
 */
export const accessTokenIdentity: Identity<Context, AccessTokenAttributes> = {
  attributes: {
    service_account_id: {
      type: "string",
      description: "The `id` of the account, such as `group:12:345`.",
    },
    key: {
      type: "string",
      optional: true,
      description: "The beginning of the marker in the description of each of its tokens.",
    },
    token_id: {
      type: "number",
      optional: true,
      description: "The number by which a token without a marker was imported.",
    },
  },
  of({ service_account_id: account, token_id: tokenId }, privateState) {
    if (account === null || tokenId === null) return null;
    const key = fromPrivateState(privateState)?.key ?? "";
    const marked = { service_account_id: account, key, token_id: null };
    return key === "" ? { ...marked, key: null, token_id: tokenId } : marked;
  },
  importId: importIdOf,
};

async function importIdOf(values: IdentityValues, context: Context): Promise<string> {
  const { service_account_id: written, key, token_id: tokenId } = values;
  const account = parseAccountId(String(written ?? ""));
  if (account === undefined) throw malformedAccount(String(written ?? ""));
  if (typeof key === "string" && key !== "") {
    return formatTokenId({ account, tokenId: await numberOf(account, key, context) });
  }
  if (typeof tokenId !== "number") throw incomplete();
  return formatTokenId({ account, tokenId });
}

/** The newest of those with the key, which is the current one. */
async function numberOf(account: AccountId, key: string, { inventory }: Context): Promise<number> {
  const accountId = formatAccountId(account);
  const active = await attempt(`Cannot import the token of ${accountId} by its key`, () =>
    inventory.tokens.activeOf(account),
  );
  const ids = active.filter((token) => isMarkedWith(token, key)).map(({ id }) => id);
  if (ids.length === 0) throw unknownKey(key, accountId);
  return Math.max(...ids);
}

/** An identity has numbers where an import id may have names. */
function malformedAccount(text: string): DiagnosticError {
  return new DiagnosticError(
    error(
      "malformed-id",
      `"${text}" is not the id of a service account`,
      "Write group:GROUP:USER, with GitLab's own numbers.",
    ),
  );
}

function incomplete(): DiagnosticError {
  return new DiagnosticError(
    error(
      "identity-incomplete",
      "The identity names no token",
      "Write key, for a token that glsa created, or token_id, for any other, beside service_account_id.",
    ),
  );
}

function unknownKey(key: string, account: string): DiagnosticError {
  return new DiagnosticError(
    error(
      "identity-unknown",
      `No live token of ${account} has the key "${key}"`,
      "It was revoked or has expired, or glsa never created it. Import a token by its token_id, or leave the import out to create a new one.",
    ),
  );
}
