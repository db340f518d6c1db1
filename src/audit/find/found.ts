import type { PicturedAccount, PicturedMembership, PicturedToken } from "../../estate";
import type { UtcDate } from "../../model";
import { accountAddress, membershipAddress, tokenAddress, type Policy } from "../../model/policy";
import type { AuditFinding, Declared, FindingObject } from "../finding";
import type { OwnCode } from "../kinds";
import type { LiveEstate } from "../live";
import type { DeclaredEstate } from "../states";

/** When a token is reported. */
export interface Thresholds {
  readonly expiringWithinDays: number;
  readonly unusedForDays: number;
  readonly neverUsedForDays: number;
}

export const DEFAULT_THRESHOLDS: Thresholds = {
  expiringWithinDays: 30,
  unusedForDays: 90,
  neverUsedForDays: 30,
};

/** The input of a finder. */
export interface Evidence {
  readonly live: LiveEstate;
  readonly declared: DeclaredEstate;
  readonly policy: Policy;
  readonly thresholds: Thresholds;
  readonly today: UtcDate;
}

/** A finding before it is compared with what is ignored. */
export interface Found extends Pick<AuditFinding, "object" | "reason"> {
  readonly code: OwnCode;
  readonly declared: readonly Declared[];
  /** If it is not that of its kind. */
  readonly remedy?: string;
  readonly severity?: AuditFinding["severity"];
}

export function accountObject(
  userId: number,
  username: string | undefined,
  container: string | null = null,
): FindingObject {
  const name = username ?? `user ${userId}`;
  return {
    kind: "account",
    label: `account ${name}`,
    address: accountAddress(username ?? String(userId)),
    userId,
    username: username ?? null,
    tokenId: null,
    container,
  };
}

export function ofAccount({ userId, username, owner }: PicturedAccount): FindingObject {
  return accountObject(userId, username, owner?.path ?? null);
}

export function tokenObject(
  { tokenId, userId, name }: Pick<PicturedToken, "tokenId" | "userId"> & { readonly name: string },
  account: PicturedAccount | undefined,
): FindingObject {
  const username = account?.username ?? `user ${userId}`;
  return {
    kind: "token",
    label: `token "${name}" (${tokenId}) of ${username}`,
    address: tokenAddress(account?.username ?? String(userId), name),
    userId,
    username: account?.username ?? null,
    tokenId,
    container: null,
  };
}

export function membershipObject(
  userId: number,
  path: string,
  account: PicturedAccount | undefined,
): FindingObject {
  const username = account?.username ?? `user ${userId}`;
  return {
    kind: "membership",
    label: `membership of ${username} in ${path}`,
    address: membershipAddress(account?.username ?? String(userId), path),
    userId,
    username: account?.username ?? null,
    tokenId: null,
    container: path,
  };
}

export function ofMembership(
  { userId, container }: PicturedMembership,
  account: PicturedAccount | undefined,
): FindingObject {
  return membershipObject(userId, container.path, account);
}

export function variableObject(key: string, scope: string, path: string): FindingObject {
  const suffix = scope === "*" ? "" : ` (${scope})`;
  return {
    kind: "variable",
    label: `CI/CD variable ${key}${suffix} of ${path}`,
    address: `${key}@${path}`,
    userId: null,
    username: null,
    tokenId: null,
    container: path,
  };
}

export function stateObject(state: string): FindingObject {
  const nothing = { userId: null, username: null, tokenId: null, container: null };
  return { kind: "state", label: `state ${state}`, address: state, ...nothing };
}
