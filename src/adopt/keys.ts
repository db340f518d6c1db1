import { formatMembershipId, type Container } from "../model";

/** One object, with every identifier under which it may be declared. */
export interface Identity {
  readonly kind: "account" | "token" | "membership";
  /** By GitLab's numbers. An account's import id and a membership's can be the same string; these never are. */
  readonly key: string;
  readonly importId: string;
  /** The name of its resource in the code of `glsa adopt`. */
  readonly name: string;
  readonly username: string;
}

export function accountKey(userId: number): string {
  return `account ${userId}`;
}

export function tokenKey(tokenId: number): string {
  return `token ${tokenId}`;
}

export function membershipKey(container: Container, userId: number): string {
  return `membership ${formatMembershipId({ container, userId })}`;
}
