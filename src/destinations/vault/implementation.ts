import { formatValueNote } from "../delivery-note";
import type {
  Delivered,
  Destination,
  NewValue,
  Observation,
  Ownership,
  Restore,
} from "../destination";
import { DeliveryError } from "../errors";
import { formatOf, keysOf } from "../format/record";
import type { Settings } from "../record";
import { editSecret, exclusively, setUnreadableFields } from "./edit";
import { isVaultError } from "./errors";
import {
  areNoted,
  confirmFieldNotes,
  notesFor,
  notesIn,
  observeFields,
  observeUnreadable,
  OwnedFields,
  putFieldNotes,
  readFieldNote,
  restoreFields,
  withFields,
  withoutFields,
  type FieldNotes,
  type Replaced,
} from "./field";
import { KvSecret, type CustomMetadata, type SecretVersion } from "./kv-secret";
import {
  askPermissions,
  refuseForeignFields,
  refuseMissingPermissions,
  refuseOtherEngines,
  refuseUnusableNames,
  refuseWithoutRoom,
  type Permissions,
} from "./preflight";
import type { vault } from "./record";
import { vaultSession } from "./session";
import { vaultAddress, vaultNamespace, withoutOuterSlashes, type Environment } from "./settings";

export interface VaultOptions {
  /** @default VAULT_ADDR, else VAULT_SERVER_URL */
  readonly address: string | undefined;
  /** @default VAULT_NAMESPACE, else the root namespace */
  readonly namespace: string | undefined;
  /** Of a KV engine of version 2. */
  readonly mount: string;
  /** As it follows the mount, without `data/`. */
  readonly path: string;
  readonly field: string;
  /** The keys of the form, each of which is a field in the place of `field`. */
  readonly keys?: readonly string[] | undefined;
  /** Take over a field that something else wrote. */
  readonly overwrite: boolean;
}

export function place(settings: Settings<typeof vault.attributes>): Destination {
  const { address, namespace } = settings;
  return new VaultSecret({
    ...settings,
    keys: keysOf(formatOf(settings)),
    address: address ?? undefined,
    namespace: namespace ?? undefined,
  });
}

/**
 * One field of a secret in HashiCorp Vault or OpenBao, or one for each key of a form. The secret's other fields belong
 * to others.
 * @see https://developer.hashicorp.com/vault/docs/secrets/kv/kv-v2
 */
export class VaultSecret implements Destination {
  readonly label: string;
  readonly address: string;
  readonly aliases: readonly string[];
  private readonly fields: OwnedFields;
  private readonly path: string;
  private readonly lock: string;
  private mayRead = true;
  private permissions: Promise<Permissions | undefined> | undefined;
  /** It holds Vault's credentials. */
  readonly #environment: Environment;

  constructor(
    private readonly options: VaultOptions,
    environment: Environment = process.env,
  ) {
    this.#environment = environment;
    this.fields = new OwnedFields(options.keys ?? [options.field], options.keys !== undefined);
    this.path = withoutOuterSlashes(options.path);
    const server = vaultAddress(options.address, environment);
    const namespace = vaultNamespace(options.namespace, environment);
    // A namespace may be given on its own or as the beginning of the mount, and means the same.
    const place = [namespace, withoutOuterSlashes(options.mount), this.path]
      .filter((part) => part !== "")
      .join("/");
    this.label = `${fieldsInWords(this.fields.names)} of Vault secret "${place}"${server === undefined ? "" : ` at ${server}`}`;
    this.lock = JSON.stringify([server ?? null, place]);
    const [address = "", ...aliases] = this.fields.names.map(
      (name) => `vault ${JSON.stringify([server ?? null, place, name])}`,
    );
    this.address = address;
    this.aliases = aliases;
  }

  /** Known for certain after `check`. */
  get canRestore(): boolean {
    return this.mayRead;
  }

  async check(claim: Ownership): Promise<void> {
    await this.guard(async () => {
      refuseUnusableNames(this.path, this.fields);
      const secret = this.secret();
      await refuseOtherEngines(secret);
      const permissions = await this.askPermissions(secret);
      const metadata =
        permissions?.metadata.has("read") === false ? undefined : await secret.readMetadata();
      if (permissions !== undefined) {
        refuseMissingPermissions(secret, permissions, { exists: metadata !== undefined });
      }
      const present = await this.readIfAllowed(secret);
      if (!claim.deliveredBefore && !this.options.overwrite) {
        refuseForeignFields(this.fields, { metadata, present }, claim);
      }
      refuseWithoutRoom(this.fields, metadata);
    });
  }

  async deliver(newValue: NewValue): Promise<Restore | undefined> {
    return this.alone(async (secret) => {
      const before = await this.readIfAllowed(secret);
      const previous = notesIn(this.fields, await notesOf(secret, before));
      // First, so that a run which is killed in between knows its own fields again.
      await this.putNotes(secret, notesFor(this.fields, formatValueNote(newValue)));
      if (before === undefined) {
        await this.deliverUnseen(secret, newValue, previous);
        return undefined;
      }
      const replaced = await this.replace(secret, newValue, { before, previous });
      return () =>
        this.alone(async () => {
          await this.putValueBack(secret, newValue, replaced);
          await this.putNotes(secret, previous);
        });
    });
  }

  async observe(delivered: Delivered): Promise<Observation> {
    return this.guard(async () => {
      const secret = this.secret();
      const present = await this.readIfAllowed(secret);
      return present === undefined
        ? observeUnreadable(secret, this.fields, delivered)
        : observeFields(present, this.fields, delivered);
    });
  }

  /** There are none. */
  async applySettings(): Promise<void> {}

  async remove(delivered: Delivered): Promise<void> {
    await this.alone(async (secret) => {
      const present = await this.readIfAllowed(secret);
      const note = readFieldNote(await notesOf(secret, present), this.fields);
      const isNoted = note?.tokenId === delivered.tokenId;
      const none = notesFor(this.fields, null);
      if (present !== undefined) {
        const edited = await editSecret(secret, withoutFields(this.fields, delivered));
        if (edited !== undefined || isNoted) await this.putNotes(secret, none);
      } else if (isNoted) {
        const removed = this.fields.names.map((name) => [name, null] as const);
        await setUnreadableFields(secret, Object.fromEntries(removed));
        await this.putNotes(secret, none);
      }
    });
  }

  private async replace(
    secret: KvSecret,
    newValue: NewValue,
    { before, previous }: { readonly before: SecretVersion; readonly previous: FieldNotes },
  ): Promise<Replaced> {
    let replaced: Replaced = { before, version: undefined };
    try {
      const edited = await editSecret(secret, withFields(this.fields, newValue));
      if (edited !== undefined) replaced = edited;
      const notes = notesFor(this.fields, formatValueNote(newValue));
      if (!areNoted(notes, edited?.customMetadata)) {
        await confirmFieldNotes(secret, notes, await this.notePermission(secret));
      }
      return replaced;
    } catch (error) {
      const isBack = await succeeds(this.putValueBack(secret, newValue, replaced));
      await succeeds(this.putNotes(secret, previous));
      throw this.failure(error, { mayHoldValue: !isBack });
    }
  }

  private async putValueBack(
    secret: KvSecret,
    { value }: NewValue,
    replaced: Replaced,
  ): Promise<void> {
    await editSecret(secret, restoreFields(this.fields, value, replaced));
  }

  private async deliverUnseen(
    secret: KvSecret,
    newValue: NewValue,
    previous: FieldNotes,
  ): Promise<void> {
    try {
      await setUnreadableFields(secret, this.fields.valuesOf(newValue));
    } catch (error) {
      const isRefused = isVaultError(error, "forbidden", "bad_request", "changing");
      if (isRefused) await succeeds(this.putNotes(secret, previous));
      throw this.failure(error, { mayHoldValue: !isRefused });
    }
  }

  private secret(): KvSecret {
    const session = vaultSession(this.options, this.#environment);
    return new KvSecret(session, withoutOuterSlashes(this.options.mount), this.path);
  }

  private async readIfAllowed(secret: KvSecret): Promise<SecretVersion | undefined> {
    if (!this.mayRead) return undefined;
    try {
      return await secret.read();
    } catch (error) {
      if (!isVaultError(error, "forbidden")) throw error;
      this.mayRead = false;
      return undefined;
    }
  }

  private async putNotes(secret: KvSecret, notes: FieldNotes): Promise<void> {
    await putFieldNotes(secret, notes, await this.notePermission(secret));
  }

  private async notePermission(secret: KvSecret): Promise<{ readonly mayPatch: boolean }> {
    const permissions = await this.askPermissions(secret);
    return { mayPatch: permissions?.metadata.has("patch") ?? false };
  }

  private askPermissions(secret: KvSecret): Promise<Permissions | undefined> {
    this.permissions ??= askPermissions(secret).catch((error: unknown) => {
      this.permissions = undefined;
      throw error;
    });
    return this.permissions;
  }

  private alone<T>(work: (secret: KvSecret) => Promise<T>): Promise<T> {
    return this.guard(() => exclusively(this.lock, () => work(this.secret())));
  }

  private async guard<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw this.failure(error);
    }
  }

  private failure(error: unknown, effect: { readonly mayHoldValue?: boolean } = {}): unknown {
    if (!isVaultError(error)) return error;
    const { message, remedy, isLocal } = error;
    return new DeliveryError(this.label, message, remedy, { ...effect, isLocal });
  }
}

function fieldsInWords(names: readonly string[]): string {
  const quoted = names.map((name) => `"${name}"`).join(", ");
  return `${names.length === 1 ? "field" : "fields"} ${quoted}`;
}

function succeeds(work: Promise<unknown>): Promise<boolean> {
  return work.then(
    () => true,
    () => false,
  );
}

/** Of a secret that was never written the read shows no custom metadata. */
async function notesOf(
  secret: KvSecret,
  present: SecretVersion | undefined,
): Promise<CustomMetadata> {
  if (present !== undefined && present.version > 0) return present.customMetadata;
  return (await secret.readMetadata())?.customMetadata ?? {};
}
