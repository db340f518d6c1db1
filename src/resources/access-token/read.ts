import type { TokenEntity } from "../../gitlab";
import {
  formatAccountId,
  isExpired,
  parseTokenId,
  readMarker,
  scopeName,
  uncheckedScope,
  utcDate,
  withoutMarker,
  type AccountId,
} from "../../model";
import {
  sameValue,
  type Diagnostic,
  type ReadRequest,
  type ReadResult,
} from "../../provider/contract";
import { accountLabel } from "../shared/account-label";
import type { Context } from "../shared/context";
import { attempt } from "../shared/failures";
import { numberedId } from "../shared/spelled-id";
import { observeDestinations, observeServer } from "./observe";
import { parseOwnerless, refuseTokenOfHuman, tokenIdOf } from "./identity";
import { isGranular, permissionsAsRead } from "./permissions";
import { retirementPolicy, withLastUse, withState } from "./rotation";
import {
  fromPrivateState,
  toPrivateState,
  type ServerObservation,
  type TokenMemory,
} from "./private-state";
import { isSuspendedAccount } from "./suspended";
import { refuseUnlisted } from "./old-tokens";
import {
  isStillOurs,
  otherToken,
  othersAmong,
  ownerOf,
  straysAmong,
  unmarkedAmong,
  type TokenOwner,
  highestGeneration,
  knownTokenIds,
} from "./ownership";
import { turnOf } from "./turn";
import type { AccessTokenAttributes, AccessTokenState, PreviousToken } from "./schema";

export async function readAccessToken(
  { state: before, private: privateState }: ReadRequest<AccessTokenAttributes>,
  context: Context,
): Promise<ReadResult<AccessTokenAttributes> | null> {
  const state = await withNumbers(before, context);
  await refuseTokenOfHuman(parseOwnerless(state.id), context);
  const { account, tokenId } = tokenIdOf(state);
  const summary = `Cannot read token ${tokenId} of ${accountLabel(account, context)}`;
  const token = await attempt(summary, () =>
    context.inventory.tokens.find({ account, tokenId, createdAt: state.created_at ?? undefined }),
  );
  const memory = fromPrivateState(privateState);
  if (token === undefined) {
    // If the number was never seen, the engine reports it to the user who imports it.
    if (!wasNeverRead(memory)) await refuseUnlisted({ account, tokenId }, context);
    return null;
  }
  const key = memory?.key || (readMarker(token.description ?? null)?.key ?? "");
  const owner = ownerAsRead(token, key, memory);
  if (!isStillOurs(token, owner, { createdAt: state.created_at })) {
    throw otherToken(token, state.name, account, context);
  }
  const [destinations, active, server] = await attempt(summary, () =>
    Promise.all([
      observeDestinations(state, memory, context),
      context.inventory.tokens.activeOf(account),
      observeServer(state, context),
    ]),
  );
  const previous = previousAsRead(state, active, server, owner);
  const known = knownTokenIds(state);
  const strays = straysAmong(active, owner, known, context);
  const others = othersAmong(active, owner, known, context);
  const after = {
    ...stateAsRead(state, token, { server, isNew: wasNeverRead(memory) }),
    deliver_to: destinations.deliverTo,
    previous,
    strays: strays.map((stray) => stray.id),
  };
  const seen = {
    ...remembered(memory, { token, previous, strays, server, owner }),
    key,
    destinations: destinations.memory,
    unmarked: unmarkedAmong([token, ...active.filter(({ id }) => isIn(previous, id))], owner),
    others: others.map(({ id }) => id),
    ...(await heldBack(account, { state, token, strays, server, destinations }, context)),
  };
  const read = { after, seen, diagnostics: destinations.diagnostics };
  return attempt(summary, () => withTurn(read, server, context));
}

interface SeenToken {
  readonly after: AccessTokenState;
  readonly seen: TokenMemory;
  readonly diagnostics: readonly Diagnostic[];
}

async function withTurn(
  { after, seen, diagnostics }: SeenToken,
  server: ServerObservation,
  context: Context,
): Promise<ReadResult<AccessTokenAttributes>> {
  const turn = await turnOf(after, { memory: seen, server }, context);
  return {
    state: { ...after, waits_since: turn?.waitsSince ?? null },
    private: toPrivateState(turn === undefined ? seen : { ...seen, turn: turn.comes }),
    diagnostics,
  };
}

interface Seen {
  readonly state: AccessTokenState;
  readonly token: TokenEntity;
  readonly strays: readonly TokenEntity[];
  readonly server: ServerObservation;
  readonly destinations: { readonly memory: TokenMemory["destinations"] };
}

/** Asked only where a new token is needed. */
async function heldBack(
  account: AccountId,
  seen: Seen,
  context: Context,
): Promise<Pick<TokenMemory, "isSuspended">> {
  const isHeld = needsNext(seen) && (await isSuspendedAccount(account, context));
  return isHeld ? { isSuspended: true } : {};
}

/** Whether the schedule or what was found asks for a new token. */
function needsNext({ state, token, strays, server, destinations }: Seen): boolean {
  const { rotates_at: date } = state;
  const now = new Date(server.at);
  const isDue = date !== null && date !== undefined && date <= utcDate(now);
  return (
    isDue ||
    statusOf(token, now) !== "active" ||
    strays.length > 0 ||
    destinations.memory.some(({ failed, changed }) => failed !== null || changed !== null)
  );
}

/** Set for an import or a moved block. */
function wasNeverRead(memory: TokenMemory | undefined): boolean {
  return memory !== undefined && memory.imported && memory.observed === null;
}

interface Tokens {
  readonly token: TokenEntity;
  readonly previous: readonly PreviousToken[];
  readonly strays: readonly TokenEntity[];
  readonly server: ServerObservation;
  readonly owner: TokenOwner;
}

function remembered(
  memory: TokenMemory | undefined,
  { token, previous, strays, server, owner }: Tokens,
): Omit<TokenMemory, "key" | "destinations"> {
  return {
    imported: memory?.imported ?? false,
    countedFrom: countedFrom(memory, token, server),
    ...(memory?.isSpread && { isSpread: true }),
    observed: server,
    fingerprints: fingerprintsOf(memory, previous),
    strayGeneration: highestGeneration(strays),
    ...(strays.length > 0 && { strayUses: usesOf(strays) }),
    ...(owner.origin !== undefined && { origin: owner.origin }),
  };
}

/**
 * A token from an import or a moved block belongs to this state for that reason. After a lost state it also shows its
 * origin.
 */
function ownerAsRead(token: TokenEntity, key: string, memory: TokenMemory | undefined): TokenOwner {
  const owner = ownerOf(key, memory);
  if (memory !== undefined && !wasNeverRead(memory)) return owner;
  const origin = owner.origin ?? readMarker(token.description ?? null)?.origin;
  return { ...owner, origin, unmarked: { ...owner.unmarked, [token.id]: token.created_at } };
}

/** A token that was just taken over may have its group by path, and no account at all. */
async function withNumbers(state: AccessTokenState, context: Context): Promise<AccessTokenState> {
  const id = await numberedId(state.id, context);
  const owned = parseTokenId(id ?? "");
  if (owned === undefined) return state;
  return { ...state, id, service_account_id: formatAccountId(owned.account) };
}

function stateAsRead(
  state: AccessTokenState,
  token: TokenEntity,
  { server, isNew }: { readonly server: ServerObservation; readonly isNew: boolean },
): AccessTokenState {
  return {
    ...state,
    name: token.name,
    description: withoutMarker(token.description ?? null) ?? "",
    scopes: isGranular(token) ? null : scopesAsRead(state.scopes, token.scopes),
    granular_scopes: permissionsAsRead(state.granular_scopes, token),
    valid_until: token.expires_at,
    never_expires: state.never_expires ?? false,
    ...(isNew && expiryAsWritten(state, token)),
    store_value: state.store_value ?? false,
    token_id: token.id,
    generation: state.generation ?? readMarker(token.description ?? null)?.generation ?? 1,
    created_at: token.created_at,
    status: statusOf(token, new Date(server.at)),
  };
}

/** The configuration for such a token: an import is compared with it, and written from it. */
function expiryAsWritten(
  { rotation }: AccessTokenState,
  { expires_at: date }: TokenEntity,
): Pick<AccessTokenState, "expires_at" | "never_expires"> {
  return { expires_at: date, never_expires: rotation === null && date === null };
}

/** Equal scopes keep their spelling; others are spelled as in a declaration. */
function scopesAsRead(before: readonly string[] | null, now: readonly string[]): string[] {
  const spelt = (before ?? []).map(scopeName).sort();
  const isSame = before !== null && sameValue(spelt, [...now].sort());
  return isSame ? [...before] : now.map(uncheckedScope);
}

/** A token past its expiry is expired, whether or not it was also revoked. */
function statusOf(token: TokenEntity, now: Date): string {
  if (isExpired(token.expires_at, utcDate(now))) return "expired";
  if (token.revoked) return "revoked";
  return token.active ? "active" : "expired";
}

function isIn(previous: readonly PreviousToken[], tokenId: number): boolean {
  return previous.some((entry) => entry.token_id === tokenId);
}

/** Tokens that are revoked or expired by now are done. */
function previousAsRead(
  state: AccessTokenState,
  active: readonly TokenEntity[],
  { at, ownTokenId }: ServerObservation,
  owner: TokenOwner,
): PreviousToken[] {
  const policy = retirementPolicy(state.rotation);
  return (state.previous ?? []).flatMap((entry) => {
    const token = active.find(({ id }) => id === entry.token_id);
    if (token === undefined || !isStillOurs(token, owner, entry)) return [];
    return [withState(withLastUse(entry, token), policy, new Date(at), ownTokenId)];
  });
}

/** An imported token is not rotated immediately: it lasts until its expiry, or for `every` from now if it has none. */
function countedFrom(
  memory: TokenMemory | undefined,
  token: TokenEntity,
  { at }: ServerObservation,
): string | null {
  if (memory === undefined) return utcDate(new Date(token.created_at));
  if (wasNeverRead(memory) && token.expires_at === null) return utcDate(new Date(at));
  return memory.countedFrom;
}

function usesOf(strays: readonly TokenEntity[]): Record<string, string | null> {
  return Object.fromEntries(strays.map(({ id, last_used_at: at }) => [String(id), at ?? null]));
}

function fingerprintsOf(
  memory: TokenMemory | undefined,
  previous: readonly PreviousToken[],
): Record<string, string> {
  const alive = new Set(previous.map((entry) => String(entry.token_id)));
  const known = Object.entries(memory?.fingerprints ?? {});
  return Object.fromEntries(known.filter(([tokenId]) => alive.has(tokenId)));
}
