import { fingerprint } from "../../model";
import { readValueNote, type ValueNote } from "../delivery-note";
import type { Delivered, NewValue, Observation } from "../destination";
import { textOfEntries } from "../format/content";
import type { Edit } from "./edit";
import { isVaultError, VaultError } from "./errors";
import type { CustomMetadata, Fields, KvSecret, SecretVersion } from "./kv-secret";
import { NOTE_PREFIX } from "./record";

export function fieldOf(fields: Fields | undefined, field: string): unknown {
  return fields !== undefined && Object.hasOwn(fields, field) ? fields[field] : undefined;
}

/** The fields of a secret that one delivery fills: one with the whole text, or one for each key of a form. */
export class OwnedFields {
  constructor(
    readonly names: readonly string[],
    private readonly hasKeys: boolean,
  ) {}

  /** What they hold, as it is compared; undefined where none is there. */
  textIn(fields: Fields | undefined): unknown {
    const [first = ""] = this.names;
    if (!this.hasKeys) return fieldOf(fields, first);
    const present = this.valuesIn(fields);
    return Object.keys(present).length === 0 ? undefined : textOfEntries(present);
  }

  valuesIn(fields: Fields | undefined): Fields {
    const entries = this.names.map((name) => [name, fieldOf(fields, name)] as const);
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  }

  valuesOf({ value, entries }: NewValue): Readonly<Record<string, string>> {
    return this.hasKeys ? { ...entries } : { [this.names[0] ?? ""]: value };
  }

  othersIn(fields: Fields): Fields {
    const others = Object.entries(fields).filter(([name]) => !this.names.includes(name));
    return Object.fromEntries(others);
  }
}

export function withFields(
  owned: OwnedFields,
  newValue: NewValue,
): (present: SecretVersion) => Edit {
  return ({ fields }) =>
    owned.textIn(fields) === newValue.value
      ? { kind: "nothing" }
      : { kind: "write", fields: { ...fields, ...owned.valuesOf(newValue) } };
}

/** Takes the delivered value away, and only that. */
export function withoutFields(
  owned: OwnedFields,
  delivered: Delivered,
): (present: SecretVersion) => Edit {
  return (present) => {
    const { fields } = present;
    if (fields === undefined || !holdsDelivered(present, owned, delivered)) {
      return { kind: "nothing" };
    }
    return asLeft(owned.othersIn(fields));
  };
}

export interface Replaced {
  readonly before: SecretVersion;
  /** The version that holds the new value and nothing else that is new; undefined where that is not known. */
  readonly version: number | undefined;
}

/** Puts everything back. If another client wrote after this run, only this run's fields. */
export function restoreFields(
  owned: OwnedFields,
  value: string,
  { before, version }: Replaced,
): (present: SecretVersion) => Edit {
  return (present) => {
    const { fields } = present;
    if (fields === undefined || owned.textIn(fields) !== value) return { kind: "nothing" };
    if (present.version === version) {
      return before.fields === undefined
        ? { kind: "erase" }
        : { kind: "write", fields: before.fields };
    }
    return asLeft({ ...owned.othersIn(fields), ...owned.valuesIn(before.fields) });
  };
}

function asLeft(fields: Fields): Edit {
  return Object.keys(fields).length === 0 ? { kind: "erase" } : { kind: "write", fields };
}

function holdsDelivered(present: SecretVersion, owned: OwnedFields, delivered: Delivered): boolean {
  const value = owned.textIn(present.fields);
  if (typeof value !== "string") return false;
  if (delivered.fingerprint !== null) return fingerprint(value) === delivered.fingerprint;
  const note = readFieldNote(present.customMetadata, owned);
  return note?.tokenId === delivered.tokenId && note.fingerprint === fingerprint(value);
}

export function observeFields(
  present: SecretVersion,
  owned: OwnedFields,
  delivered: Delivered,
): Observation {
  const note = readFieldNote(present.customMetadata, owned);
  // An imported token was not delivered by us, so nothing there can be compared with it.
  if (delivered.fingerprint === null && note?.tokenId !== delivered.tokenId) {
    return { kind: "not_comparable" };
  }
  const value = owned.textIn(present.fields);
  if (value === undefined) return { kind: "missing" };
  const known = delivered.fingerprint ?? note?.fingerprint;
  const isDelivered = typeof value === "string" && fingerprint(value) === known;
  return { kind: isDelivered ? "unchanged" : "value_changed" };
}

/** Of a secret that may not be read its custom metadata tells what glsa delivered last, not what the fields hold. */
export async function observeUnreadable(
  secret: KvSecret,
  owned: OwnedFields,
  delivered: Delivered,
): Promise<Observation> {
  try {
    const metadata = await secret.readMetadata();
    const note = readFieldNote(metadata?.customMetadata ?? {}, owned);
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

/** The note of all of them; where they have several, of the first that has one. */
export function readFieldNote(
  metadata: CustomMetadata,
  { names }: Pick<OwnedFields, "names">,
): ValueNote | undefined {
  const notes = names.map((name) => readValueNote(noteTextOf(metadata, name)));
  return notes.find((note) => note !== undefined);
}

export function noteTextOf(metadata: CustomMetadata, field: string): string | undefined {
  const name = noteNameOf(field);
  return Object.hasOwn(metadata, name) ? metadata[name] : undefined;
}

/** Notes by the name of their entry; null is for one that is to be removed. */
export type FieldNotes = Readonly<Record<string, string | null>>;

/** The same note for each field. */
export function notesFor({ names }: OwnedFields, note: string | null): FieldNotes {
  return Object.fromEntries(names.map((name) => [noteNameOf(name), note]));
}

/** The notes as they are. */
export function notesIn({ names }: OwnedFields, metadata: CustomMetadata): FieldNotes {
  return Object.fromEntries(
    names.map((name) => [noteNameOf(name), noteTextOf(metadata, name) ?? null]),
  );
}

export function areNoted(notes: FieldNotes, metadata: CustomMetadata | undefined): boolean {
  return Object.entries(notes).every(([name, note]) => (metadata?.[name] ?? null) === note);
}

const ATTEMPTS = 4;

/**
 * Writes or removes entries. Custom metadata knows no check-and-set: where the policy allows PATCH, entries that others
 * write at the same time stay; else all are written as they were read.
 */
export async function putFieldNotes(
  secret: KvSecret,
  notes: FieldNotes,
  { mayPatch }: { readonly mayPatch: boolean },
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      const isDone = mayPatch && (await patch(secret, notes));
      if (!isDone) await rewrite(secret, notes);
      return;
    } catch (error) {
      // Doing it twice does no harm.
      const mayTryAgain = isVaultError(error) && error.mayHaveTakenEffect && attempt < ATTEMPTS;
      if (!mayTryAgain) throw error;
    }
  }
}

/** False where there is no secret that could be patched. */
async function patch(secret: KvSecret, notes: FieldNotes): Promise<boolean> {
  const isRemoval = Object.values(notes).every((note) => note === null);
  if ((await secret.patchCustomMetadata(notes)) || isRemoval) return true;
  try {
    await secret.create();
  } catch (error) {
    // Another client has created it meanwhile, and it cannot be changed in this way.
    if (!isVaultError(error, "forbidden")) throw error;
  }
  return secret.patchCustomMetadata(notes);
}

async function rewrite(secret: KvSecret, notes: FieldNotes): Promise<void> {
  const present = (await secret.readMetadata())?.customMetadata ?? {};
  if (areNoted(notes, present)) return;
  const entries = Object.entries({ ...present, ...notes }).filter(
    (entry): entry is [string, string] => entry[1] !== null,
  );
  await secret.writeCustomMetadata(Object.fromEntries(entries));
}

/** Others who write all entries at once may have dropped ours. */
export async function confirmFieldNotes(
  secret: KvSecret,
  notes: FieldNotes,
  permission: { readonly mayPatch: boolean },
): Promise<void> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const metadata = await secret.readMetadata();
    if (areNoted(notes, metadata?.customMetadata)) return;
    await putFieldNotes(secret, notes, permission);
  }
  throw new VaultError(
    "notes_not_kept",
    "its custom metadata does not keep what is written there",
    "glsa needs Vault 1.9 or later, and notes its ownership there; find out what else writes custom metadata, and apply again.",
  );
}
