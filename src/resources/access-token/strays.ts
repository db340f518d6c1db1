import type { TokenEntity } from "../../gitlab";
import { EPHEMERAL_GENERATION, readMarker, type AccountId } from "../../model";
import type { Context } from "../shared/context";
import type { AccessTokenState } from "./schema";

/** The tokens of a declaration that its state knows to be alive. */
export function knownTokenIds(state: AccessTokenState): ReadonlySet<number> {
  const previous = (state.previous ?? []).map((entry) => entry.token_id ?? 0);
  return new Set([state.token_id ?? 0, ...previous]);
}

/**
 * Active tokens with this declaration's marker that its state does not know: an interrupted run made them, and a
 * consumer may already hold one. Nothing without a marker is ever taken for ours.
 */
export function straysAmong(
  active: readonly TokenEntity[],
  key: string,
  known: ReadonlySet<number | null | undefined>,
): TokenEntity[] {
  return active.filter((token) => isMarkedWith(token, key) && !known.has(token.id));
}

/** Of a declaration that knows of no token, after those that interrupted runs made. */
export function generationAfter(strays: readonly TokenEntity[]): number {
  return highestGeneration(strays) + 1;
}

/** 0 where there is none. */
export function highestGeneration(tokens: readonly TokenEntity[]): number {
  const generations = tokens.map(({ description }) => readMarker(description ?? null)?.generation);
  return Math.max(0, ...generations.map((generation) => generation ?? 0));
}

/** Every active token of a declaration, asked of the server at this moment. */
export async function activeTokensNow(
  account: AccountId,
  context: Context,
): Promise<readonly TokenEntity[]> {
  context.inventory.tokens.forget(account);
  return context.inventory.tokens.activeOf(account);
}

export function isMarkedWith(token: TokenEntity, key: string): boolean {
  const marker = readMarker(token.description ?? null);
  return key !== "" && marker?.key === key && marker.generation !== EPHEMERAL_GENERATION;
}
