import { addDays, isUtcDate } from "../model";
import { inGlsaTerms, lastNumberOf, snakeCase, type OfficialType } from "../official";
import { glsaAccount, without } from "./glsa/account";
import { glsaMembership } from "./glsa/membership";
import { glsaToken } from "./glsa/token";
import type { AccountForm, MembershipForm, Schedule, TokenForm } from "./objects/forms";
import type { PlannedResource } from "./objects/planned-resource";
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
} from "./objects/values";

/** What the provider finds out again when it rotates a token: the value, and GitLab's number in the id. */
const ROTATED = ["token", "id", "created_at", "expires_at"];

export function officialAccount(values: Values, type: OfficialType): AccountForm {
  const { terms, settings } = inGlsaTerms(type, values, snakeCase);
  const written = asNumber(terms["user_id"]);
  return {
    ...glsaAccount({ ...terms, instance: type.in === "instance", on_destroy: "delete" }),
    userId: isKnown(written) ? written : (numberInId(values) ?? written),
    settings,
  };
}

export function officialMembership(values: Values, type: OfficialType): MembershipForm {
  const { terms, settings } = inGlsaTerms(type, values, snakeCase);
  const form = glsaMembership({ ...terms, user_id: terms["user_id"] ?? numberInId(values) });
  return {
    ...form,
    expiresAt: expiryIn(values),
    removesBelow: settings["skip_subresources_on_destroy"] === false,
    settings,
  };
}

export function officialToken(values: Values, type: OfficialType): TokenForm {
  const { terms, settings } = inGlsaTerms(type, values, snakeCase);
  return {
    ...glsaToken(terms),
    account: { userId: asNumber(terms["user_id"]), attribute: "user_id" },
    expiresAt: expiryIn(values),
    schedule: scheduleOf(terms["rotation"]),
    tokenId: numberInId(values),
    rotatesAt: rotationDateOf(terms),
    settings,
  };
}

function numberInId(values: Values): number | null {
  return lastNumberOf(known(asText(values["id"])) ?? "") ?? null;
}

/** The provider stores an attribute that is not written as an empty string. */
function expiryIn({ expires_at: value }: Values): Told<string> {
  return value === "" ? null : asText(value);
}

/** So many days before its expiry. */
function rotationDateOf(terms: Values): Told<string> {
  const configuration = known(asRecord(terms["rotation"]));
  const days = asNumber(configuration?.["rotate_before_days"]);
  const expiresAt = asText(terms["expires_at"]);
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
