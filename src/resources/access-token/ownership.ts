import { hostname } from "node:os";
import { destinationIn } from "../../destinations/entry";
import type { TokenEntity } from "../../gitlab";
import {
  EPHEMERAL_GENERATION,
  markerKey,
  markerOrigin,
  readMarker,
  type AccountId,
} from "../../model";
import { DiagnosticError, error, warning, type Diagnostic } from "../../provider/contract";
import { accountLabel } from "../shared/account-label";
import type { Context } from "../shared/context";
import { known } from "../shared/problems";
import type { PlacedDestination } from "./destinations";
import type { TokenMemory } from "./private-state";
import type { AccessTokenConfig, AccessTokenState, DeliveryState } from "./schema";

/** The marker's key of a declaration that has not created a token yet. */
export function keyOf(
  wanted: Pick<AccessTokenState, "service_account_id" | "name">,
  { stack }: Context,
): string {
  if (stack === null) throw new Error("a token was planned without a stack");
  return markerKey({ accountId: wanted.service_account_id, stack, tokenName: wanted.name });
}

/** The key, as far as a plan knows it. Undefined while the account does not exist. */
export function foreseenKey(
  planned: AccessTokenConfig,
  memory: TokenMemory | null,
  { stack }: Context,
): string | undefined {
  if (memory !== null && memory.key !== "") return memory.key;
  const accountId = known(planned.service_account_id);
  const tokenName = known(planned.name);
  if (accountId === undefined || tokenName === undefined || stack === null) return undefined;
  return markerKey({ accountId, stack, tokenName });
}

/** Held by the address that creates a token, so that an old address of the same token does not touch it. */
export function claimOfKey(key: string): string {
  return `tokens marked ${key}`;
}

/**
 * What distinguishes a declaration's tokens from those of the same declaration in another state: the state's name and
 * the destinations. Both are the same in the run after an interrupted first creation, before any state knew the token.
 * If two states deliver to the very same destination, a consumer of one reads the other's value there.
 */
export function originOf(
  wanted: Pick<AccessTokenState, "deliver_to" | "store_value">,
  placed: readonly PlacedDestination[],
  context: Context,
): string {
  const places = placed.map(({ destination }) => destination.address);
  const isLocal = wanted.store_value === true || (wanted.deliver_to ?? []).some(isOnThisMachine);
  return markerOrigin(context.stateName(), isLocal ? [...places, here()] : places);
}

function isOnThisMachine(entry: DeliveryState): boolean {
  return destinationIn(entry)?.record.isLocal ?? false;
}

/** The same path, program or output elsewhere belongs to another consumer. */
function here(): string {
  return `${hostname()} ${process.cwd()}`;
}

/** The tokens of a declaration that its state knows to be alive. */
export function knownTokenIds(state: AccessTokenState): ReadonlySet<number> {
  const previous = (state.previous ?? []).map((entry) => entry.token_id ?? 0);
  return new Set([state.token_id ?? 0, ...previous]);
}

/** For a declaration without a known token, after those of interrupted runs. */
export function generationAfter(strays: readonly TokenEntity[]): number {
  return highestGeneration(strays) + 1;
}

/** 0 if there is none. */
export function highestGeneration(tokens: readonly TokenEntity[]): number {
  const generations = tokens.map(({ description }) => readMarker(description ?? null)?.generation);
  return Math.max(0, ...generations.map((generation) => generation ?? 0));
}

/** Every active token of a declaration, read from the server now. */
export async function activeTokensNow(
  account: AccountId,
  context: Context,
): Promise<readonly TokenEntity[]> {
  context.inventory.tokens.forget(account);
  return context.inventory.tokens.activeOf(account);
}

/** What identifies a declaration's tokens. */
export interface TokenOwner {
  /** The marker's key. Empty for an imported token that no stack has marked. */
  readonly key: string;
  /** Undefined for a declaration of an earlier version that has not created a token since. */
  readonly origin: string | undefined;
  readonly unmarked: TokenMemory["unmarked"];
}

export function ownerOf(key: string, memory: TokenMemory | undefined): TokenOwner {
  return { key, origin: memory?.origin, unmarked: memory?.unmarked };
}

export function isMarkedWith(token: TokenEntity, key: string): boolean {
  const marker = readMarker(token.description ?? null);
  return key !== "" && marker?.key === key && marker.generation !== EPHEMERAL_GENERATION;
}

/**
 * Whether the token with a known number is still the same token. An instance that was restored from a backup assigns
 * numbers again.
 */
export function isStillOurs(
  token: TokenEntity,
  { key, unmarked }: TokenOwner,
  expected: { readonly createdAt?: string | null; readonly generation?: number | null } = {},
): boolean {
  const { createdAt, generation } = expected;
  if (createdAt != null && !isSameMoment(createdAt, token.created_at)) return false;
  const marker = readMarker(token.description ?? null);
  if (marker !== undefined && marker.key === key) {
    return generation == null || generation === marker.generation;
  }
  // States of earlier versions do not record which tokens have no marker.
  if (unmarked === undefined) return true;
  const before = unmarked[String(token.id)];
  return before !== undefined && isSameMoment(before, token.created_at);
}

/** Of the numbers in a state, those from an import, or from a server that keeps no descriptions. */
export function unmarkedAmong(
  tokens: readonly TokenEntity[],
  owner: TokenOwner,
): Record<string, string> {
  const unmarked = tokens.filter(
    (token) => readMarker(token.description ?? null)?.key !== owner.key,
  );
  const kept = unmarked.filter((token) => isStillOurs(token, owner));
  return Object.fromEntries(kept.map((token) => [String(token.id), token.created_at]));
}

/**
 * Active tokens with this declaration's marker that its state does not know. An interrupted run of this state created
 * them, and a consumer may already hold one. A token without a marker never counts.
 */
export function straysAmong(
  active: readonly TokenEntity[],
  owner: TokenOwner,
  known: ReadonlySet<number | null | undefined>,
  { takenOver }: Pick<Context, "takenOver">,
): TokenEntity[] {
  return unknownAmong(active, owner, known).filter(
    (token) => takenOver.has(token.id) || hasOrigin(token, owner),
  );
}

/** The same for tokens that another state may have created: this state cannot tell whether they are in use. */
export function othersAmong(
  active: readonly TokenEntity[],
  owner: TokenOwner,
  known: ReadonlySet<number | null | undefined>,
  { takenOver }: Pick<Context, "takenOver">,
): TokenEntity[] {
  return unknownAmong(active, owner, known).filter(
    (token) => !takenOver.has(token.id) && !hasOrigin(token, owner),
  );
}

function unknownAmong(
  active: readonly TokenEntity[],
  { key }: TokenOwner,
  known: ReadonlySet<number | null | undefined>,
): TokenEntity[] {
  return active.filter((token) => isMarkedWith(token, key) && !known.has(token.id));
}

function hasOrigin(token: TokenEntity, { origin }: TokenOwner): boolean {
  const marked = readMarker(token.description ?? null)?.origin;
  return marked !== undefined && marked === origin;
}

function isSameMoment(one: string, other: string): boolean {
  return Date.parse(one) === Date.parse(other);
}

export function othersWarning(
  others: readonly { readonly id: number }[],
  { name, service_account_id: accountId }: Pick<AccessTokenState, "name" | "service_account_id">,
  context: Context,
): Diagnostic[] {
  if (others.length === 0) return [];
  const { stack } = context;
  const list = others.map(({ id }) => id).join(", ");
  return [
    warning(
      "token-of-another-state",
      `Another state may have created tokens of "${name}"`,
      `${others.length === 1 ? "Token" : "Tokens"} ${list} of ${accountLabel(accountId, context)} carry the marker of this declaration, but this ` +
        `state did not create them, so they are left alone. Either another state, such as a workspace or a copied folder, uses ` +
        `the stack "${stack}" too: then give each a stack of its own, such as stack = "${stack}-\${terraform.workspace}". Or ` +
        `this state was lost or restored: then import one of them, or let them retire with take_over = [${list}] in the ` +
        `provider's settings.`,
    ),
  ];
}

export function otherToken(
  token: TokenEntity,
  name: string | null,
  account: AccountId,
  context: Context,
): DiagnosticError {
  return new DiagnosticError(
    error(
      "number-reused",
      `Token ${token.id} is another token than before`,
      `This state knows it as token "${name}" of ${accountLabel(account, context)}, but the token with this number is "${token.name}", ` +
        `created at ${token.created_at}, and neither its marker nor an import says that it belongs here. An instance that was ` +
        `restored from a backup assigns numbers again. Nothing was changed. Remove this object from the state ` +
        `(terraform state rm, tofu state rm) and apply, which creates a new token.`,
    ),
  );
}
