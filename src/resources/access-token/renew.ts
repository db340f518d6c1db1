import type { NewTokenEntity, TokenEntity } from "../../gitlab";
import { decide, fingerprint, overlapsFrom, STAMP_LAG } from "../../model";
import { DiagnosticError, isUnknown, type Diagnostic } from "../../provider/contract";
import type { Context } from "../shared/context";
import {
  datesToUse,
  type NewTokenDates,
  retirementPolicy,
  inOverlap,
  supersede,
  withLastUse,
  withState,
} from "./rotation";
import { placeAll, type PlacedDestination } from "./destinations";
import type { FailedDelivery } from "./delivery-round";
import { expiryErrors } from "./foresee";
import { contentsAfter, formatWords, type FormatWords } from "./format-words";
import { makeGeneration, type MadeGeneration } from "./generation";
import { serverNow } from "../shared/server-clock";
import { observeServer } from "./observe";
import {
  originOf,
  othersWarning,
  ownerOf,
  straysAmong,
  unmarkedAmong,
  type TokenOwner,
  activeTokensNow,
  generationAfter,
} from "./ownership";
import type { ServerObservation, TokenMemory } from "./private-state";
import { retire, takeStock, without, type Stock } from "./old-tokens";
import { makeRoom, type Renewal, type Room, seenSituation } from "./situation";
import { tidyDestinations } from "./tidy";
import type { AccessTokenConfig, AccessTokenState, PreviousToken } from "./schema";

interface Renewed {
  readonly token: NewTokenEntity;
  readonly state: AccessTokenState;
  readonly memory: TokenMemory;
  readonly failures: readonly FailedDelivery[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Creates the next token of a declaration. Until every destination holds it, nothing older is revoked. After that, the
 * older ones have their overlap. If it throws, nothing has changed that the state needs to know.
 */
export async function renew(renewal: Renewal, context: Context): Promise<Renewed> {
  const { planned, account, key, prior, memory } = renewal;
  const wanted = planned as AccessTokenState;
  const server = await observeServer({ previous: prior?.previous ?? [] }, context);
  const dates = await allowedDates(renewal, server, context);
  const destinations = await placeAll(wanted, prior, memory, context);
  const origin = memory?.origin ?? originOf(wanted, destinations, context);
  const owner = { ...ownerOf(key, memory), origin };
  const { stock, held } = await makeRoom(
    await takeStock(account, owner, prior, context),
    { renewal, destinations },
    context,
  );
  const generation = generationOf(planned, stock);
  const words = await formatWords(destinations, account, context);
  const made = await makeGeneration(
    {
      account,
      ...declaredWords(wanted),
      expiresAt: dates.expiresAt,
      marker: { key, generation },
      origin: { origin, isFirst: prior === undefined },
      destinations,
      words,
    },
    context,
  );
  const lost = await lostTokens(renewal, made, { stock, owner }, context);
  const deliveredAt = made.failures.length === 0 ? await serverNow(context) : null;
  const left = { ...stock, strays: [...stock.strays, ...lost] };
  const previous = replaced(renewal, { stock: left, held }, deliveredAt);
  const moment = { token: made.token, destinations, seenAt: server.at, deliveredAt };
  const retired = await retireReplaced(renewal, previous, moment, context);
  const observed = { ...server, at: (deliveredAt ?? new Date(server.at)).toISOString() };
  return {
    token: made.token,
    failures: made.failures,
    state: stateOf(wanted, made.token, { dates, generation, previous: retired.previous, observed }),
    memory: memoryOf(renewal, {
      ...made,
      destinations,
      words,
      dates,
      observed,
      ownership: { origin, ...ownershipAfter(made.token, retired.previous, stock, owner) },
    }),
    diagnostics: [...retired.diagnostics, ...othersWarning(stock.others, wanted, context)],
  };
}

function declaredWords({
  name,
  description,
  scopes,
  granular_scopes: permissions,
}: AccessTokenState) {
  return { name, description, scopes, permissions };
}

/** A date of a saved plan may be too late for the server by now. */
async function allowedDates(
  { key, planned, memory }: Renewal,
  server: ServerObservation,
  context: Context,
): Promise<NewTokenDates> {
  const dates = datesToUse(planned, { memory, key }, server);
  const stale = await expiryErrors({ ...planned, valid_until: dates.expiresAt }, context);
  if (stale.length > 0) throw new DiagnosticError(...stale);
  return dates;
}

/** The planned number stays, even if an interrupted run has used it since: tokens are identified by their ids. */
function generationOf({ generation }: AccessTokenConfig, { strays }: Stock): number {
  return isUnknown(generation) ? generationAfter(strays) : (generation ?? 1);
}

/** What identifies this state's tokens in later runs. */
function ownershipAfter(
  made: NewTokenEntity,
  previous: readonly PreviousToken[],
  { active, others }: Stock,
  owner: TokenOwner,
): Pick<TokenMemory, "others" | "unmarked"> {
  const replacedTokens = active.filter(({ id }) => previous.some((entry) => entry.token_id === id));
  return {
    others: others.map(({ id }) => id),
    unmarked: {
      ...unmarkedAmong(replacedTokens, owner),
      // A server that keeps no descriptions.
      ...unmarkedAmong([made], { ...owner, unmarked: undefined }),
    },
  };
}

/** Those that this apply created without receiving their values. */
async function lostTokens(
  { account, prior }: Renewal,
  { token, wasRetried }: MadeGeneration,
  { stock, owner }: { stock: Stock; owner: TokenOwner },
  context: Context,
): Promise<TokenEntity[]> {
  if (!wasRetried) return [];
  const known = [prior?.token_id, token.id, ...stock.active.map(({ id }) => id)];
  try {
    const active = await activeTokensNow(account, context);
    return straysAmong(active, owner, new Set(known), context);
  } catch {
    // The next read finds them.
    return [];
  }
}

/**
 * Every older token that is still alive, oldest first. The overlap of those that had none begins with the delivery, and
 * so does a new one for those that a destination held until then.
 */
function replaced(
  { planned, prior }: Renewal,
  { stock: { current, previous: known, strays }, held }: Room,
  deliveredAt: Date | null,
): PreviousToken[] {
  const previous = known.map((entry) =>
    held.has(entry.token_id ?? 0) ? { ...entry, delivered_at: null, revoke_at: null } : entry,
  );
  const present = current === undefined ? [] : [supersede(current, prior?.generation ?? null)];
  const left = strays.map((stray) => supersede(stray, null));
  const waiting = [...previous, ...present].filter((entry) => entry.revoke_at === null);
  const ids = {
    replaced: waiting.map((entry) => entry.token_id ?? 0),
    strays: strays.map(({ id }) => id),
  };
  const policy = retirementPolicy((planned as AccessTokenState).rotation);
  const overlaps = deliveredAt === null ? undefined : overlapsFrom(deliveredAt, policy, ids);
  return [...previous, ...present, ...left]
    .map((entry) => inOverlap(entry, overlaps?.get(entry.token_id ?? 0)))
    .sort((one, other) => (one.token_id ?? 0) - (other.token_id ?? 0));
}

/** A suspended run does not know what was used or revoked meanwhile, until GitLab records uses again. */
async function seenLately(
  { account }: Renewal,
  previous: readonly PreviousToken[],
  { seenAt, now }: { readonly seenAt: string; readonly now: Date },
  context: Context,
): Promise<readonly PreviousToken[]> {
  if (now.getTime() - Date.parse(seenAt) < STAMP_LAG || previous.length === 0) return previous;
  const active = await activeTokensNow(account, context);
  return previous.flatMap((entry) => {
    const token = active.find(({ id }) => id === entry.token_id);
    return token === undefined ? [] : [withLastUse(entry, token)];
  });
}

/** Leaked tokens, and those without overlap, are revoked now; none while a delivery is missing. */
async function retireReplaced(
  renewal: Renewal,
  replacedTokens: readonly PreviousToken[],
  made: {
    readonly token: NewTokenEntity;
    readonly destinations: readonly PlacedDestination[];
    readonly seenAt: string;
    readonly deliveredAt: Date | null;
  },
  context: Context,
): Promise<{ previous: readonly PreviousToken[]; diagnostics: readonly Diagnostic[] }> {
  const { token, destinations, seenAt, deliveredAt: now } = made;
  if (now === null) return { previous: replacedTokens, diagnostics: [] };
  const { planned, account } = renewal;
  const previous = await seenLately(renewal, replacedTokens, { seenAt, now }, context);
  const { rotation, revoke_now: leaked } = planned as AccessTokenState;
  const stock: Stock = { current: token, previous, strays: [], others: [], active: [] };
  const { revoke } = decide(
    seenSituation({
      now,
      policy: retirementPolicy(rotation),
      stock,
      presentId: token.id,
      holdings: [],
      leaked,
      untouchable: new Set(),
      isFurtherPlanned: false,
    }),
  );
  const { revoked, diagnostics } = await retire(account, revoke, context);
  const left = without(stock, revoked).previous;
  const living = [token.id, ...left.map(({ token_id: id }) => id)];
  const tidied = await tidyDestinations(destinations, living, context);
  return { previous: left, diagnostics: [...diagnostics, ...tidied] };
}

function stateOf(
  wanted: AccessTokenState,
  token: NewTokenEntity,
  made: {
    readonly dates: NewTokenDates;
    readonly generation: number;
    readonly previous: readonly PreviousToken[];
    readonly observed: ServerObservation;
  },
): AccessTokenState {
  const { dates, generation, previous, observed } = made;
  const policy = retirementPolicy(wanted.rotation);
  const now = new Date(observed.at);
  return {
    ...wanted,
    valid_until: dates.expiresAt,
    rotates_at: dates.rotatesAt,
    token_id: token.id,
    generation,
    created_at: token.created_at,
    fingerprint: fingerprint(token.token),
    previous: previous.map((entry) => withState(entry, policy, now, observed.ownTokenId)),
    strays: [],
    value: wanted.store_value ? token.token : null,
  };
}

function memoryOf(
  { key, prior, memory }: Renewal,
  made: {
    readonly destinations: readonly PlacedDestination[];
    readonly token: NewTokenEntity;
    readonly words: FormatWords;
    readonly failures: readonly FailedDelivery[];
    readonly dates: NewTokenDates;
    readonly observed: ServerObservation;
    readonly ownership: Pick<TokenMemory, "origin" | "others" | "unmarked">;
  },
): TokenMemory {
  const replacedValue =
    prior?.token_id != null && prior.fingerprint != null
      ? { [String(prior.token_id)]: prior.fingerprint }
      : {};
  return {
    key,
    destinations: made.destinations.map((placed) => ({
      containerId: placed.containerId,
      delivered: true,
      changed: null,
      failed: made.failures.find((failure) => failure.placed === placed)?.cause.message ?? null,
      ...contentsAfter(placed, made.token, made.words),
    })),
    imported: false,
    countedFrom: made.dates.countedFrom,
    ...(made.dates.isSpread && { isSpread: true }),
    observed: made.observed,
    fingerprints: { ...memory?.fingerprints, ...replacedValue },
    strayGeneration: 0,
    ...made.ownership,
  };
}
