import { fingerprint } from "../../model";
import { readValueNote, type ValueNote } from "../delivery-note";
import type { Delivered, Observation } from "../destination";
import type { Edit } from "./edit";
import { isVaultError, VaultError } from "./errors";
import type { CustomMetadata, Fields, KvSecret, SecretVersion } from "./kv-secret";
import { NOTE_PREFIX } from "./record";

export function fieldOf(fields: Fields | undefined, field: string): unknown {
  return fields !== undefined && Object.hasOwn(fields, field) ? fields[field] : undefined;
}

export function withField(field: string, value: string): (present: SecretVersion) => Edit {
  return ({ fields }) =>
    fieldOf(fields, field) === value
      ? { kind: "nothing" }
      : { kind: "write", fields: { ...fields, [field]: value } };
}

/** Takes the delivered value away, and only that. */
export function withoutField(
  field: string,
  delivered: Delivered,
): (present: SecretVersion) => Edit {
  return (present) => {
    const { fields } = present;
    if (fields === undefined || !holdsDelivered(present, field, delivered)) {
      return { kind: "nothing" };
    }
    return without(fields, field);
  };
}

export interface Replaced {
  readonly before: SecretVersion;
  /** The version that holds the new value and nothing else that is new; undefined where that is not known. */
  readonly version: number | undefined;
}

/** Puts everything back; where somebody else wrote after us, our field only. */
export function restoreField(
  field: string,
  value: string,
  { before, version }: Replaced,
): (present: SecretVersion) => Edit {
  return (present) => {
    const { fields } = present;
    if (fields === undefined || fieldOf(fields, field) !== value) return { kind: "nothing" };
    if (present.version === version) {
      return before.fields === undefined
        ? { kind: "erase" }
        : { kind: "write", fields: before.fields };
    }
    const old = fieldOf(before.fields, field);
    if (old === undefined) return without(fields, field);
    return { kind: "write", fields: { ...fields, [field]: old } };
  };
}

function without(fields: Fields, field: string): Edit {
  const others = Object.entries(fields).filter(([name]) => name !== field);
  return others.length === 0
    ? { kind: "erase" }
    : { kind: "write", fields: Object.fromEntries(others) };
}

function holdsDelivered(present: SecretVersion, field: string, delivered: Delivered): boolean {
  const value = fieldOf(present.fields, field);
  if (typeof value !== "string") return false;
  if (delivered.fingerprint !== null) return fingerprint(value) === delivered.fingerprint;
  const note = readFieldNote(present.customMetadata, field);
  return note?.tokenId === delivered.tokenId && note.fingerprint === fingerprint(value);
}

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

/** Vault's own limit of one secret. */
export const MOST_ENTRIES = 64;

export function noteNameOf(field: string): string {
  return `${NOTE_PREFIX}${field}`;
}

export function readFieldNote(metadata: CustomMetadata, field: string): ValueNote | undefined {
  const name = noteNameOf(field);
  const text = Object.hasOwn(metadata, name) ? metadata[name] : undefined;
  return readValueNote(text);
}

const ATTEMPTS = 4;

/**
 * Writes or, with undefined, removes one entry. Custom metadata knows no check-and-set: where the policy allows PATCH,
 * entries that others write at the same time stay; else all are written as they were read.
 */
export async function putFieldNote(
  secret: KvSecret,
  field: string,
  note: string | undefined,
  { mayPatch }: { readonly mayPatch: boolean },
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      const isDone = mayPatch && (await patch(secret, field, note));
      if (!isDone) await rewrite(secret, field, note);
      return;
    } catch (error) {
      // Doing it twice does no harm.
      const mayTryAgain = isVaultError(error) && error.mayHaveTakenEffect && attempt < ATTEMPTS;
      if (!mayTryAgain) throw error;
    }
  }
}

/** False where there is no secret that could be patched. */
async function patch(secret: KvSecret, field: string, note: string | undefined): Promise<boolean> {
  const entries = { [noteNameOf(field)]: note ?? null };
  if ((await secret.patchCustomMetadata(entries)) || note === undefined) return true;
  try {
    await secret.create();
  } catch (error) {
    // Somebody else has made it meanwhile, and to change it is not allowed in this way.
    if (!isVaultError(error, "forbidden")) throw error;
  }
  return secret.patchCustomMetadata(entries);
}

async function rewrite(secret: KvSecret, field: string, note: string | undefined): Promise<void> {
  const metadata = await secret.readMetadata();
  const { [noteNameOf(field)]: present, ...others } = metadata?.customMetadata ?? {};
  if (present === note) return;
  await secret.writeCustomMetadata(
    note === undefined ? others : { ...others, [noteNameOf(field)]: note },
  );
}

/** Others who write all entries at once may have dropped ours. */
export async function confirmFieldNote(
  secret: KvSecret,
  field: string,
  note: string,
  permission: { readonly mayPatch: boolean },
): Promise<void> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const metadata = await secret.readMetadata();
    if (metadata?.customMetadata[noteNameOf(field)] === note) return;
    await putFieldNote(secret, field, note, permission);
  }
  throw new VaultError(
    "notes_not_kept",
    "its custom metadata does not keep what is written there",
    "glsa needs Vault 1.9 or later, and notes its ownership there; find out what else writes custom metadata, and apply again.",
  );
}
