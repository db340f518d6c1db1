import type { TokenEntity } from "../../gitlab";
import {
  formatAccountId,
  isExpired,
  parseTokenId,
  readMarker,
  scopeName,
  utcDate,
  withoutMarker,
  type TokenId,
} from "../../model";
import { sameValue, type ReadRequest, type ReadResult } from "../../provider/contract";
import type { Context } from "../shared/context";
import { attempt } from "../shared/failures";
import { observeDestinations } from "./observe";
import { fromPrivateState, toPrivateState, type TokenMemory } from "./private-state";
import type { AccessTokenAttributes, AccessTokenState } from "./schema";

export function tokenIdOf(state: AccessTokenState): TokenId {
  const id = parseTokenId(state.id ?? "");
  if (id === undefined) throw new Error(`the state holds the malformed id ${state.id}`);
  return { account: id.account, tokenId: state.token_id ?? id.tokenId };
}

export async function readAccessToken(
  { state, private: privateState }: ReadRequest<AccessTokenAttributes>,
  context: Context,
): Promise<ReadResult<AccessTokenAttributes> | null> {
  const { account, tokenId } = tokenIdOf(state);
  const summary = `Cannot read token ${tokenId} of ${formatAccountId(account)}`;
  const token = await attempt(summary, () =>
    context.inventory.tokens.find({ account, tokenId, createdAt: state.created_at ?? undefined }),
  );
  if (token === undefined) return null;
  const memory = fromPrivateState(privateState);
  const observed = await attempt(summary, () => observeDestinations(state, memory, context));
  const remembered: TokenMemory = {
    key: memory?.key ?? readMarker(token.description ?? null)?.key ?? "",
    destinations: observed.memory,
    imported: memory?.imported ?? false,
  };
  return {
    state: { ...stateAsRead(state, token, context), deliver_to: observed.deliverTo },
    private: toPrivateState(remembered),
    diagnostics: observed.diagnostics,
  };
}

function stateAsRead(
  state: AccessTokenState,
  token: TokenEntity,
  context: Context,
): AccessTokenState {
  return {
    ...state,
    name: token.name,
    description: state.description ?? withoutMarker(token.description ?? null) ?? "",
    scopes: scopesAsRead(state.scopes, token.scopes),
    expires_at: token.expires_at,
    never_expires: token.expires_at === null,
    store_value: state.store_value ?? false,
    token_id: token.id,
    generation: state.generation ?? readMarker(token.description ?? null)?.generation ?? 1,
    created_at: token.created_at,
    status: statusOf(token, context.gitlab.client.serverDate),
  };
}

/** Scopes that are the same stay as they were spelt. */
function scopesAsRead(before: readonly string[] | null, now: readonly string[]): string[] {
  const spelt = (before ?? []).map(scopeName).sort();
  return before !== null && sameValue(spelt, [...now].sort()) ? [...before] : [...now];
}

/** A token whose own day has come is expired, whether or not somebody also revoked it. */
function statusOf(token: TokenEntity, now: Date | undefined): string {
  if (now !== undefined && isExpired(token.expires_at, utcDate(now))) return "expired";
  if (token.revoked) return "revoked";
  return token.active ? "active" : "expired";
}
