/** What an engine answers; an error's words, or data. */
export interface EngineAnswer {
  readonly status: number;
  readonly data?: unknown;
  readonly errors?: readonly string[];
}

export interface EngineRequest {
  readonly method: string;
  /** Below the mount. */
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Engine {
  readonly type: "kv";
  readonly version: "1" | "2";
  /** Whether writing there is an update; otherwise it is a creation. */
  exists(path: string): boolean;
  answer(request: EngineRequest): EngineAnswer;
}

type Json = Record<string, unknown>;

interface Version {
  data: Json;
  createdAt: string;
  deletedAt: string;
  destroyed: boolean;
}

interface Secret {
  versions: Version[];
  customMetadata: Record<string, string> | null;
  casRequired: boolean;
}

const DONE: EngineAnswer = { status: 204 };
const NOT_FOUND: EngineAnswer = { status: 404, errors: [] };
const refused = (error: string): EngineAnswer => ({ status: 400, errors: [error] });

/** The KV engine of version 1: every path is a value. */
export class KvVersion1 implements Engine {
  readonly type = "kv";
  readonly version = "1";
  private readonly values = new Map<string, Json>();

  exists(path: string): boolean {
    return this.values.has(path);
  }

  answer({ method, path, body }: EngineRequest): EngineAnswer {
    if (method === "GET") {
      const data = this.values.get(path);
      return data === undefined ? NOT_FOUND : { status: 200, data };
    }
    if (method === "DELETE") this.values.delete(path);
    else this.values.set(path, { ...body });
    return DONE;
  }
}

/**
 * The KV engine of version 2: versions, check-and-set, soft deletion, custom metadata.
 * @see https://developer.hashicorp.com/vault/api-docs/secret/kv/kv-v2
 */
export class KvVersion2 implements Engine {
  readonly type = "kv";
  readonly version = "2";
  private readonly secrets = new Map<string, Secret>();
  private casRequired = false;

  exists(path: string): boolean {
    const [endpoint = "", name = ""] = split(path);
    return ["data", "metadata"].includes(endpoint) ? this.secrets.has(name) : true;
  }

  answer({ method, path, body }: EngineRequest): EngineAnswer {
    const [endpoint, name] = split(path);
    if (endpoint === "config") {
      this.casRequired = body["cas_required"] === true;
      return DONE;
    }
    switch (`${method} ${endpoint}`) {
      case "GET data":
        return this.read(name);
      case "POST data":
        return this.write(name, body);
      case "PATCH data":
        return this.patch(name, body);
      case "DELETE data":
        return this.markVersions(name, [this.secrets.get(name)?.versions.length ?? 0], "delete");
      case "POST delete":
      case "POST undelete":
      case "POST destroy":
        return this.markVersions(name, body["versions"] as number[], endpoint ?? "");
      case "GET metadata":
        return this.readMetadata(name);
      case "POST metadata":
        return this.writeMetadata(name, body);
      case "PATCH metadata":
        return this.patchMetadata(name, body);
      case "DELETE metadata":
        this.secrets.delete(name);
        return DONE;
      default:
        return { status: 405, errors: ["unsupported operation"] };
    }
  }

  private read(name: string): EngineAnswer {
    const secret = this.secrets.get(name);
    const latest = secret?.versions.at(-1);
    if (secret === undefined || latest === undefined) return NOT_FOUND;
    const isGone = latest.deletedAt !== "" || latest.destroyed;
    return {
      status: isGone ? 404 : 200,
      data: { data: isGone ? null : latest.data, metadata: describe(secret) },
    };
  }

  private write(name: string, body: Json): EngineAnswer {
    const data = body["data"] as Json | undefined;
    if (data === undefined) return refused("no data provided");
    const secret = this.secrets.get(name);
    const refusal = this.checkAndSet(secret, body);
    if (refusal !== undefined) return refusal;
    return { status: 200, data: this.append(name, data) };
  }

  private patch(name: string, body: Json): EngineAnswer {
    const secret = this.secrets.get(name);
    const latest = secret?.versions.at(-1);
    if (secret === undefined) return NOT_FOUND;
    const refusal = this.checkAndSet(secret, body);
    if (refusal !== undefined) return refusal;
    if (latest === undefined) return NOT_FOUND;
    if (latest.deletedAt !== "" || latest.destroyed) return { status: 404, data: describe(secret) };
    return { status: 200, data: this.append(name, merged(latest.data, body["data"] as Json)) };
  }

  private append(name: string, data: Json): unknown {
    const secret = this.secrets.get(name) ?? newSecret();
    this.secrets.set(name, secret);
    const createdAt = new Date().toISOString();
    // As a copy, since what a request held must not change with its sender's object.
    const copy = JSON.parse(JSON.stringify(data)) as Json;
    secret.versions.push({ data: copy, createdAt, deletedAt: "", destroyed: false });
    return describe(secret);
  }

  private checkAndSet(secret: Secret | undefined, body: Json): EngineAnswer | undefined {
    const { cas } = (body["options"] ?? {}) as { cas?: number };
    const current = secret?.versions.length ?? 0;
    if (cas === undefined) {
      const isRequired = this.casRequired || (secret?.casRequired ?? false);
      return isRequired ? refused("check-and-set parameter required for this call") : undefined;
    }
    return cas === current
      ? undefined
      : refused("check-and-set parameter did not match the current version");
  }

  private markVersions(name: string, numbers: readonly number[], mark: string): EngineAnswer {
    for (const number of numbers) {
      const version = this.secrets.get(name)?.versions[number - 1];
      if (version === undefined || version.destroyed) continue;
      if (mark === "destroy") version.destroyed = true;
      else if (mark === "undelete") version.deletedAt = "";
      else version.deletedAt ||= new Date().toISOString();
    }
    return DONE;
  }

  private readMetadata(name: string): EngineAnswer {
    const secret = this.secrets.get(name);
    if (secret === undefined) return NOT_FOUND;
    const versions = secret.versions.map(
      ({ createdAt, deletedAt, destroyed }, at) =>
        [at + 1, { created_time: createdAt, deletion_time: deletedAt, destroyed }] as const,
    );
    const data = {
      cas_required: secret.casRequired,
      current_version: secret.versions.length,
      custom_metadata: secret.customMetadata,
      versions: Object.fromEntries(versions),
    };
    return { status: 200, data };
  }

  private writeMetadata(name: string, body: Json): EngineAnswer {
    const entries = body["custom_metadata"] as Record<string, string> | undefined;
    const refusal = entries && limitsOf(entries);
    if (refusal !== undefined) return refusal;
    const secret = this.secrets.get(name) ?? newSecret();
    this.secrets.set(name, secret);
    if (entries !== undefined) secret.customMetadata = { ...entries };
    if (body["cas_required"] !== undefined) secret.casRequired = body["cas_required"] === true;
    return DONE;
  }

  private patchMetadata(name: string, body: Json): EngineAnswer {
    const secret = this.secrets.get(name);
    if (secret === undefined) return NOT_FOUND;
    const entries = merged(secret.customMetadata ?? {}, body["custom_metadata"] as Json);
    const refusal = limitsOf(entries as Record<string, string>);
    if (refusal === undefined) secret.customMetadata = entries as Record<string, string>;
    return refusal ?? DONE;
  }
}

function newSecret(): Secret {
  return { versions: [], customMetadata: null, casRequired: false };
}

function split(path: string): [string | undefined, string] {
  const [endpoint, ...rest] = path.split("/");
  return [endpoint, rest.join("/")];
}

function describe({ versions, customMetadata }: Secret): unknown {
  const latest = versions.at(-1);
  return {
    created_time: latest?.createdAt,
    custom_metadata: customMetadata,
    deletion_time: latest?.deletedAt,
    destroyed: latest?.destroyed,
    version: versions.length,
  };
}

/** A JSON merge patch of one level. */
function merged(present: Json, patch: Json): Json {
  const entries = Object.entries({ ...present, ...patch }).filter(([, value]) => value !== null);
  return Object.fromEntries(entries);
}

function limitsOf(entries: Record<string, string>): EngineAnswer | undefined {
  const count = Object.keys(entries).length;
  const broken =
    count > 64
      ? `payload must contain at most 64 keys, provided ${count}`
      : Object.entries(entries)
          .flatMap(([name, value]) => [
            ["key", name, 128, name] as const,
            [`value for key`, value, 512, name] as const,
          ])
          .filter(([, text, most]) => text.length === 0 || Buffer.byteLength(text) > most)
          .map(
            ([what, text, most, name]) =>
              `length of ${what} ${JSON.stringify(name)} is ${Buffer.byteLength(text)} but must be 0 < len(${what.startsWith("key") ? "key" : "value"}) <= ${most}`,
          )
          .at(0);
  if (broken === undefined) return undefined;
  return refused(`1 error occurred:\n\t* custom_metadata validation failed: ${broken}\n\n`);
}
