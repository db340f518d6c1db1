import { formatValueNote, readValueNote, type ValueNote } from "../delivery-note";
import { isVaultError, VaultError } from "./errors";
import type { CustomMetadata, KvSecret } from "./kv-secret";
import { NOTE_PREFIX } from "./record";

/** Vault's own limit of one secret. */
export const MOST_ENTRIES = 64;

export function noteNameOf(field: string): string {
  return `${NOTE_PREFIX}${field}`;
}

export const formatFieldNote = formatValueNote;

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
