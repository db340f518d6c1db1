import { isSameStack } from "../../model";
import type { Ownership } from "../destination";
import { VaultError } from "./errors";
import { fieldOf } from "./field";
import { MOST_ENTRIES, noteNameOf, readFieldNote } from "./field-note";
import type { SecretMetadata, SecretVersion } from "./kv-secret";

export interface FoundSecret {
  readonly metadata: SecretMetadata | undefined;
  /** Undefined where the policy does not allow to read it. */
  readonly present: SecretVersion | undefined;
}

/** Refuses a field that holds what this declaration did not put there. */
export function refuseForeignField(
  field: string,
  { metadata, present }: FoundSecret,
  { key }: Ownership,
): void {
  const note = readFieldNote(metadata?.customMetadata ?? {}, field);
  if (note !== undefined) {
    // Within one stack no two tokens share a destination, so what is there was this one's, or was given up.
    if (isSameStack(note.marker.key, key)) return;
    throw foreign(
      "another stack of glsa delivers there (its custom metadata says so)",
      "Choose another field, or set overwrite = true to take it over.",
    );
  }
  if (present === undefined && metadata?.isLive) {
    throw foreign(
      "the secret exists, and the Vault policy does not allow to see whether the field does",
      "Allow read, or set overwrite = true to write the field whatever it holds.",
    );
  }
  if (fieldOf(present?.fields, field) !== undefined) {
    throw foreign(
      "it exists already and was not written by this declaration",
      "Remove the field, choose another one, or set overwrite = true to take it over.",
    );
  }
}

export function refuseWithoutRoom(field: string, metadata: SecretMetadata | undefined): void {
  const names = Object.keys(metadata?.customMetadata ?? {});
  if (names.includes(noteNameOf(field)) || names.length < MOST_ENTRIES) return;
  throw new VaultError(
    "bad_request",
    `the secret has ${MOST_ENTRIES} entries of custom metadata, so that there is no room to note who owns the field`,
    "Remove entries that nobody needs, or choose another path.",
  );
}

function foreign(message: string, remedy: string): VaultError {
  return new VaultError("bad_request", message, remedy);
}
