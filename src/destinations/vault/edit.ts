import { pauseAfterCollision } from "../collision";
import { isVaultError, VaultError } from "./errors";
import type { CustomMetadata, Fields, KvSecret, SecretMetadata, SecretVersion } from "./kv-secret";

/** What to do with a secret. `nothing` if it is already as wanted. */
export type Edit =
  | { readonly kind: "nothing" }
  | { readonly kind: "write"; readonly fields: Fields }
  /** No field is left, and no secret if the policy allows its deletion. */
  | { readonly kind: "erase" };

type ChangingEdit = Exclude<Edit, { readonly kind: "nothing" }>;

export interface Edited {
  readonly before: SecretVersion;
  /** The version that this edit made; undefined where something else wrote after it. */
  readonly version: number | undefined;
  /** As it was when the edit was written, where that is known. */
  readonly customMetadata: CustomMetadata | undefined;
}

const ATTEMPTS = 12;
const MOST_LOST_ANSWERS = 3;

/**
 * Changes a secret without losing what others write to it at the same time: every write is bound to the version that
 * was read. Answers undefined where nothing had to be done.
 */
export async function editSecret(
  secret: KvSecret,
  decide: (present: SecretVersion) => Edit,
): Promise<Edited | undefined> {
  let lost: { readonly before: SecretVersion; readonly edit: ChangingEdit } | undefined;
  let lostAnswers = 0;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const present = await secret.read();
    const edit = decide(present);
    if (edit.kind === "nothing") {
      return lost && finish(secret, lost.edit, arrived(lost.before, present));
    }
    try {
      const fields = edit.kind === "erase" ? {} : edit.fields;
      const written = await secret.write(fields, present.version);
      return await finish(secret, edit, { before: present, ...written });
    } catch (error) {
      if (!isVaultError(error)) throw error;
      if (error.mayHaveTakenEffect) {
        lost = { before: present, edit };
        if (++lostAnswers > MOST_LOST_ANSWERS) throw error;
      } else if (error.kind !== "check_and_set") throw error;
    }
    await pauseAfterCollision(attempt);
  }
  throw tooManyWriters();
}

/** What the next read tells of a write whose answer was lost. */
function arrived(before: SecretVersion, present: SecretVersion): Edited {
  const isNext = present.version === before.version + 1;
  return {
    before,
    version: isNext ? present.version : undefined,
    customMetadata: present.customMetadata,
  };
}

/**
 * A deletion creates no new version, so another client that has read the fields could write them all again: the secret
 * is emptied first, and then the empty version is deleted, with the one that held the last field.
 */
async function finish(secret: KvSecret, edit: ChangingEdit, edited: Edited): Promise<Edited> {
  if (edit.kind !== "erase" || edited.version === undefined) return edited;
  try {
    await secret.deleteVersions([edited.before.version, edited.version]);
  } catch (error) {
    // An empty secret is all that is left over.
    if (!isVaultError(error)) throw error;
  }
  return edited;
}

function tooManyWriters(): VaultError {
  return new VaultError(
    "changing",
    `it was changed by another client at each of ${ATTEMPTS} attempts`,
    "Find out what writes to it all the time, and apply again.",
  );
}

/**
 * Sets fields of a secret that cannot be read; null removes one. Vault merges them into the other fields itself;
 * writing all fields would lose them.
 */
export async function setUnreadableFields(
  secret: KvSecret,
  fields: Readonly<Record<string, string | null>>,
): Promise<void> {
  const isRemoval = Object.values(fields).every((value) => value === null);
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const metadata = await secret.readMetadata();
    if (isRemoval && !metadata?.isLive) return;
    try {
      if (await change(secret, fields, metadata)) return;
    } catch (error) {
      // Doing it twice does no harm, so a lost answer needs no looking up.
      const mayTryAgain =
        isVaultError(error) && (error.mayHaveTakenEffect || error.kind === "check_and_set");
      if (!mayTryAgain) throw error;
    }
    await pauseAfterCollision(attempt);
  }
  throw tooManyWriters();
}

/** False where the secret was deleted meanwhile. */
async function change(
  secret: KvSecret,
  fields: Readonly<Record<string, string | null>>,
  metadata: SecretMetadata | undefined,
): Promise<boolean> {
  const version = metadata?.currentVersion ?? 0;
  const written = metadata?.isLive
    ? await secret.patch(fields, version)
    : await secret.write(fields, version);
  return written !== undefined;
}

const queues = new Map<string, Promise<void>>();

/** One piece of work at a time for each path, so that the fields of one secret need not try again and again. */
export async function exclusively<T>(path: string, work: () => Promise<T>): Promise<T> {
  const before = queues.get(path) ?? Promise.resolve();
  const result = before.then(work);
  const done = result.then(
    () => undefined,
    () => undefined,
  );
  queues.set(path, done);
  try {
    return await result;
  } finally {
    if (queues.get(path) === done) queues.delete(path);
  }
}
