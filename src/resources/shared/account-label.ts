import { formatAccountId, parseAccountId, type AccountId } from "../../model";
import type { Context } from "./context";

/**
 * For messages, such as `"apps-bot" (group:12:345)`. Only the id if the run has not read the account. Null for the
 * account of a token that was just taken over.
 */
export function accountLabel(account: AccountId | string | null, context: Context): string {
  if (account === null) return "an account that is not known yet";
  const id = typeof account === "string" ? account : formatAccountId(account);
  const userId = parseAccountId(id)?.userId;
  const username = userId === undefined ? undefined : usernameOf(userId, context);
  return username === undefined ? id : `"${username}" (${id})`;
}

/** The same for a user, such as `user "apps-bot" (345)`. */
export function userLabel(userId: number, context: Context): string {
  const username = usernameOf(userId, context);
  return username === undefined ? `user ${userId}` : `user "${username}" (${userId})`;
}

function usernameOf(userId: number, context: Context): string | undefined {
  return context.ready ? context.inventory.usernames.of(userId) : undefined;
}
