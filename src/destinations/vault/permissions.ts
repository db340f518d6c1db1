import { isVaultError, VaultError } from "./errors";
import type { KvSecret } from "./kv-secret";

type Capability = "create" | "read" | "update" | "patch";

/** What the policies of the present token allow for one secret. */
export interface Permissions {
  readonly data: ReadonlySet<string>;
  readonly metadata: ReadonlySet<string>;
}

const EVERYTHING: ReadonlySet<string> = new Set(["create", "read", "update", "patch"]);

/**
 * Undefined where the token may not even ask.
 * @see https://developer.hashicorp.com/vault/api-docs/system/capabilities-self
 */
export async function askPermissions(secret: KvSecret): Promise<Permissions | undefined> {
  const [data, metadata] = [secret.pathOf("data"), secret.pathOf("metadata")];
  const body = { paths: [data, metadata] };
  try {
    const call = { method: "POST", path: "sys/capabilities-self", body } as const;
    const reply = await secret.session.request(call);
    const named = reply.data ?? reply.body;
    return { data: capabilitiesIn(named[data]), metadata: capabilitiesIn(named[metadata]) };
  } catch (error) {
    if (isVaultError(error, "forbidden")) return undefined;
    throw error;
  }
}

/** Refuses what a later write would be refused for. */
export function refuseMissingPermissions(
  secret: KvSecret,
  { data, metadata }: Permissions,
  { exists }: { readonly exists: boolean },
): void {
  // The note is written first, so the secret exists by the time its value is written.
  const noteNeeds: Capability[] = ["read", exists ? "update" : "create"];
  const mayNote =
    metadata.has("read") && (exists ? hasAny(metadata, "update", "patch") : metadata.has("create"));
  if (!mayNote) throw lacking(secret.pathOf("metadata"), noteNeeds, metadata, NOTE_REASON);
  if (data.has("read")) {
    if (!data.has("update")) throw lacking(secret.pathOf("data"), ["update"], data, "");
    return;
  }
  if (!data.has("patch") || !data.has("update")) {
    throw lacking(secret.pathOf("data"), ["read", "update"], data, READ_REASON);
  }
}

const NOTE_REASON = " The secret's custom metadata notes whose value the field holds.";
const READ_REASON =
  " Without read, patch is needed beside update, or the secret's other fields would be lost.";

function lacking(
  path: string,
  needed: readonly Capability[],
  present: ReadonlySet<string>,
  reason: string,
): VaultError {
  const missing = needed.filter((capability) => !present.has(capability));
  const words = missing.map((capability) => `"${capability}"`).join(" and ");
  return new VaultError(
    "forbidden",
    `the policies of the Vault token do not allow ${words} on ${path}`,
    `Add to its policy: path "${path}" { capabilities = ["create", "read", "update", "patch"] }.${reason}`,
  );
}

function capabilitiesIn(value: unknown): ReadonlySet<string> {
  const names = Array.isArray(value) ? value.map(String) : [];
  return names.includes("root") ? EVERYTHING : new Set(names);
}

function hasAny(capabilities: ReadonlySet<string>, ...wanted: readonly Capability[]): boolean {
  return wanted.some((capability) => capabilities.has(capability));
}
