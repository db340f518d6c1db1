import { isRecord } from "../../model";
import { pauseAfterCollision } from "../collision";
import { RestClient, textsIn, type Json, type RestCall } from "../stored/rest";
import { StoreError } from "../stored/store-error";
import { googleHeaders, LOGIN_REMEDY } from "./login";

export interface SecretPlace {
  readonly project: string;
  readonly secret: string;
  readonly location: string | undefined;
  /** Without a slash at its end. */
  readonly endpoint: string | undefined;
}

export type Annotations = Readonly<Record<string, string>>;

export interface SecretFacts {
  readonly annotations: Annotations;
  /** Of the secret as it was read: a change on top of another one is refused. */
  readonly etag: string;
}

export interface SecretVersion {
  /** Counts from 1, and no number comes again. */
  readonly number: number;
  readonly isEnabled: boolean;
}

const ATTEMPTS = 5;

/**
 * The requests that glsa makes of one secret.
 * @see https://cloud.google.com/secret-manager/docs/reference/rest
 */
export class SecretManager {
  private readonly client: RestClient;
  private readonly parent: string;
  private readonly path: string;

  constructor(private readonly place: SecretPlace) {
    const { project, secret, location, endpoint } = place;
    const within = location === undefined ? "" : `/locations/${location}`;
    this.parent = `/v1/projects/${encodeURIComponent(project)}${within}/secrets`;
    this.path = `${this.parent}/${secret}`;
    this.client = new RestClient({
      name: "Google",
      address: endpoint ?? ownAddress(location),
      headers: () => googleHeaders(project),
      loginRemedy: LOGIN_REMEDY,
      forbiddenRemedy: (call) => this.remedyFor([permissionOf(call)]),
    });
  }

  /** Undefined where there is no such secret. */
  async find(): Promise<SecretFacts | undefined> {
    const found = await this.client.find({ method: "GET", path: this.path });
    return found && factsOf(found);
  }

  async create(annotations: Annotations): Promise<void> {
    const path = `${this.parent}?secretId=${this.place.secret}`;
    const { location } = this.place;
    // The data of a regional secret stays where it is.
    const replication = location === undefined ? { replication: { automatic: {} } } : {};
    const body = { ...replication, annotations };
    try {
      await this.client.call({ method: "POST", path, body, mayRepeat: true });
    } catch (error) {
      // An attempt whose answer was lost has made it.
      if (!(error instanceof StoreError) || error.kind !== "409") throw error;
      await this.annotate((present) => ({ ...present, ...annotations }));
    }
  }

  /** Changes the annotations, and leaves those that something else writes at the same time. */
  async annotate(change: (present: Annotations) => Annotations): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const { annotations = {}, etag = "" } = (await this.find()) ?? {};
      const path = `${this.path}?updateMask=annotations`;
      const body = { etag, annotations: change(annotations) };
      try {
        await this.client.call({ method: "PATCH", path, body });
        return;
      } catch (error) {
        const isStale = error instanceof StoreError && ["400", "409"].includes(error.kind);
        if (!isStale || attempt === ATTEMPTS || (await this.find())?.etag === etag) throw error;
      }
      await pauseAfterCollision(attempt);
    }
  }

  /** The version of a number, or the newest one. Undefined where there is none. */
  async version(number: number | "latest"): Promise<SecretVersion | undefined> {
    const path = `${this.path}/versions/${number}`;
    const found = await this.client.find({ method: "GET", path });
    return found && versionOf(found);
  }

  async read(number: number): Promise<string> {
    const path = `${this.path}/versions/${number}:access`;
    const { payload } = await this.client.call({ method: "GET", path });
    const data = isRecord(payload) ? payload["data"] : undefined;
    return Buffer.from(typeof data === "string" ? data : "", "base64").toString();
  }

  async add(text: string): Promise<SecretVersion> {
    const body = { payload: { data: Buffer.from(text).toString("base64") } };
    const path = `${this.path}:addVersion`;
    return versionOf(await this.client.call({ method: "POST", path, body }));
  }

  /** A second time does no harm; nor does it where the version is destroyed, or gone. */
  async disable(number: number): Promise<void> {
    const path = `${this.path}/versions/${number}:disable`;
    try {
      await this.client.find({ method: "POST", path, body: {}, mayRepeat: true });
    } catch (error) {
      if (!(error instanceof StoreError) || error.kind !== "400") throw error;
    }
  }

  async delete(): Promise<void> {
    await this.client.find({ method: "DELETE", path: this.path });
  }

  /** Those of these permissions that the login has. Nothing changes. */
  async permissionsAmong(permissions: readonly string[]): Promise<ReadonlySet<unknown>> {
    const call = { method: "POST", path: `${this.path}:testIamPermissions` } as const;
    const answer = await this.client.call({ ...call, body: { permissions }, mayRepeat: true });
    const allowed = answer["permissions"];
    return new Set(Array.isArray(allowed) ? allowed : []);
  }

  lacks(permissions: readonly string[]): StoreError {
    return new StoreError(`the login lacks ${permissions.join(" and ")}`, {
      remedy: this.remedyFor(permissions),
      isDenied: true,
    });
  }

  private remedyFor(permissions: readonly string[]): string {
    const { project, secret } = this.place;
    return `Grant ${permissions.join(" and ")} on secret ${secret} of project ${project} to the login of the apply; docs/delivery-services.md has a role to start from.`;
  }
}

function ownAddress(location: string | undefined): string {
  return location === undefined
    ? "https://secretmanager.googleapis.com"
    : `https://secretmanager.${location}.rep.googleapis.com`;
}

function permissionOf({ method, path }: RestCall): string {
  const verb = /\/versions\/[^/:]+:(\w+)$/.exec(path)?.[1];
  if (verb !== undefined) return `secretmanager.versions.${verb}`;
  if (path.endsWith(":addVersion")) return "secretmanager.versions.add";
  if (path.includes("/versions/")) return "secretmanager.versions.get";
  const verbs = { GET: "get", POST: "create", PUT: "update", PATCH: "update", DELETE: "delete" };
  return `secretmanager.secrets.${verbs[method]}`;
}

function factsOf({ annotations, etag }: Json): SecretFacts {
  return { annotations: textsIn(annotations), etag: String(etag ?? "") };
}

function versionOf({ name, state }: Json): SecretVersion {
  const number = Number(String(name).split("/").at(-1));
  return { number, isEnabled: state === "ENABLED" };
}
