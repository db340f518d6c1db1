import { isRecord } from "../../model";
import type { VaultCall, VaultReply } from "./client";
import { isVaultError, VaultError } from "./errors";
import type { VaultSession } from "./session";

export type Fields = Readonly<Record<string, unknown>>;
export type CustomMetadata = Readonly<Record<string, string>>;

/** The latest version of a secret. */
export interface SecretVersion {
  /** What the next check-and-set must name; 0 where nothing was ever written. */
  readonly version: number;
  /** Undefined where the latest version is deleted or there is none. */
  readonly fields: Fields | undefined;
  readonly customMetadata: CustomMetadata;
}

export interface SecretMetadata {
  readonly currentVersion: number;
  /** Whether the latest version can be read by those who may. */
  readonly isLive: boolean;
  readonly customMetadata: CustomMetadata;
}

export interface Written {
  readonly version: number;
  readonly customMetadata: CustomMetadata;
}

/**
 * One path of a KV version 2 engine.
 * @see https://developer.hashicorp.com/vault/api-docs/secret/kv/kv-v2
 */
export class KvSecret {
  constructor(
    readonly session: VaultSession,
    readonly mount: string,
    readonly path: string,
  ) {}

  async read(): Promise<SecretVersion> {
    const { found, data } = await this.request("GET", "data");
    const metadata = isRecord(data?.["metadata"]) ? data["metadata"] : {};
    const fields = data?.["data"];
    return {
      version: numberOf(metadata["version"]),
      fields: found && isRecord(fields) ? fields : undefined,
      customMetadata: customMetadataOf(metadata),
    };
  }

  async readMetadata(): Promise<SecretMetadata | undefined> {
    const { found, data } = await this.request("GET", "metadata");
    if (!found || data === undefined) return undefined;
    const currentVersion = numberOf(data["current_version"]);
    const versions = isRecord(data["versions"]) ? data["versions"] : {};
    return {
      currentVersion,
      isLive: isLive(versions[String(currentVersion)]),
      customMetadata: customMetadataOf(data),
    };
  }

  /** Replaces all fields, if the latest version is still the named one. */
  async write(fields: Fields, expectedVersion: number): Promise<Written> {
    return writtenBy(await this.bound("POST", fields, expectedVersion));
  }

  /** Replaces the named fields, null removing one. Undefined where there is no live version to change. */
  async patch(fields: Fields, expectedVersion: number): Promise<Written | undefined> {
    const reply = await this.bound("PATCH", fields, expectedVersion);
    return reply.found ? writtenBy(reply) : undefined;
  }

  /** A soft deletion: clients with the right to undelete can restore it. */
  async deleteVersions(versions: readonly number[]): Promise<void> {
    await this.request("POST", "delete", { body: { versions } });
  }

  /** Creates a secret without a version, and keeps its entries if another client was first. */
  async create(): Promise<void> {
    // Zero means the engine's own limit, as if nothing is set.
    await this.request("POST", "metadata", { body: { max_versions: 0 } });
  }

  /** Replaces all custom metadata. */
  async writeCustomMetadata(customMetadata: CustomMetadata): Promise<void> {
    await this.request("POST", "metadata", { body: { custom_metadata: customMetadata } });
  }

  /** Replaces the named entries, null removing one. False where the secret does not exist. */
  async patchCustomMetadata(entries: Readonly<Record<string, string | null>>): Promise<boolean> {
    const body = { custom_metadata: entries };
    const { found } = await this.request("PATCH", "metadata", { body });
    return found;
  }

  pathOf(endpoint: "data" | "metadata" | "delete"): string {
    return `${this.mount}/${endpoint}/${this.path}`;
  }

  /** A write that is refused because something else wrote first is told as that. */
  private async bound(
    method: "POST" | "PATCH",
    fields: Fields,
    expectedVersion: number,
  ): Promise<VaultReply> {
    try {
      return await this.request(method, "data", valueBody(fields, expectedVersion));
    } catch (error) {
      if (!isVaultError(error, "bad_request")) throw error;
      const version = await this.presentVersion();
      if (version === undefined || version === expectedVersion) throw error;
      throw new VaultError(
        "check_and_set",
        error.message,
        "Something else writes to the same secret at the same time. Apply again.",
      );
    }
  }

  /** Undefined where neither the secret nor its metadata may be read. */
  private async presentVersion(): Promise<number | undefined> {
    const ways = [
      async () => (await this.read()).version,
      async () => (await this.readMetadata())?.currentVersion ?? 0,
    ];
    for (const ask of ways) {
      try {
        return await ask();
      } catch (error) {
        if (!isVaultError(error)) throw error;
      }
    }
    return undefined;
  }

  private request(
    method: VaultCall["method"],
    endpoint: "data" | "metadata" | "delete",
    content: Pick<VaultCall, "body" | "secrets"> = {},
  ): Promise<VaultReply> {
    return this.session.request({ method, path: this.pathOf(endpoint), ...content });
  }
}

function valueBody(fields: Fields, expectedVersion: number): Pick<VaultCall, "body" | "secrets"> {
  return { body: { data: fields, options: { cas: expectedVersion } }, secrets: stringsIn(fields) };
}

function writtenBy({ data }: VaultReply): Written {
  if (data === undefined || typeof data["version"] !== "number") {
    throw new VaultError(
      "bad_request",
      "the response to the write has no version",
      "The engine is no KV engine of version 2. Correct mount.",
    );
  }
  return { version: data["version"], customMetadata: customMetadataOf(data) };
}

/** A deletion time may lie in the future, where versions are kept for a while only. */
function isLive(version: unknown): boolean {
  if (!isRecord(version) || version["destroyed"] === true) return false;
  const deletedAt = Date.parse(String(version["deletion_time"]));
  return Number.isNaN(deletedAt) || deletedAt > Date.now();
}

function customMetadataOf(metadata: Readonly<Record<string, unknown>>): CustomMetadata {
  const entries = metadata["custom_metadata"];
  return isRecord(entries) ? (entries as CustomMetadata) : {};
}

function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

function numberOf(value: unknown): number {
  return typeof value === "number" ? value : 0;
}
