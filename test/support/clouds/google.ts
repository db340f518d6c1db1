import { createHash } from "node:crypto";
import { GoogleLogin } from "./google-login";
import { StandIn, type CloudReply, type CloudRequest } from "./stand-in";

type State = "ENABLED" | "DISABLED" | "DESTROYED";

interface Version {
  readonly data: string;
  state: State;
}

interface Secret {
  annotations: Readonly<Record<string, string>>;
  etag: string;
  /** The first is number 1. */
  readonly versions: Version[];
}

export const GOOGLE_PROJECT = "shop-production";

/**
 * Secret Manager, after its published discovery description (secretmanager:v1): paths, verbs, permissions, etags and
 * states. What is sent and not described is refused.
 */
export class TestGoogle extends StandIn {
  readonly login = new GoogleLogin();
  /** Permissions that the login lacks, such as `secretmanager.versions.add`. */
  readonly denied = new Set<string>();
  readonly secrets = new Map<string, Secret>();
  /** Whether `latest` is still the version before: Google promises it for later only. */
  isBehind = false;

  static start(): Promise<TestGoogle> {
    return new TestGoogle().listen();
  }

  /** What a consumer reads; undefined where there is nothing. */
  latest(name: string): string | undefined {
    const newest = this.secrets.get(name)?.versions.at(-1);
    return newest?.state === "ENABLED" ? newest.data : undefined;
  }

  /** Of every version, the oldest first. */
  statesOf(name: string): State[] {
    return (this.secrets.get(name)?.versions ?? []).map(({ state }) => state);
  }

  protected nameOf({ method, url }: CloudRequest): string {
    return `${method} ${url.pathname}`;
  }

  protected answer(request: CloudRequest): CloudReply {
    const login = this.login.answer(request);
    if (login !== undefined) return login;
    const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
    if (!this.login.knows(token)) return failure(401, "UNAUTHENTICATED", "Invalid credentials.");
    const { pathname, searchParams } = request.url;
    const path = new RegExp(`^/v1/projects/${GOOGLE_PROJECT}/secrets(?:/([\\w-]+)(.*))?$`);
    const [, name = "", rest = ""] = path.exec(pathname) ?? [];
    if (!path.test(pathname)) return failure(404, "NOT_FOUND", "No such resource.");
    const body = request.body.length === 0 ? {} : (JSON.parse(String(request.body)) as Body);
    if (name === "") return this.create(searchParams.get("secretId") ?? "", request.method, body);
    if (rest.startsWith("/versions")) return this.atVersion(name, rest, request.method);
    return this.atSecret(name, `${request.method} ${rest}`, { body, query: searchParams });
  }

  private create(name: string, method: string, body: Body): CloudReply {
    if (method !== "POST") return failure(404, "NOT_FOUND", "No such method.");
    const refused = this.refused("secretmanager.secrets.create", name);
    if (refused) return refused;
    if (!onlyHas(body, "replication", "annotations") || body["replication"] === undefined) {
      return failure(400, "INVALID_ARGUMENT", "Secret.replication is required.");
    }
    if (this.secrets.has(name)) return failure(409, "ALREADY_EXISTS", `${name} already exists.`);
    const annotations = (body["annotations"] ?? {}) as Secret["annotations"];
    this.secrets.set(name, { annotations, etag: etagOf(annotations), versions: [] });
    return this.shown(name);
  }

  private atSecret(
    name: string,
    call: string,
    { body, query }: { body: Body; query: URLSearchParams },
  ): CloudReply {
    const secret = this.secrets.get(name);
    if (call === "POST :testIamPermissions") {
      const asked = body["permissions"] as string[];
      const permissions =
        secret === undefined ? [] : asked.filter((each) => !this.denied.has(each));
      return { status: 200, body: permissions.length === 0 ? {} : { permissions } };
    }
    const permission = SECRET_CALLS[call];
    if (permission === undefined) return failure(404, "NOT_FOUND", "No such method.");
    const refused = this.refused(permission, name);
    if (refused) return refused;
    if (secret === undefined) return failure(404, "NOT_FOUND", `Secret [${name}] not found.`);
    switch (call) {
      case "DELETE ":
        this.secrets.delete(name);
        return { status: 200, body: {} };
      case "PATCH ":
        return this.patch(name, secret, { body, query });
      case "POST :addVersion": {
        const { data } = (body["payload"] ?? {}) as { data?: string };
        if (data === undefined) return failure(400, "INVALID_ARGUMENT", "No payload.");
        secret.versions.push({ data: Buffer.from(data, "base64").toString(), state: "ENABLED" });
        return this.version(name, secret.versions.length);
      }
      default:
        return this.shown(name);
    }
  }

  private patch(
    name: string,
    secret: Secret,
    { body, query }: { body: Body; query: URLSearchParams },
  ): CloudReply {
    if (query.get("updateMask") !== "annotations" || !onlyHas(body, "annotations", "etag")) {
      return failure(400, "INVALID_ARGUMENT", "The mask and the fields differ.");
    }
    if (body["etag"] !== undefined && body["etag"] !== secret.etag) {
      return failure(400, "FAILED_PRECONDITION", "The etag does not match.");
    }
    const annotations = (body["annotations"] ?? {}) as Secret["annotations"];
    const size = Object.entries(annotations).flat().join("").length;
    const isNamed = Object.keys(annotations).every((key) =>
      /^[a-z0-9]([\w.-]{0,61}[a-z0-9])?$/i.test(key),
    );
    if (size >= 16_384 || !isNamed) return failure(400, "INVALID_ARGUMENT", "Bad annotations.");
    secret.annotations = annotations;
    secret.etag = etagOf([annotations, secret.etag]);
    return this.shown(name);
  }

  private atVersion(name: string, rest: string, method: string): CloudReply {
    const [, written = "", verb = "get"] = /^\/versions\/(\w+)(?::(\w+))?$/.exec(rest) ?? [];
    const isKnown = VERSION_VERBS[verb] === method;
    if (!isKnown) return failure(404, "NOT_FOUND", "No such method.");
    const refused = this.refused(`secretmanager.versions.${verb}`, name);
    if (refused) return refused;
    const secret = this.secrets.get(name);
    const newest = (secret?.versions.length ?? 0) - (this.isBehind ? 1 : 0);
    const number = written === "latest" ? newest : Number(written);
    const version = secret?.versions[number - 1];
    if (version === undefined) return failure(404, "NOT_FOUND", "Secret Version not found.");
    if (verb === "access") {
      if (version.state !== "ENABLED") {
        return failure(400, "FAILED_PRECONDITION", `The version is in ${version.state} state.`);
      }
      const payload = { data: Buffer.from(version.data).toString("base64") };
      return { status: 200, body: { name: this.versionName(name, number), payload } };
    }
    if (verb === "disable") {
      if (version.state === "DESTROYED") return failure(400, "FAILED_PRECONDITION", "Destroyed.");
      version.state = "DISABLED";
    }
    return this.version(name, number);
  }

  private refused(permission: string, name: string): CloudReply | undefined {
    if (!this.denied.has(permission)) return undefined;
    const resource = `projects/${GOOGLE_PROJECT}/secrets/${name}`;
    const words = `Permission '${permission}' denied for resource '${resource}' (or it may not exist).`;
    return failure(403, "PERMISSION_DENIED", words);
  }

  private shown(name: string): CloudReply {
    const { annotations, etag } = this.secrets.get(name)!;
    const body = {
      name: `projects/1234/secrets/${name}`,
      replication: { automatic: {} },
      ...(Object.keys(annotations).length > 0 && { annotations }),
      etag,
    };
    return { status: 200, body };
  }

  private version(name: string, number: number): CloudReply {
    const { state } = this.secrets.get(name)!.versions[number - 1]!;
    return {
      status: 200,
      body: { name: this.versionName(name, number), state, etag: `"${state}"` },
    };
  }

  private versionName(name: string, number: number): string {
    return `projects/1234/secrets/${name}/versions/${number}`;
  }
}

type Body = Readonly<Record<string, unknown>>;

const SECRET_CALLS: Readonly<Record<string, string>> = {
  "GET ": "secretmanager.secrets.get",
  "PATCH ": "secretmanager.secrets.update",
  "DELETE ": "secretmanager.secrets.delete",
  "POST :addVersion": "secretmanager.versions.add",
};

const VERSION_VERBS: Readonly<Record<string, string>> = {
  get: "GET",
  access: "GET",
  disable: "POST",
  enable: "POST",
  destroy: "POST",
};

function onlyHas(body: Body, ...names: readonly string[]): boolean {
  return Object.keys(body).every((name) => names.includes(name));
}

function etagOf(value: unknown): string {
  return `"${createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 16)}"`;
}

function failure(code: number, status: string, message: string): CloudReply {
  return { status: code, body: { error: { code, message, status } } };
}
