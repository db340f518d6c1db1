import { serverText } from "../../http";
import { isSameStack } from "../../model";
import type { Ownership } from "../destination";
import { isVaultError, VaultError } from "./errors";
import { fieldOf, MOST_ENTRIES, noteNameOf, readFieldNote, type OwnedFields } from "./field";
import type { KvSecret, SecretMetadata, SecretVersion } from "./kv-secret";
import { LONGEST_FIELD } from "./record";

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

/**
 * Refuses a mount that is no KV engine of version 2: there, the same requests would write a value to another place.
 * Vault's own command line asks the same question before it writes.
 */
export async function refuseOtherEngines({ session, mount }: KvSecret): Promise<void> {
  const path = `sys/internal/ui/mounts/${mount}`;
  const engine = await session
    .request({ method: "GET", path })
    .then(({ data }) => data)
    .catch((error: unknown) => {
      // Who may not ask is refused by what he asks for next.
      if (isVaultError(error, "forbidden")) return undefined;
      throw error;
    });
  if (engine === undefined) return;
  const type = serverText(String(engine["type"]));
  const options = engine["options"];
  const version =
    typeof options === "object" && options !== null && "version" in options
      ? serverText(String(options.version))
      : "1";
  if (type !== "kv" || version !== "2") {
    const found = type === "kv" ? `a KV engine of version ${version}` : `an engine of type ${type}`;
    throw new VaultError(
      "other_engine",
      `mount "${mount}" is ${found}`,
      "Write the mount of a KV engine of version 2.",
    );
  }
  const root = serverText(String(engine["path"])).replace(/\/$/, "");
  if (mount.startsWith(`${root}/`)) {
    const rest = mount.slice(root.length + 1);
    throw new VaultError(
      "other_engine",
      `the engine is mounted at "${root}", not at "${mount}"`,
      `Write mount = "${root}", and put "${rest}/" before path.`,
    );
  }
}

export interface FoundSecret {
  readonly metadata: SecretMetadata | undefined;
  /** Undefined where the policy does not allow to read it. */
  readonly present: SecretVersion | undefined;
}

/** Refuses fields that hold what this declaration did not put there. */
export function refuseForeignFields(
  { names }: OwnedFields,
  found: FoundSecret,
  claim: Ownership,
): void {
  for (const name of names) refuseForeignField(name, found, claim);
}

function refuseForeignField(
  field: string,
  { metadata, present }: FoundSecret,
  { key }: Ownership,
): void {
  const note = readFieldNote(metadata?.customMetadata ?? {}, { names: [field] });
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

export function refuseWithoutRoom(
  { names: fields }: OwnedFields,
  metadata: SecretMetadata | undefined,
): void {
  const names = Object.keys(metadata?.customMetadata ?? {});
  const added = fields.map(noteNameOf).filter((name) => !names.includes(name));
  if (added.length === 0 || names.length + added.length <= MOST_ENTRIES) return;
  throw new VaultError(
    "bad_request",
    `the secret has ${MOST_ENTRIES} entries of custom metadata, so that there is no room to note who owns the field`,
    "Remove entries that are not needed, or choose another path.",
  );
}

function foreign(message: string, remedy: string): VaultError {
  return new VaultError("bad_request", message, remedy);
}

export function refuseUnusableNames(path: string, { names }: OwnedFields): void {
  const isPath = path.split("/").every((segment) => !["", ".", ".."].includes(segment));
  if (!isPath) {
    throw new VaultError(
      "bad_names",
      `"${path}" is no path of a secret`,
      "Write path as it follows the mount, such as ci/deploy-bot, without data/.",
    );
  }
  for (const field of names) {
    const isName =
      field !== "" && Buffer.byteLength(field) <= LONGEST_FIELD && !/\p{C}/u.test(field);
    if (isName) continue;
    throw new VaultError(
      "bad_names",
      `"${field}" cannot be the name of a field`,
      `Write field with 1 to ${LONGEST_FIELD} printable characters.`,
    );
  }
}
