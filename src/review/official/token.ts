import { addDays, isUtcDate } from "../../model";
import { without } from "../glsa/account";
import { scopesOf } from "../glsa/token";
import type { PlannedResource } from "../objects/planned-resource";
import type { Schedule, TokenForm } from "../objects/forms";
import {
  asNumber,
  asRecord,
  asText,
  isKnown,
  known,
  sameValue,
  type Told,
  type Value,
  type Values,
} from "../objects/values";
import { nothingForEmpty } from "./membership";

const TOLD = [
  "group",
  "project",
  "user_id",
  "name",
  "scopes",
  "expires_at",
  "rotation_configuration",
];
const COMPUTED = ["id", "active", "created_at", "revoked", "token"];

/** What the provider finds out anew when it rotates a token: the value, and GitLab's number in the id. */
const ROTATED = ["token", "id", "created_at", "expires_at"];

/** One of the official provider's access tokens of a service account or another user. */
export function officialToken(values: Values): TokenForm {
  const tokenId = /(?:^|:)(\d+)$/.exec(known(asText(values["id"])) ?? "")?.[1];
  return {
    account: { userId: asNumber(values["user_id"]), attribute: "user_id" },
    name: asText(values["name"]),
    scopes: scopesOf(values["scopes"]),
    expiresAt: nothingForEmpty(values["expires_at"]),
    schedule: scheduleOf(values["rotation_configuration"]),
    tokenId: tokenId === undefined ? null : Number(tokenId),
    generation: null,
    status: null,
    rotatesAt: rotationDateOf(values),
    rotationReason: null,
    previous: null,
    strays: null,
    revokeNow: null,
    keepers: null,
    destinations: null,
    settings: without(values, [...TOLD, ...COMPUTED]),
  };
}

/** So many days before its expiry. */
function rotationDateOf(values: Values): Told<string> {
  const configuration = known(asRecord(values["rotation_configuration"]));
  const days = asNumber(configuration?.["rotate_before_days"]);
  const expiresAt = nothingForEmpty(values["expires_at"]);
  if (!isKnown(days) || !isKnown(expiresAt) || !isUtcDate(expiresAt)) return null;
  return addDays(expiresAt, -days);
}

/**
 * An update of a token's expiry, or one after which its value is another, goes by GitLab's rotate endpoint, which
 * revokes the old value at once.
 * @see https://docs.gitlab.com/api/personal_access_tokens/#rotate-a-personal-access-token
 */
export function isRotatedInPlace({ action, before, after, differing }: PlannedResource): boolean {
  if (action !== "update") return false;
  return ROTATED.some(
    (name) => differing.includes(name) || !sameValue(before?.[name] ?? null, after?.[name] ?? null),
  );
}

function scheduleOf(value: Value | undefined): Told<Schedule> {
  const rotation = asRecord(value);
  if (!isKnown(rotation)) return rotation;
  const { rotate_before_days: before = null, expiration_days: lifetime = null } = rotation;
  return {
    every: inDays(before, " before its expiry"),
    overlap: null,
    lifetime: inDays(lifetime, ""),
    others: without(rotation, ["rotate_before_days", "expiration_days"]),
  };
}

function inDays(value: Value, suffix: string): Told<string> {
  const days = asNumber(value);
  return isKnown(days) ? `${days}d${suffix}` : days;
}
