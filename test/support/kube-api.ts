import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

type Values = Record<string, unknown>;

/** One Secret, as fields by path: `data/token`, `metadata/labels/app`, `type`. */
interface Row {
  readonly fields: Map<string, unknown>;
  /** By manager and operation. */
  readonly owned: Map<string, Set<string>>;
  readonly uid: string;
  version: number;
}

class Refusal extends Error {
  constructor(
    readonly code: number,
    readonly reason: string,
    message: string,
  ) {
    super(message);
  }
}

/**
 * The part of a Kubernetes API server that is about Secrets: field management, dry runs, preconditions, validation and
 * rights by token. Written from the published API conventions; it was never compared with a real server.
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/
 */
export class TestKubeApi {
  /** May do everything. */
  readonly rootToken = `root-${randomUUID()}`;
  private readonly rights = new Map<string, ReadonlySet<string>>();
  private readonly namespaces = new Set(["default"]);
  private readonly secrets = new Map<string, Row>();
  private version = 1;

  private constructor(
    readonly url: string,
    readonly close: () => Promise<void>,
  ) {}

  static async start(): Promise<TestKubeApi> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const close = () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    const api = new TestKubeApi(`http://127.0.0.1:${port}`, close);
    server.on("request", (request, response) => void api.serve(request, response));
    return api;
  }

  addNamespace(name: string): void {
    this.namespaces.add(name);
  }

  /** A token that may use these verbs on secrets. */
  tokenFor(...verbs: readonly string[]): string {
    const token = `limited-${randomUUID()}`;
    this.rights.set(token, new Set(verbs));
    return token;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const [status, body] = this.answer(request, Buffer.concat(chunks).toString());
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
  }

  private answer(request: IncomingMessage, text: string): [number, object] {
    try {
      return this.route(request, text);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { code, reason, message } = error;
      const status = { kind: "Status", apiVersion: "v1", status: "Failure", message, reason, code };
      return [code, status];
    }
  }

  private route(
    { method = "", url = "", headers }: IncomingMessage,
    text: string,
  ): [number, object] {
    const { pathname, searchParams } = new URL(url, this.url);
    const [, namespace = "", name = ""] =
      /^\/api\/v1\/namespaces\/([^/]+)\/secrets\/([^/]+)$/.exec(pathname) ?? [];
    const token = (headers.authorization ?? "").replace(/^Bearer /, "");
    const verb = VERBS[method] ?? "";
    this.authorize(token, verb, namespace, name);
    const key = `${namespace}/${name}`;
    const present = this.secrets.get(key);
    const isDry = searchParams.get("dryRun") === "All";
    if (method === "PATCH") {
      const body = JSON.parse(text) as Values;
      const manager = searchParams.get("fieldManager") ?? "unknown";
      const isApply = headers["content-type"] === "application/apply-patch+yaml";
      if (present === undefined) {
        if (!isApply) throw missing(name);
        if (!this.namespaces.has(namespace)) {
          throw new Refusal(404, "NotFound", `namespaces "${namespace}" not found`);
        }
        this.authorize(token, "create", namespace, name);
      }
      const row = copyOf(present);
      refuseOtherVersion(name, body, present);
      if (isApply) apply(row, body, manager, searchParams.get("force") === "true");
      else merge(row, body, manager);
      validate(name, row, present);
      row.version = ++this.version;
      if (!isDry) this.secrets.set(key, row);
      return [present === undefined ? 201 : 200, asObject(namespace, name, row)];
    }
    if (present === undefined) throw missing(name);
    if (method === "GET") return [200, asObject(namespace, name, present)];
    const { preconditions = {} } = JSON.parse(text || "{}") as { preconditions?: Values };
    const isOther =
      (preconditions["uid"] ?? present.uid) !== present.uid ||
      (preconditions["resourceVersion"] ?? String(present.version)) !== String(present.version);
    if (isOther) throw new Refusal(409, "Conflict", "the object has been modified");
    if (!isDry) this.secrets.delete(key);
    return [200, { kind: "Status", apiVersion: "v1", status: "Success" }];
  }

  private authorize(token: string, verb: string, namespace: string, name: string): void {
    if (token === this.rootToken) return;
    const verbs = this.rights.get(token);
    if (verbs === undefined) throw new Refusal(401, "Unauthorized", "Unauthorized");
    if (verbs.has(verb)) return;
    const words = `secrets "${name}" is forbidden: User "test" cannot ${verb} resource "secrets" in API group "" in the namespace "${namespace}"`;
    throw new Refusal(403, "Forbidden", words);
  }
}

const VERBS: Readonly<Record<string, string>> = { GET: "get", PATCH: "patch", DELETE: "delete" };

function missing(name: string): Refusal {
  return new Refusal(404, "NotFound", `secrets "${name}" not found`);
}

function copyOf(row: Row | undefined): Row {
  if (row === undefined)
    return { fields: new Map(), owned: new Map(), uid: randomUUID(), version: 0 };
  const owned = [...row.owned].map(([manager, fields]) => [manager, new Set(fields)] as const);
  return { ...row, fields: new Map(row.fields), owned: new Map(owned) };
}

function refuseOtherVersion(name: string, body: Values, present: Row | undefined): void {
  const wanted = (body["metadata"] as Values | undefined)?.["resourceVersion"];
  if (wanted === undefined || wanted === String(present?.version)) return;
  const words = `Operation cannot be fulfilled on secrets "${name}": the object has been modified; please apply your changes to the latest version and try again`;
  throw new Refusal(409, "Conflict", words);
}

/** The fields that have managers, by path. */
function fieldsIn(body: Values): Map<string, unknown> {
  const metadata = (body["metadata"] ?? {}) as Values;
  const parts = {
    data: body["data"],
    "metadata/labels": metadata["labels"],
    "metadata/annotations": metadata["annotations"],
  };
  const fields = Object.entries(parts).flatMap(([path, values]) =>
    Object.entries((values ?? {}) as Values).map(
      ([name, value]) => [`${path}/${name}`, value] as const,
    ),
  );
  const whole = ["type", "immutable"].filter((name) => body[name] !== undefined);
  return new Map([...fields, ...whole.map((name) => [name, body[name]] as const)]);
}

function apply(row: Row, body: Values, manager: string, isForced: boolean): void {
  const wanted = fieldsIn(body);
  const own = `${manager} Apply`;
  const others = [...row.owned].filter(([name]) => name !== own);
  for (const [path, value] of wanted) {
    const rivals = others.filter(
      ([, fields]) => fields.has(path) && row.fields.get(path) !== value,
    );
    if (rivals.length > 0 && !isForced) {
      const words = `Apply failed with 1 conflict: conflict with "${rivals[0]?.[0]}": .${path.replaceAll("/", ".")}`;
      throw new Refusal(409, "Conflict", words);
    }
    for (const [, fields] of rivals) fields.delete(path);
    row.fields.set(path, value);
  }
  for (const path of row.owned.get(own) ?? []) {
    const isShared = others.some(([, fields]) => fields.has(path));
    if (!wanted.has(path) && !isShared) row.fields.delete(path);
  }
  row.owned.set(own, new Set(wanted.keys()));
}

function merge(row: Row, body: Values, manager: string): void {
  const own = `${manager} Update`;
  const fields = row.owned.get(own) ?? new Set<string>();
  for (const [path, value] of fieldsIn(body)) {
    const isSame = row.fields.get(path) === value;
    if (!isSame) for (const each of row.owned.values()) each.delete(path);
    if (value === null) row.fields.delete(path);
    else row.fields.set(path, value);
    if (value !== null && !isSame) fields.add(path);
  }
  row.owned.set(own, fields);
}

function validate(name: string, row: Row, before: Row | undefined): void {
  const invalid = (words: string) =>
    new Refusal(422, "Invalid", `Secret "${name}" is invalid: ${words}`);
  if (!row.fields.has("type")) row.fields.set("type", "Opaque");
  const type = row.fields.get("type");
  if (before !== undefined && before.fields.get("type") !== type) {
    throw invalid(`type: Invalid value: "${String(type)}": field is immutable`);
  }
  const changes = (path: string) => before?.fields.get(path) !== row.fields.get(path);
  const paths = new Set([...row.fields.keys(), ...(before?.fields.keys() ?? [])]);
  if (
    before?.fields.get("immutable") === true &&
    [...paths].some((path) => path.startsWith("data/") && changes(path))
  ) {
    throw invalid("data: Forbidden: field is immutable when `immutable` is set");
  }
  for (const path of row.fields.keys()) {
    if (path.startsWith("data/") && !/^[-._a-zA-Z0-9]+$/.test(path.slice(5))) {
      throw invalid(`data[${path.slice(5)}]: Invalid value`);
    }
  }
  if (type === "kubernetes.io/dockerconfigjson") {
    const config = row.fields.get("data/.dockerconfigjson");
    if (config === undefined) throw invalid("data[.dockerconfigjson]: Required value");
    try {
      JSON.parse(Buffer.from(config as string, "base64").toString());
    } catch {
      throw invalid('data[.dockerconfigjson]: Invalid value: "<secret contents redacted>"');
    }
  }
  const isBasic = type === "kubernetes.io/basic-auth";
  if (isBasic && !row.fields.has("data/username") && !row.fields.has("data/password")) {
    throw invalid("data[username]: Required value, data[password]: Required value");
  }
}

function asObject(namespace: string, name: string, { fields, uid, version }: Row): object {
  const under = (path: string) =>
    Object.fromEntries(
      [...fields]
        .filter(([field]) => field.startsWith(`${path}/`))
        .map(([field, value]) => [field.slice(path.length + 1), value]),
    );
  return {
    kind: "Secret",
    apiVersion: "v1",
    metadata: {
      name,
      namespace,
      uid,
      resourceVersion: String(version),
      labels: under("metadata/labels"),
      annotations: under("metadata/annotations"),
    },
    data: under("data"),
    type: fields.get("type"),
    ...(fields.get("immutable") === true && { immutable: true }),
  };
}
