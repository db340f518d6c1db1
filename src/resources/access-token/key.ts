import { markerKey } from "../../model";
import type { Context } from "../shared/context";
import type { AccessTokenState } from "./schema";

/** The marker's key of a declaration that has made no token yet. */
export function keyOf(
  wanted: Pick<AccessTokenState, "service_account_id" | "name">,
  { stack }: Context,
): string {
  if (stack === null) throw new Error("a token was planned without a stack");
  return markerKey({ accountId: wanted.service_account_id, stack, tokenName: wanted.name });
}

/** Held by the address that makes a token, so that an old address of the same one leaves it alone. */
export function claimOfKey(key: string): string {
  return `tokens marked ${key}`;
}
