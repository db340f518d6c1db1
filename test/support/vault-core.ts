import { randomUUID } from "node:crypto";
import { isSignedBy, payloadOf } from "./vault-jwt";
import { KvVersion1, KvVersion2, type Engine, type EngineAnswer } from "./vault-kv";

export interface VaultRequest {
  readonly method: string;
  /** Below `/v1/`. */
  readonly path: string;
  readonly namespace: string;
  readonly token: string | undefined;
  readonly contentType: string | undefined;
  readonly text: string;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

type Json = Record<string, unknown>;
type Policy = Readonly<Record<string, { readonly capabilities: readonly string[] }>>;

interface Token {
  readonly namespace: string;
  readonly policies: readonly string[];
  readonly expiresAt: number;
}

interface Role {
  readonly options: Json;
  readonly roleId: string;
  readonly secretIds: Set<string>;
}

interface AuthMount {
  readonly type: string;
  config: Json;
  readonly roles: Map<string, Role>;
}

class Namespace {
  readonly engines = new Map<string, Engine>();
  readonly auths = new Map<string, AuthMount>();
  readonly policies = new Map<string, Policy>([
    [
      "default",
      {
        "auth/token/lookup-self": { capabilities: ["read"] },
        "sys/capabilities-self": { capabilities: ["update"] },
      },
    ],
  ]);
}

class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly errors: readonly string[],
  ) {
    super(errors.join());
  }
}

const DENIED = "1 error occurred:\n\t* permission denied\n\n";
const INVALID_TOKEN = "2 errors occurred:\n\t* permission denied\n\t* invalid token\n\n";
const CAPABILITY: Readonly<Record<string, string>> = {
  GET: "read",
  LIST: "list",
  PATCH: "patch",
  DELETE: "delete",
};

/** State and rules of the stand-in Vault. */
export class VaultCore {
  readonly rootToken = `hvs.${randomUUID()}`;
  isSealed = false;
  /** Of a cluster whose active node is not known at present. */
  isStandby = false;
  private now = Date.now();
  private readonly namespaces = new Map([["", new Namespace()]]);
  private readonly tokens = new Map<string, Token>([
    [this.rootToken, { namespace: "", policies: ["root"], expiresAt: Infinity }],
  ]);

  advance(seconds: number): void {
    this.now += seconds * 1000;
  }

  answer(request: VaultRequest): Answer {
    if (request.path === "sys/health") return this.health();
    if (this.isSealed) return { status: 503, body: { errors: ["Vault is sealed"] } };
    if (this.isStandby) {
      const errors = ["local node not active but active cluster node not found"];
      return { status: 500, body: { errors } };
    }
    try {
      return this.route(request);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { status: error.status, body: { errors: error.errors } };
    }
  }

  private health(): Answer {
    const status = this.isSealed ? 503 : this.isStandby ? 429 : 200;
    const body = { initialized: true, sealed: this.isSealed, standby: this.isStandby };
    return { status, body };
  }

  private route(request: VaultRequest): Answer {
    const { path } = request;
    const namespace = this.namespaces.get(request.namespace);
    if (namespace === undefined) throw new Refusal(404, ["namespace not found"]);
    const body = this.parse(request);
    if (/^auth\/.+\/login$/.test(path)) return this.logIn(namespace, request, body);
    const token = this.authenticate(request);
    const [mount, engine] = engineAt(namespace, path);
    const rest = mount === undefined ? path : path.slice(mount.length + 1);
    const isPreflight = path.startsWith("sys/internal/ui/mounts/");
    const isUpdate = engine?.exists(rest) ?? true;
    const capability = CAPABILITY[request.method] ?? (isUpdate ? "update" : "create");
    const allowed = this.capabilities(token, request.namespace, path);
    if (!isPreflight && !allowed.includes(capability) && !allowed.includes("root")) {
      throw new Refusal(403, [DENIED]);
    }
    if (engine !== undefined) return envelope(engine.answer({ ...request, path: rest, body }));
    return this.system(namespace, { ...request, token: request.token ?? "" }, body);
  }

  private parse({ method, text, contentType }: VaultRequest): Json {
    if (method === "PATCH" && contentType !== "application/merge-patch+json") {
      const given = `provided ${contentType}`;
      throw new Refusal(415, [
        `PATCH requires Content-Type of application/merge-patch+json, ${given}`,
      ]);
    }
    return text === "" ? {} : (JSON.parse(text) as Json);
  }

  private authenticate({ token = "" }: VaultRequest): Token {
    if (token === "") throw new Refusal(403, ["permission denied"]);
    const found = this.tokens.get(token);
    if (found === undefined || found.expiresAt <= this.now) throw new Refusal(403, [INVALID_TOKEN]);
    return found;
  }

  private capabilities(token: Token, namespace: string, path: string): readonly string[] {
    if (token.policies.includes("root")) return ["root"];
    if (
      namespace !== token.namespace &&
      !namespace.startsWith(`${token.namespace}/`.replace(/^\//, ""))
    )
      return [];
    const below = namespace.slice(token.namespace.length).replace(/^\//, "");
    const full = below === "" ? path : `${below}/${path}`;
    const policies = this.namespaces.get(token.namespace)?.policies;
    return token.policies.flatMap((name) => capabilitiesOf(policies?.get(name) ?? {}, full));
  }

  private system(namespace: Namespace, request: VaultRequest, body: Json): Answer {
    const { method, path } = request;
    const rest = (prefix: string) => path.slice(prefix.length);
    if (path === "auth/token/lookup-self") return envelope({ status: 200, data: {} });
    if (path === "auth/token/create") return this.issue(request.namespace, body);
    if (path === "sys/capabilities-self") return this.ownCapabilities(request, body);
    if (path.startsWith("sys/internal/ui/mounts/")) {
      return this.preflight(namespace, request, rest("sys/internal/ui/mounts/"));
    }
    if (!path.startsWith("sys/") && !path.startsWith("auth/")) throw noHandler(path);
    if (method !== "POST" && !path.startsWith("auth/")) throw new Refusal(405, []);
    if (path.startsWith("sys/namespaces/")) {
      const name = [request.namespace, rest("sys/namespaces/")].filter(Boolean).join("/");
      this.namespaces.set(name, new Namespace());
    } else if (path.startsWith("sys/mounts/")) {
      const { version } = (body["options"] ?? {}) as { version?: string };
      namespace.engines.set(
        rest("sys/mounts/"),
        version === "2" ? new KvVersion2() : new KvVersion1(),
      );
    } else if (path.startsWith("sys/policies/acl/")) {
      const { path: rules } = JSON.parse(String(body["policy"])) as { path: Policy };
      namespace.policies.set(rest("sys/policies/acl/"), rules);
    } else if (path.startsWith("sys/auth/")) {
      const mount = { type: String(body["type"]), config: {}, roles: new Map<string, Role>() };
      namespace.auths.set(rest("sys/auth/"), mount);
    } else {
      return configureAuth(namespace, request, body);
    }
    return { status: 204, body: undefined };
  }

  private issue(namespace: string, { policies, ttl, token_ttl }: Json): Answer {
    const seconds = Number.parseInt(String(ttl ?? token_ttl ?? "2764800"), 10);
    const token = `hvs.${randomUUID()}`;
    this.tokens.set(token, {
      namespace,
      policies: ["default", ...((policies ?? []) as string[])],
      expiresAt: this.now + seconds * 1000,
    });
    const auth = { client_token: token, policies, lease_duration: seconds, renewable: true };
    return { status: 200, body: { data: null, auth } };
  }

  private ownCapabilities(request: VaultRequest, body: Json): Answer {
    const token = this.authenticate(request);
    const entries = (body["paths"] as string[]).map((path) => {
      const found = this.capabilities(token, request.namespace, path);
      return [path, found.length === 0 ? ["deny"] : [...found].sort()] as const;
    });
    const data = Object.fromEntries(entries);
    return { status: 200, body: { ...data, data } };
  }

  private preflight(namespace: Namespace, request: VaultRequest, path: string): Answer {
    const token = this.authenticate(request);
    const [mount, engine] = engineAt(namespace, `${path}/`);
    const policies = this.namespaces.get(token.namespace)?.policies;
    const below = request.namespace.slice(token.namespace.length).replace(/^\//, "");
    const full = [below, mount].filter(Boolean).join("/");
    const mayEnter = token.policies.some(
      (name) =>
        name === "root" ||
        Object.keys(policies?.get(name) ?? {}).some((rule) => rule.startsWith(`${full}/`)),
    );
    if (mount === undefined || engine === undefined || !mayEnter) {
      throw new Refusal(403, [
        `preflight capability check returned 403, please ensure client's policies grant access to path "${path}/"`,
      ]);
    }
    const { type, version } = engine;
    return envelope({ status: 200, data: { type, path: `${mount}/`, options: { version } } });
  }

  private logIn(namespace: Namespace, { path, namespace: name }: VaultRequest, body: Json): Answer {
    const mount = namespace.auths.get(path.slice("auth/".length, -"/login".length));
    // What is mounted where is not told to those without a token.
    if (mount === undefined) throw new Refusal(403, ["permission denied"]);
    const role = mount.type === "approle" ? appRoleOf(mount, body) : jwtRoleOf(mount, body);
    const { token_policies: policies, token_ttl } = role.options;
    return this.issue(name, { policies, token_ttl });
  }
}

function engineAt(namespace: Namespace, path: string): [string | undefined, Engine | undefined] {
  const [mount, engine] =
    [...namespace.engines].find(([prefix]) => path.startsWith(`${prefix}/`)) ?? [];
  return [mount, engine];
}

function envelope({ status, data, errors }: EngineAnswer): Answer {
  if (errors !== undefined) return { status, body: { errors } };
  return { status, body: data === undefined ? undefined : { request_id: randomUUID(), data } };
}

function noHandler(path: string): Refusal {
  return new Refusal(404, [`no handler for route "${path}". route entry not found.`]);
}

/** The rule for the very path, else the longest pattern that fits. */
function capabilitiesOf(policy: Policy, path: string): readonly string[] {
  const fitting = Object.keys(policy).filter((rule) => fits(rule, path));
  const [best] = fitting.sort(
    (left, right) => Number(right === path) - Number(left === path) || right.length - left.length,
  );
  return best === undefined ? [] : (policy[best]?.capabilities ?? []);
}

function fits(rule: string, path: string): boolean {
  const escaped = rule.replace(/[.?^$(){}|[\]\\]/g, "\\$&").replaceAll("+", "[^/]+");
  return new RegExp(`^${escaped.replace(/\*$/, ".*")}$`).test(path);
}

function configureAuth(namespace: Namespace, { method, path }: VaultRequest, body: Json): Answer {
  const [, mountPath = "", rest = ""] = /^auth\/(.+?)\/(config|role\/.+)$/.exec(path) ?? [];
  const mount = namespace.auths.get(mountPath);
  if (mount === undefined) throw noHandler(path);
  const done: Answer = { status: 204, body: undefined };
  if (rest === "config") {
    mount.config = body;
    return done;
  }
  const [, name = "", part] = rest.split("/");
  const role = mount.roles.get(name);
  if (part === undefined) {
    mount.roles.set(name, { options: body, roleId: randomUUID(), secretIds: new Set() });
    return done;
  }
  if (role === undefined) throw new Refusal(404, []);
  if (method === "GET") return envelope({ status: 200, data: { role_id: role.roleId } });
  const secretId = randomUUID();
  role.secretIds.add(secretId);
  return envelope({ status: 200, data: { secret_id: secretId } });
}

function appRoleOf({ roles }: AuthMount, body: Json): Role {
  const role = [...roles.values()].find(({ roleId }) => roleId === body["role_id"]);
  if (role === undefined || !role.secretIds.has(String(body["secret_id"]))) {
    throw new Refusal(400, ["invalid role or secret ID"]);
  }
  return role;
}

function jwtRoleOf({ roles, config }: AuthMount, body: Json): Role {
  const name = String(body["role"] ?? config["default_role"] ?? "");
  if (name === "") throw new Refusal(400, ["missing role"]);
  const role = roles.get(name);
  if (role === undefined) throw new Refusal(400, [`role "${name}" could not be found`]);
  const jwt = String(body["jwt"]);
  const keys = config["jwt_validation_pubkeys"] as string[];
  if (!keys.some((key) => isSignedBy(jwt, key))) {
    const why = "no known key successfully validated the token signature";
    throw new Refusal(400, [`error validating token: error verifying token signature: ${why}`]);
  }
  const { aud } = payloadOf(jwt);
  const audiences = role.options["bound_audiences"] as string[];
  if (!audiences.includes(String(aud))) {
    throw new Refusal(400, [
      `error validating token: invalid audience (aud) claim: audience claim does not match any bound audience`,
    ]);
  }
  return role;
}
