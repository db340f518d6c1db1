import { formatMembershipId, type Container } from "../model";

/** One object, by all that it may be known by where it is declared. */
export interface Identity {
  readonly kind: "account" | "token" | "membership";
  /** By GitLab's numbers. An account's import id and a membership's can be the same text, and these never are. */
  readonly key: string;
  readonly importId: string;
  /** What its resource is called where `glsa adopt` writes it. */
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
