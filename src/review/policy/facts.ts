import { daysBetween, grantsOf, parseRole, type UtcDate } from "../../model";
import {
  accountAddress,
  membershipAddress,
  tokenAddress,
  type AccountFacts,
  type MembershipFacts,
  type TokenFacts,
  type UnknownAttribute,
} from "../../model/policy";
import { quoted } from "../changes/object-name";
import { isNewGeneration } from "../changes/rotation-changes";
import { isDue, previousOf } from "../changes/revocation-changes";
import type { AccountGroup } from "../accounts/accounts";
import type { TokenForm } from "../objects/forms";
import type { PlannedResource } from "../objects/planned-resource";
import { rotationPolicyOf } from "../objects/schedule";
import type { PlannedMembership, PlannedObject, PlannedToken } from "../objects/planned-object";
import { asText, Hidden, inWords, isKnown, known, Unknown } from "../objects/values";

/** What the rules may know of an object as it will be; undefined for one that goes. */
export function factsOf(
  object: PlannedObject,
  group: AccountGroup,
  today: UtcDate,
): AccountFacts | TokenFacts | MembershipFacts | undefined {
  if (object.after === null) return undefined;
  switch (object.kind) {
    case "account":
      return {
        kind: "account",
        label: `account ${group.label}`,
        address: accountAddress(group.username),
      };
    case "membership":
      return membershipFacts(object, group);
    case "token":
      return tokenFacts(object, object.after, group, today);
  }
}

function membershipFacts({ after }: PlannedMembership, group: AccountGroup): MembershipFacts {
  const place = known(after?.place ?? null);
  const declared = after?.role ?? null;
  const role = parseRole(known(declared) ?? "");
  return {
    kind: "membership",
    label: `membership of ${group.label} in ${place ?? "a place that is not known yet"}`,
    address: membershipAddress(group.username, place),
    ...(role !== undefined && { role }),
    ...(isOpen(declared) && { unknown: ["role"] as const }),
  };
}

function isOpen(value: unknown): boolean {
  return value instanceof Unknown || value instanceof Hidden;
}

function tokenFacts(
  { before, resource }: PlannedToken,
  after: TokenForm,
  group: AccountGroup,
  today: UtcDate,
): TokenFacts {
  const { scopes, permissions, schedule, settings } = after;
  const rotation = isKnown(schedule) ? rotationPolicyOf(schedule) : undefined;
  const description = asText(settings["description"]);
  const isDescribed = description === null || isKnown(description);
  return {
    kind: "token",
    label: `token ${quoted(after)} of ${group.label}`,
    address: tokenAddress(group.username, known(after.name)),
    ...(permissions === null
      ? { permissions: [] }
      : isKnown(permissions) && { permissions: grantsOf(permissions) }),
    ...(isKnown(scopes) && { scopes: scopes.flatMap((scope) => known(scope) ?? []) }),
    ...(isDescribed && { description }),
    ...(rotation !== undefined && { rotation }),
    ...unknownOf(after, resource, rotation === undefined),
    ...lifeOf(after, before, resource.after?.["created_at"], today),
    ...(resource.action === "update" && before && { liveTokens: alive(before, after) }),
  };
}

function unknownOf(
  { scopes, permissions, schedule, expiresAt, settings }: TokenForm,
  resource: PlannedResource,
  isUnread: boolean,
): Pick<TokenFacts, "unknown"> {
  const isPartlyOpen = isKnown(scopes) && scopes.some(isOpen);
  const open: (readonly [UnknownAttribute, boolean])[] = [
    ["scopes", isOpen(scopes) || isPartlyOpen],
    ["granular_scopes", isOpen(permissions)],
    ["description", isOpen(settings["description"])],
    ["never_expires", isOpen(resource.after?.["never_expires"])],
    ["rotation", isOpen(schedule) || (isKnown(schedule) && isUnread)],
    // With a rotation the provider chooses the date, within the maximum.
    ["expires_at", schedule === null && isOpen(expiresAt)],
  ];
  const unknown = open.filter(([, isUnknown]) => isUnknown).map(([name]) => name);
  return unknown.length === 0 ? {} : { unknown };
}

/** Counted from its creation where the token stays, else from today. */
function lifeOf(
  { expiresAt, schedule }: TokenForm,
  before: TokenForm | null,
  createdAt: unknown,
  today: UtcDate,
): Partial<TokenFacts> {
  if (schedule !== null) return {};
  if (expiresAt === null) return { neverExpires: true };
  if (!isKnown(expiresAt)) return {};
  const isSame = inWords(before?.expiresAt ?? null) === expiresAt;
  const from = isSame && typeof createdAt === "string" ? createdAt.slice(0, 10) : today;
  return { neverExpires: false, lifetimeDays: daysBetween(from, expiresAt) };
}

/** Those that work once the plan is applied, unless one that is due turns out to be in use. */
function alive(before: TokenForm, after: TokenForm): number {
  const isReplaced = isNewGeneration(before, after) && before.status === "active";
  const older = previousOf(before).filter((entry) => !isDue(entry));
  const strays = known(before.strays) ?? [];
  return 1 + (isReplaced ? 1 : 0) + older.length + strays.length;
}
