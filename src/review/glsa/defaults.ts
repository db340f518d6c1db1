import { defaultsOf, RECORDS } from "../../destinations/entry";
import { isKnown, type Value, type Values } from "../objects/values";

/** glsa's defaults for attributes that are not written. A test compares them with the provider's schemas. */
export const DEFAULTS: { readonly [type: string]: Values } = {
  glsa_service_account: { deletion_protection: false, on_destroy: "delete", hard_delete: false },
  glsa_access_token: { description: "", never_expires: false, store_value: false },
  glsa_memberships: { exclusive: false },
  glsa_membership: { remove_memberships_below: false },
};

export const ROTATION_DEFAULTS: Values = { overlap: "3d", quiet_for: "1d", max_hold: "7d" };

/** Written attributes as they are planned. */
export function withDefaults(type: string, written: Values): Values {
  const all = { ...DEFAULTS[type], ...written };
  if (type === "glsa_service_account")
    return { ...all, name: all["name"] ?? all["username"] ?? null };
  if (type !== "glsa_access_token") return all;
  const rotation = filled(all["rotation"], ROTATION_DEFAULTS);
  const entries = all["deliver_to"] ?? null;
  const destinations = Array.isArray(entries) ? (entries as Value[]).map(withDestination) : entries;
  return { ...all, rotation, deliver_to: destinations };
}

function withDestination(entry: Value): Value {
  if (!isRecord(entry)) return entry;
  return Object.fromEntries(
    Object.entries(entry).map(([kind, settings]) => {
      const record = RECORDS[kind];
      return [kind, record === undefined ? settings : filled(settings, defaultsOf(record))];
    }),
  );
}

function filled(value: Value | undefined, defaults: Values): Value {
  return isRecord(value) ? { ...defaults, ...value } : (value ?? null);
}

function isRecord(value: Value | undefined): value is Values {
  if (value === undefined || !isKnown(value)) return false;
  return typeof value === "object" && !Array.isArray(value);
}
