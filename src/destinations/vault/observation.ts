import { fingerprint } from "../../model";
import type { Delivered, Observation } from "../destination";
import { isVaultError } from "./errors";
import { fieldOf } from "./field";
import { readFieldNote } from "./field-note";
import type { KvSecret, SecretVersion } from "./kv-secret";

export function observeField(
  present: SecretVersion,
  field: string,
  delivered: Delivered,
): Observation {
  const note = readFieldNote(present.customMetadata, field);
  // An imported token was not delivered by us, so nothing there can be compared with it.
  if (delivered.fingerprint === null && note?.tokenId !== delivered.tokenId) {
    return { kind: "not_comparable" };
  }
  const value = fieldOf(present.fields, field);
  if (value === undefined) return { kind: "missing" };
  const known = delivered.fingerprint ?? note?.fingerprint;
  const isDelivered = typeof value === "string" && fingerprint(value) === known;
  return { kind: isDelivered ? "unchanged" : "value_changed" };
}

/** Of a secret that may not be read its custom metadata tells what glsa delivered last, not what the field holds. */
export async function observeUnreadable(
  secret: KvSecret,
  field: string,
  delivered: Delivered,
): Promise<Observation> {
  try {
    const metadata = await secret.readMetadata();
    const note = readFieldNote(metadata?.customMetadata ?? {}, field);
    if (delivered.fingerprint === null && note === undefined) return { kind: "not_comparable" };
    if (!metadata?.isLive) return { kind: "missing" };
    const isOthers = note !== undefined && note.tokenId !== delivered.tokenId;
    return { kind: isOthers ? "value_changed" : "not_comparable" };
  } catch (error) {
    if (isVaultError(error, "forbidden")) return { kind: "not_comparable" };
    throw error;
  }
}
