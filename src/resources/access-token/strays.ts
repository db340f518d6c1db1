import type { TokenEntity } from "../../gitlab";
import { readMarker, type AccountId } from "../../model";
import type { Context } from "../shared/context";
import type { AccessTokenState } from "./schema";

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
