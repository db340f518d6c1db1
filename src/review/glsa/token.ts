import type {
  AccountReference,
  PreviousForm,
  ReasonForm,
  Schedule,
  TokenForm,
} from "../objects/forms";
import {
  asList,
  asNumber,
  asRecord,
  asText,
  isKnown,
  known,
  UNKNOWN,
  type Told,
  type Value,
  type Values,
} from "../objects/values";
import { formatAccountId, parseTokenId, scopeName, type GranularScope } from "../../model";
import { without } from "./account";
import { glsaDestination } from "./destination";
import { referenceTo } from "./membership";

const TOLD = [
  "service_account_id",
  "name",
  "scopes",
  "granular_scopes",
  "expires_at",
  "never_expires",
  "rotation",
  "revoke_now",
  "keepers",
  "deliver_to",
];
/** What glsa finds out or decides. */
const COMPUTED = [
  "id",
  "token_id",
  "generation",
  "created_at",
  "status",
  "rotates_at",
  "valid_until",
  "rotation_reason",
  "rotation_reasons",
  "waits_since",
  "fingerprint",
  "previous",
  "strays",
  "destination_ids",
  "value",
];

/** A `glsa_access_token`. */
export function glsaToken(values: Values): TokenForm {
  return {
    account: accountOf(values),
    name: asText(values["name"]),
    scopes: scopesOf(values["scopes"]),
    permissions: permissionsOf(values["granular_scopes"]),
    expiresAt: asText(values["expires_at"] ?? values["valid_until"]),
    schedule: scheduleOf(values["rotation"]),
    tokenId: asNumber(values["token_id"]),
    generation: asNumber(values["generation"]),
    status: asText(values["status"]),
    rotatesAt: asText(values["rotates_at"]),
    rotationReason: asText(values["rotation_reason"]),
    rotationReasons: each(values["rotation_reasons"], reasonOf),
    waitsSince: asText(values["waits_since"]),
    previous: each(values["previous"], previousOf),
    strays: asList(values["strays"]),
    revokeNow: asList(values["revoke_now"]),
    keepers: asRecord(values["keepers"]),
    destinations: destinationsOf(values),
    settings: without(values, [...TOLD, ...COMPUTED]),
  };
}

function accountOf(values: Values): AccountReference {
  const attribute = "service_account_id";
  const written = asText(values[attribute]);
  if (isKnown(written)) return referenceTo(written, attribute);
  const id = parseTokenId(known(asText(values["id"])) ?? "");
  if (id !== undefined) return referenceTo(formatAccountId(id.account), attribute);
  return { userId: isKnown(written) ? null : written, attribute };
}

/** As GitLab spells them. */
export function scopesOf(value: Value | undefined): Told<readonly Told<string>[]> {
  const list = asList(value);
  if (!isKnown(list)) return list;
  return list.map((scope) => (typeof scope === "string" ? scopeName(scope) : asText(scope)));
}

/** A token has scopes or permissions, so an empty list is none. */
function permissionsOf(value: Value | undefined): TokenForm["permissions"] {
  const list = asList(value);
  if (!isKnown(list)) return list;
  if (list.length === 0) return null;
  const entries = list.map(permissionEntry);
  return entries.every((entry) => entry !== undefined) ? entries : UNKNOWN;
}

/** Undefined while a part of it is not known. */
function permissionEntry(value: Value): GranularScope | undefined {
  const entry = known(asRecord(value));
  const access = known(asText(entry?.["access"]));
  const permissions = textsOf(entry?.["permissions"]);
  const groups = numbersOf(entry?.["group_ids"]);
  const projects = numbersOf(entry?.["project_ids"]);
  if (access === undefined || !permissions || !groups || !projects) return undefined;
  return { access, permissions, group_ids: groups, project_ids: projects };
}

function textsOf(value: Value | undefined): string[] | undefined {
  const texts = known(asList(value))?.map((each) => known(asText(each)));
  return texts?.every((text) => text !== undefined) ? texts : undefined;
}

/** Empty if they are not written. */
function numbersOf(value: Value | undefined): number[] | undefined {
  const list = asList(value);
  if (list === null) return [];
  const numbers = known(list)?.map((each) => known(asNumber(each)));
  return numbers?.every((number) => number !== undefined) ? numbers : undefined;
}

function scheduleOf(value: Value | undefined): Told<Schedule> {
  const rotation = asRecord(value);
  if (!isKnown(rotation)) return rotation;
  return {
    every: asText(rotation["every"]),
    overlap: asText(rotation["overlap"]),
    lifetime: asText(rotation["lifetime"]),
    others: without(rotation, ["every", "overlap", "lifetime"]),
  };
}

function previousOf(value: Value): PreviousForm {
  const entry = known(asRecord(value)) ?? {};
  return {
    tokenId: asNumber(entry["token_id"]),
    revokeAt: asText(entry["revoke_at"]),
    lastUsedAt: asText(entry["last_used_at"]),
    state: asText(entry["state"]),
    note: asText(entry["note"]),
  };
}

function reasonOf(value: Value): ReasonForm {
  const entry = known(asRecord(value)) ?? {};
  return { code: asText(entry["code"]), message: asText(entry["message"]) };
}

function destinationsOf(values: Values): TokenForm["destinations"] {
  const list = asList(values["deliver_to"]);
  if (!isKnown(list)) return list;
  const ids = known(asList(values["destination_ids"])) ?? [];
  return list.map((entry, at) => {
    const id = known(asNumber(ids[at]));
    return { ...glsaDestination(entry), ...(id !== undefined && { id }) };
  });
}

function each<T>(value: Value | undefined, form: (entry: Value) => T): Told<readonly T[]> {
  const list = asList(value);
  return isKnown(list) ? list.map(form) : list;
}
