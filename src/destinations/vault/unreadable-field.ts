import { isVaultError } from "./errors";
import type { KvSecret, SecretMetadata } from "./kv-secret";
import { pauseAfter, tooManyWriters } from "./secret-edit";

const ATTEMPTS = 12;

/**
 * Sets one field of a secret that may not be read, null removing it. Vault merges it into the other fields itself; to
 * write them all anew would lose them.
 */
export async function setUnreadableField(
  secret: KvSecret,
  field: string,
  value: string | null,
): Promise<void> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const metadata = await secret.readMetadata();
    if (value === null && !metadata?.isLive) return;
    try {
      if (await change(secret, { [field]: value }, metadata)) return;
    } catch (error) {
      // Doing it twice does no harm, so a lost answer needs no looking up.
      const mayTryAgain =
        isVaultError(error) && (error.mayHaveTakenEffect || error.kind === "check_and_set");
      if (!mayTryAgain) throw error;
    }
    await pauseAfter(attempt);
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
