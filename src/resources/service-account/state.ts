import type { ServiceAccountEntity } from "../../gitlab";
import { parseAccountId, type AccountId } from "../../model";
import { idFailure } from "../shared/spelled-id";
import type { ServiceAccountState } from "./schema";

export function accountIdOf(state: ServiceAccountState): AccountId {
  const id = parseAccountId(state.id ?? "");
  if (id === undefined) throw idFailure(state.id);
  return id;
}

/**
 * The state after the server's response. Requested values stay as they were written: an email address that waits for
 * confirmation counts as set, and GitLab stores addresses in lower case.
 */
export function stateAfterWrite(
  wanted: ServiceAccountState,
  account: ServiceAccountEntity,
): ServiceAccountState {
  return {
    ...wanted,
    name: wanted.name ?? account.name,
    email: wanted.email ?? account.email ?? null,
    suspended: wanted.suspended ?? false,
    status: wanted.suspended ? SUSPENDED : statusOf(account),
  };
}

/** The state as the server has it now. */
export function stateAsRead(
  state: ServiceAccountState,
  account: ServiceAccountEntity,
  userState: string,
): ServiceAccountState {
  return {
    ...state,
    username: account.username,
    name: account.name,
    email: emailAsRead(state.email, account),
    status: userState === "active" ? statusOf(account) : userState,
    suspended: userState === SUSPENDED,
    deletion_protection: state.deletion_protection ?? false,
    on_destroy: state.on_destroy ?? "delete",
    hard_delete: state.hard_delete ?? false,
  };
}

export function emailAsRead(before: string | null, account: ServiceAccountEntity): string | null {
  if (before === null) return account.email ?? null;
  const spellings = [account.email, account.unconfirmed_email];
  const unchanged = spellings.some((email) => email?.toLowerCase() === before.toLowerCase());
  return unchanged ? before : (account.email ?? before);
}

function statusOf(account: ServiceAccountEntity): string {
  return account.unconfirmed_email ? "awaiting_email_confirmation" : "active";
}

/** GitLab's state of a user who may do nothing, until an administrator undoes it. */
export const SUSPENDED = "blocked";

/** Blocked, deactivated or banned: its tokens do not work, and only a person can say whether that is intended. */
export function isNotActive(status: string | null): boolean {
  return status !== null && status !== "active" && status !== "awaiting_email_confirmation";
}
