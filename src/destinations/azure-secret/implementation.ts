import { readMarker } from "../../model";
import { readDeliveryNote } from "../delivery-note";
import type { Destination, NewValue } from "../destination";
import type { Settings } from "../record";
import type { Content, Found, Store } from "../stored/store";
import { StoreError } from "../stored/store-error";
import { StoredValue } from "../stored/stored-value";
import { KeyVault, type SecretVersion, type Tags } from "./key-vault";
import { azureSecret, keyVaultAddress } from "./record";

/** The tag that says whose a version is. */
const NOTE = "glsa";
/** The tag that says on which day its token ends. */
const EXPIRES = "glsa-expires";
/** What the version holds that waits for a token; it is disabled. */
const EMPTY = "{}";

export function place(settings: Settings<typeof azureSecret.attributes>): Destination {
  return new StoredValue(new AzureStore(settings), settings);
}

interface FoundSecret extends Found {
  readonly version: SecretVersion;
}

/**
 * A secret in a key vault. A version's tags are written with its value, in one request. The newest version is what
 * consumers read, disabled or not: an old value is put back as a further version.
 */
class AzureStore implements Store<FoundSecret> {
  readonly label: string;
  readonly address: string;
  private mayRead = true;
  /** The version that this run wrote last: those of one second look alike in a list. */
  private written: string | undefined;
  private readonly vault: KeyVault;

  constructor(private readonly settings: Settings<typeof azureSecret.attributes>) {
    const { vault, name } = settings;
    this.label = azureSecret.label(settings, String);
    this.address = azureSecret.spelling?.(settings) ?? this.label;
    this.vault = new KeyVault(keyVaultAddress(vault), name);
  }

  get canRestore(): boolean {
    return this.mayRead;
  }

  async look(): Promise<FoundSecret | undefined> {
    const read = await this.vault.read();
    if (read === undefined) return undefined;
    if (typeof read === "object") {
      const content: Content = { kind: "text", text: read.value };
      return { version: read, note: read.tags[NOTE], content: async () => content };
    }
    const version = await this.newest();
    if (version === undefined) return undefined;
    if (read === "hidden") this.mayRead = false;
    const isAbsent = read === "disabled" || !version.isEnabled;
    const content: Content = { kind: isAbsent ? "absent" : "hidden" };
    return {
      version,
      note: version.tags[NOTE],
      content: async () => content,
      // Its tags came with its value.
      evidence: async (tokenId, { tokenId: noted }) => (isAbsent ? undefined : noted === tokenId),
    };
  }

  async prepare(found: FoundSecret | undefined, claim: string): Promise<void> {
    if (found === undefined) {
      const first = { value: EMPTY, tags: { [NOTE]: claim }, isEnabled: false };
      const version = await this.claim(first);
      await this.vault.change(version, { tags: version.tags });
    } else {
      const { version } = found;
      await this.vault.change(version, { tags: { [NOTE]: claim, ...version.tags } });
      await this.vault.proveWritable();
    }
  }

  async write(
    { value, expiresAt }: NewValue,
    note: string,
    before: FoundSecret | undefined,
  ): Promise<void> {
    const others = unowned(before?.version.tags ?? {});
    const tags = { ...others, [NOTE]: note, ...(expiresAt != null && { [EXPIRES]: expiresAt }) };
    const expires = expiresAt == null ? undefined : Date.parse(expiresAt) / 1000;
    this.written = (await this.vault.write({ value, tags, expires })).id;
  }

  async restore(before: FoundSecret | undefined, { value }: NewValue): Promise<void> {
    const present = await this.vault.read();
    if (typeof present !== "object" || present.value !== value) return;
    const old = await before?.content();
    if (before !== undefined && old?.kind === "text") {
      const { tags, expires } = before.version;
      this.written = (await this.vault.write({ value: old.text, tags, expires })).id;
    }
    await this.vault.change(present, { isEnabled: false, tags: unowned(present.tags) });
  }

  /** There are none. */
  async applySettings(): Promise<void> {}

  /** Disabled, and not deleted: a vault keeps the name of a deleted secret to itself for weeks. */
  async remove({ version, note }: FoundSecret): Promise<void> {
    const key = readDeliveryNote(note)?.marker.key;
    const older = key === undefined ? [] : await this.olderOf(key, version).catch(unlessDenied);
    for (const each of older) await this.vault.change(each, { isEnabled: false });
    for (const each of await this.claimsBeside(version))
      await this.vault.change(each, { tags: unowned(each.tags) });
    await this.vault.change(version, { isEnabled: false, tags: unowned(version.tags) });
  }

  /** Versions of one second look alike in a list, so that a claim among them would keep the place. */
  private async claimsBeside({ id, createdAt, tags }: SecretVersion): Promise<SecretVersion[]> {
    const versions = await this.vault.versions().catch(unlessDenied);
    const key = readMarker(tags[NOTE] ?? null)?.key;
    return versions.filter(
      (each) =>
        each.id !== id &&
        each.createdAt === createdAt &&
        readMarker(each.tags[NOTE] ?? null)?.key === key,
    );
  }

  async tidy(living: readonly number[]): Promise<void> {
    const present = await this.look();
    const key = readDeliveryNote(present?.note)?.marker.key;
    if (present === undefined || key === undefined) return;
    for (const version of await this.olderOf(key, present.version)) {
      const token = readDeliveryNote(version.tags[NOTE])?.tokenId;
      const isDead = token === undefined || !living.includes(token);
      if (isDead) await this.vault.change(version, { isEnabled: false });
    }
  }

  /** Enabled ones that a declaration wrote. */
  private async olderOf(key: string, present: SecretVersion): Promise<SecretVersion[]> {
    const versions = await this.vault.versions();
    return versions.filter(
      ({ id, isEnabled, tags }) =>
        isEnabled && id !== present.id && readDeliveryNote(tags[NOTE])?.marker.key === key,
    );
  }

  private async newest(): Promise<SecretVersion | undefined> {
    const rank = ({ id, createdAt, tags }: SecretVersion) => [
      createdAt,
      id === this.written ? Infinity : (readDeliveryNote(tags[NOTE])?.marker.generation ?? -1),
    ];
    const versions = await this.vault.versions();
    return versions.sort((one, other) => {
      const [at = 0, generation = 0] = rank(one);
      const [otherAt = 0, otherGeneration = 0] = rank(other);
      return otherAt - at || otherGeneration - generation;
    })[0];
  }

  private async claim(first: Parameters<KeyVault["write"]>[0]): Promise<SecretVersion> {
    try {
      return await this.vault.write(first);
    } catch (error) {
      if (!(error instanceof StoreError) || error.kind !== "ObjectIsDeletedButRecoverable") {
        throw error;
      }
      const { vault, name } = this.settings;
      throw new StoreError("the vault still keeps a deleted secret of this name", {
        remedy: `Bring it back with az keyvault secret recover --vault-name ${vault} --name ${name}, or choose another name.`,
      });
    }
  }
}

/** A login that may not list disables what it knows of. */
function unlessDenied(error: unknown): [] {
  if (error instanceof StoreError && error.isDenied) return [];
  throw error;
}

function unowned({ [NOTE]: _note, [EXPIRES]: _expires, ...others }: Tags): Tags {
  return others;
}
