import type { UtcDate } from "./dates";
import { formatDays } from "./durations";

/** Why a token must be replaced, as the provider found it. Sentences are made from it and never parsed. */
export type RotationReason =
  | { readonly code: "due"; readonly since: UtcDate; readonly lateDays: number }
  | {
      readonly code: "overlap-cut-short";
      readonly tokenId: number | null;
      readonly expiresOn: UtcDate;
      readonly overlapDays: number;
    }
  | { readonly code: "name-changed"; readonly from: string }
  | { readonly code: "scopes-changed"; readonly changes: readonly string[] }
  | { readonly code: "permissions-changed"; readonly changes: readonly string[] }
  | { readonly code: "expiry-changed"; readonly from: UtcDate | null }
  | { readonly code: "keeper-changed"; readonly keeper: string }
  | { readonly code: "value-stored" }
  | { readonly code: "destination-added" }
  | { readonly code: "found-revoked"; readonly tokenId: number | null }
  | {
      readonly code: "found-expired";
      readonly tokenId: number | null;
      readonly since: UtcDate | null;
    }
  | { readonly code: "revoke-now"; readonly tokenId: number | null }
  | { readonly code: "interrupted-run"; readonly tokenId: number | null }
  | { readonly code: "destination-changed"; readonly found: string }
  | { readonly code: "delivery-failed"; readonly failure: string };

const CODES: { readonly [Code in RotationReason["code"]]: { readonly isDeclared: boolean } } = {
  due: { isDeclared: false },
  "overlap-cut-short": { isDeclared: false },
  "name-changed": { isDeclared: true },
  "scopes-changed": { isDeclared: true },
  "permissions-changed": { isDeclared: true },
  "expiry-changed": { isDeclared: true },
  "keeper-changed": { isDeclared: true },
  "value-stored": { isDeclared: true },
  "destination-added": { isDeclared: true },
  "found-revoked": { isDeclared: false },
  "found-expired": { isDeclared: false },
  "revoke-now": { isDeclared: true },
  "interrupted-run": { isDeclared: false },
  "destination-changed": { isDeclared: false },
  "delivery-failed": { isDeclared: false },
};

export const ROTATION_REASON_CODES = Object.keys(CODES);

/** Whether it is a change of the declaration, which plans show by themselves. */
export function isDeclaredReason(code: string): boolean {
  return Object.hasOwn(CODES, code) && CODES[code as RotationReason["code"]].isDeclared;
}

export function rotationReasonInWords(reason: RotationReason): string {
  switch (reason.code) {
    case "due": {
      const late = reason.lateDays === 0 ? "" : ` (${formatDays(reason.lateDays)} overdue)`;
      return `due since ${reason.since}${late}`;
    }
    case "overlap-cut-short":
      return `token ${reason.tokenId} expires on ${reason.expiresOn}, which cuts its overlap of ${formatDays(reason.overlapDays)} short`;
    case "name-changed":
      return `name changed from "${reason.from}"`;
    case "scopes-changed":
      return `scopes changed${listed(reason.changes)}`;
    case "permissions-changed":
      return `permissions changed${listed(reason.changes)}`;
    case "expiry-changed":
      return `expires_at changed from ${reason.from ?? "never"}`;
    case "keeper-changed":
      return `keeper "${reason.keeper}" changed`;
    case "value-stored":
      return "store_value set: only a new value can be stored";
    case "destination-added":
      return "a destination was added";
    case "found-revoked":
      return `token ${reason.tokenId} was found revoked`;
    case "found-expired":
      return `token ${reason.tokenId} was found expired since ${reason.since}`;
    case "revoke-now":
      return `token ${reason.tokenId} is in revoke_now`;
    case "interrupted-run":
      return `token ${reason.tokenId} was left by an interrupted run`;
    case "destination-changed":
      return reason.found;
    case "delivery-failed":
      return reason.failure;
  }
}

const LONGEST_LIST = 12;

/** A fine-grained token may have hundreds of permissions. */
function listed(changes: readonly string[]): string {
  if (changes.length === 0) return "";
  const shown = changes.slice(0, LONGEST_LIST);
  const more = changes.length - shown.length;
  return ` (${shown.join(", ")}${more === 0 ? "" : `, and ${more} more`})`;
}
