import { markerKey } from "../../model";
import type { Context } from "../shared/context";
import { known } from "../shared/problems";
import type { TokenMemory } from "./private-state";
import type { AccessTokenConfig, AccessTokenState } from "./schema";

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
