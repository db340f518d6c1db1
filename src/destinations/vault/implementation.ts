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
import type { Settings } from "../record";
import { editSecret, exclusively, setUnreadableField } from "./edit";
import { isVaultError } from "./errors";
import {
  confirmFieldNote,
  noteNameOf,
  observeField,
  observeUnreadable,
  putFieldNote,
  readFieldNote,
  restoreField,
  withField,
  withoutField,
  type Replaced,
} from "./field";
import { KvSecret, type CustomMetadata, type SecretVersion } from "./kv-secret";
import {
  askPermissions,
  refuseForeignField,
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
  /** Take over a field that something else wrote. */
  readonly overwrite: boolean;
}

export function place(settings: Settings<typeof vault.attributes>): Destination {
  const { address, namespace } = settings;
  return new VaultSecret({
    ...settings,
    address: address ?? undefined,
    namespace: namespace ?? undefined,
  });
}

/**
 * One field of a secret in HashiCorp Vault or OpenBao. The secret's other fields belong to others.
 * @see https://developer.hashicorp.com/vault/docs/secrets/kv/kv-v2
 */
export class VaultSecret implements Destination {
  readonly label: string;
  readonly address: string;
  private readonly field: string;
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
    this.field = options.field;
    this.path = withoutOuterSlashes(options.path);
    const server = vaultAddress(options.address, environment);
    const namespace = vaultNamespace(options.namespace, environment);
    // A namespace may be given on its own or as the beginning of the mount, and means the same.
    const place = [namespace, withoutOuterSlashes(options.mount), this.path]
      .filter((part) => part !== "")
      .join("/");
    this.label = `field "${this.field}" of Vault secret "${place}"${server === undefined ? "" : ` at ${server}`}`;
    this.lock = JSON.stringify([server ?? null, place]);
    this.address = `vault ${JSON.stringify([server ?? null, place, this.field])}`;
  }

  /** Known for certain after `check`. */
  get canRestore(): boolean {
    return this.mayRead;
  }

  async check(claim: Ownership): Promise<void> {
    await this.guard(async () => {
      refuseUnusableNames(this.path, this.field);
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
        refuseForeignField(this.field, { metadata, present }, claim);
      }
      refuseWithoutRoom(this.field, metadata);
    });
  }

  async deliver(newValue: NewValue): Promise<Restore | undefined> {
    return this.alone(async (secret) => {
      const before = await this.readIfAllowed(secret);
      const note = formatValueNote(newValue);
      const previous = (await notesOf(secret, before))[noteNameOf(this.field)];
      // First, so that a run which is killed in between knows its own field again.
      await this.putNote(secret, note);
      if (before === undefined) {
        await this.deliverUnseen(secret, newValue, previous);
        return undefined;
      }
      const replaced = await this.replace(secret, newValue, { before, previous });
      return () =>
        this.alone(async () => {
          await this.putValueBack(secret, newValue, replaced);
          await this.putNote(secret, previous);
        });
    });
  }

  async observe(delivered: Delivered): Promise<Observation> {
    return this.guard(async () => {
      const secret = this.secret();
      const present = await this.readIfAllowed(secret);
      return present === undefined
        ? observeUnreadable(secret, this.field, delivered)
        : observeField(present, this.field, delivered);
    });
  }

  /** There are none. */
  async applySettings(): Promise<void> {}

  async remove(delivered: Delivered): Promise<void> {
    await this.alone(async (secret) => {
      const present = await this.readIfAllowed(secret);
      const note = readFieldNote(await notesOf(secret, present), this.field);
      const isNoted = note?.tokenId === delivered.tokenId;
      if (present !== undefined) {
        const edited = await editSecret(secret, withoutField(this.field, delivered));
        if (edited !== undefined || isNoted) await this.putNote(secret, undefined);
      } else if (isNoted) {
        await setUnreadableField(secret, this.field, null);
        await this.putNote(secret, undefined);
      }
    });
  }

  private async replace(
    secret: KvSecret,
    newValue: NewValue,
    { before, previous }: { readonly before: SecretVersion; readonly previous: string | undefined },
  ): Promise<Replaced> {
    let replaced: Replaced = { before, version: undefined };
    try {
      const edited = await editSecret(secret, withField(this.field, newValue.value));
      if (edited !== undefined) replaced = edited;
      const note = formatValueNote(newValue);
      if (edited?.customMetadata?.[noteNameOf(this.field)] !== note) {
        await confirmFieldNote(secret, this.field, note, await this.notePermission(secret));
      }
      return replaced;
    } catch (error) {
      const isBack = await succeeds(this.putValueBack(secret, newValue, replaced));
      await succeeds(this.putNote(secret, previous));
      throw this.failure(error, { mayHoldValue: !isBack });
    }
  }

  private async putValueBack(
    secret: KvSecret,
    { value }: NewValue,
    replaced: Replaced,
  ): Promise<void> {
    await editSecret(secret, restoreField(this.field, value, replaced));
  }

  private async deliverUnseen(
    secret: KvSecret,
    { value }: NewValue,
    previous: string | undefined,
  ): Promise<void> {
    try {
      await setUnreadableField(secret, this.field, value);
    } catch (error) {
      const isRefused = isVaultError(error, "forbidden", "bad_request", "changing");
      if (isRefused) await succeeds(this.putNote(secret, previous));
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

  private async putNote(secret: KvSecret, note: string | undefined): Promise<void> {
    await putFieldNote(secret, this.field, note, await this.notePermission(secret));
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

function succeeds(work: Promise<unknown>): Promise<boolean> {
  return work.then(
    () => true,
    () => false,
  );
}

/** Of a secret that was never written the read tells no custom metadata. */
async function notesOf(
  secret: KvSecret,
  present: SecretVersion | undefined,
): Promise<CustomMetadata> {
  if (present !== undefined && present.version > 0) return present.customMetadata;
  return (await secret.readMetadata())?.customMetadata ?? {};
}
