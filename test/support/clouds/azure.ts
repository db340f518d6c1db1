import { randomBytes } from "node:crypto";
import { StandIn, type CloudReply, type CloudRequest } from "./stand-in";

interface Version {
  readonly id: string;
  readonly value: string;
  tags: Readonly<Record<string, string>>;
  enabled: boolean;
  readonly exp: number | undefined;
  readonly created: number;
}

type Body = Readonly<Record<string, unknown>>;

/**
 * The secrets of a key vault, after the published description of its REST API (7.4), and the endpoint by which a machine's
 * managed identity gets tokens.
 * @see https://learn.microsoft.com/rest/api/keyvault/secrets/operation-groups
 */
export class TestAzure extends StandIn {
  /** Rights that the login lacks: `get`, `list`, `set` or `update`. */
  readonly denied = new Set<string>();
  /** By name, in lower case; the newest version is the last. */
  readonly secrets = new Map<string, Version[]>();
  /** Names that a deleted secret still has. */
  readonly deleted = new Set<string>();
  /** Whether no token is known any more. */
  isLoggedOut = false;
  private readonly given = new Set<string>();
  private readonly header = randomBytes(12).toString("hex");

  static start(): Promise<TestAzure> {
    return new TestAzure().listen();
  }

  /** As on a machine that has a managed identity. */
  get environment() {
    return { IDENTITY_ENDPOINT: `${this.url}/msi/token`, IDENTITY_HEADER: this.header };
  }

  /** What a consumer reads; undefined where there is nothing. */
  latest(name: string): string | undefined {
    const newest = this.secrets.get(name)?.at(-1);
    return newest?.enabled ? newest.value : undefined;
  }

  /** Of every version, the oldest first. */
  enabledOf(name: string): boolean[] {
    return (this.secrets.get(name) ?? []).map(({ enabled }) => enabled);
  }

  /** A token for a test's own requests. */
  give(): string {
    const token = `eyJ.${randomBytes(20).toString("hex")}`;
    this.given.add(token);
    return token;
  }

  protected nameOf({ method, url }: CloudRequest): string {
    return `${method} ${url.pathname}`;
  }

  protected answer(request: CloudRequest): CloudReply {
    const { method, url, headers } = request;
    if (url.pathname === "/msi/token") return this.identify(request);
    const token = /^Bearer (\S+)$/.exec(headers.authorization ?? "")?.[1] ?? "";
    if (this.isLoggedOut || !this.given.has(token)) {
      const challenge = `Bearer authorization="https://login.microsoftonline.com/tenant", resource="https://vault.azure.net"`;
      const reply = failure(401, "Unauthorized", "AKV10000: Request is missing a Bearer token.");
      return { ...reply, headers: { "www-authenticate": challenge } };
    }
    if (!url.searchParams.has("api-version")) return failure(400, "BadParameter", "api-version");
    const path = /^\/secrets\/([0-9a-z-]+)(?:\/([0-9a-z]+))?\/?$/i.exec(url.pathname);
    if (path === null) return failure(404, "NotFound", "No such resource.");
    const [, name = "", part = ""] = path;
    const right = RIGHTS[`${method} ${part === "versions" ? part : ""}`];
    if (right === undefined) return failure(405, "MethodNotAllowed", "No such method.");
    if (this.denied.has(right)) {
      const words = `Caller is not authorized to perform action on resource. Action: '${right}'`;
      return failure(403, "Forbidden", words, "ForbiddenByRbac");
    }
    const body = request.body.length === 0 ? {} : (JSON.parse(String(request.body)) as Body);
    return this.atSecret(name.toLowerCase(), part, { method, body });
  }

  private identify({ url, headers }: CloudRequest): CloudReply {
    const isVault = url.searchParams.get("resource") === "https://vault.azure.net";
    if (headers["x-identity-header"] !== this.header || !isVault) {
      return { status: 401, body: { message: "The identity is refused." } };
    }
    const expires_on = String(Math.floor(Date.now() / 1000) + 86_400);
    const body = { access_token: this.give(), expires_on, token_type: "Bearer" };
    return { status: 200, body };
  }

  private atSecret(
    name: string,
    part: string,
    { method, body }: { method: string; body: Body },
  ): CloudReply {
    if (method === "PUT") return this.set(name, body);
    const versions = this.secrets.get(name) ?? [];
    if (part === "versions") {
      const value = versions.map((version) => this.shown(name, version));
      // In no order that tells which is the newest.
      const sorted = value.sort((one, other) => (one.id < other.id ? -1 : 1));
      return { status: 200, body: { value: sorted, nextLink: null } };
    }
    const version = part === "" ? versions.at(-1) : versions.find(({ id }) => id === part);
    if (version === undefined) {
      return failure(404, "SecretNotFound", `A secret with (name/id) ${name} was not found.`);
    }
    if (method === "PATCH") {
      const { tags, attributes } = body as { tags?: Version["tags"]; attributes?: Body };
      if (!tagsAreSound(tags)) return failure(400, "BadParameter", "Bad tags.");
      version.tags = tags ?? version.tags;
      version.enabled = (attributes?.["enabled"] as boolean | undefined) ?? version.enabled;
      return { status: 200, body: this.shown(name, version) };
    }
    if (!version.enabled) {
      const words = "Operation get is not allowed on a disabled secret.";
      return failure(403, "Forbidden", words, "SecretDisabled");
    }
    return { status: 200, body: { ...this.shown(name, version), value: version.value } };
  }

  private set(name: string, { value, tags = {}, attributes = {} }: Body): CloudReply {
    if (typeof value !== "string" || !tagsAreSound(tags)) {
      return failure(400, "BadParameter", "The request body is invalid.");
    }
    if (this.deleted.has(name)) {
      const words = `Secret ${name} is currently in a deleted but recoverable state.`;
      return failure(409, "Conflict", words, "ObjectIsDeletedButRecoverable");
    }
    const { enabled = true, exp } = attributes as { enabled?: boolean; exp?: number };
    const version: Version = {
      id: randomBytes(16).toString("hex"),
      value,
      tags: tags as Version["tags"],
      enabled,
      exp,
      created: Math.floor(Date.now() / 1000),
    };
    this.secrets.set(name, [...(this.secrets.get(name) ?? []), version]);
    return { status: 200, body: { ...this.shown(name, version), value } };
  }

  private shown(name: string, { id, tags, enabled, exp, created }: Version) {
    const attributes = { enabled, created, updated: created, ...(exp !== undefined && { exp }) };
    return { id: `${this.url}/secrets/${name}/${id}`, attributes, tags };
  }
}

const RIGHTS: Readonly<Record<string, string>> = {
  "GET ": "get",
  "GET versions": "list",
  "PUT ": "set",
  "PATCH ": "update",
};

/** Up to 15, each of up to 256 characters. */
function tagsAreSound(tags: unknown): boolean {
  const entries = Object.entries((tags ?? {}) as Body);
  return entries.length <= 15 && entries.flat().every((text) => String(text).length <= 256);
}

function failure(status: number, code: string, message: string, inner?: string): CloudReply {
  const innererror = inner === undefined ? {} : { innererror: { code: inner } };
  return { status, body: { error: { code, message, ...innererror } } };
}
