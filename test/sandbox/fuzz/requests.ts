import fc from "fast-check";
import { routes } from "../../../src/sandbox/api/registry";
import type { CallerName, ReferenceKind, World } from "./world";

export interface RandomRequest {
  readonly caller: CallerName;
  readonly method: string;
  /** From the root of the server, with the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

const implausible = ["0", "-1", "abc", "%2F", "%00", "9".repeat(20), "..", "a%20b", "%E0%A4%A"];

const levels = [5, 10, 15, 20, 30, 40, 50];
const words = ["new", "smith", "hollow", "Another Name"];
const instants = ["2026-06-01T00:00:00Z", "2026-05-01"];
const flags = [true, false];
const queries = [
  "{ currentUser { id groupMemberships { nodes { group { name } } } } }",
  "{ users { nodes { username projectMemberships { nodes { project { name } } } } } }",
  "{ users { nodes",
];

/** What clients send under these names, more or less. */
function plausibleParameters({ references }: World): Readonly<Record<string, readonly unknown[]>> {
  const [groups, users] = [references.group.map(Number), references.user.map(Number)];
  return {
    ...{
      name: words,
      username: words,
      path: words,
      search: words,
      description: words,
      key: ["A", "B"],
    },
    ...{ email: ["a@b.example"], value: ["12345678", "two words"], environment_scope: ["*", "x"] },
    ...{ visibility: ["private", "public"], parent_id: groups, namespace_id: groups },
    ...{
      scopes: [["api"], "read_api,api", ["self_rotate"]],
      expires_at: ["2026-09-01", "2026-06-01"],
    },
    ...{
      access_level: levels,
      base_access_level: levels,
      min_access_level: levels,
      user_id: users,
    },
    ...{ user_ids: [users], external: flags, masked: flags, masked_and_hidden: flags, raw: flags },
    ...{ variable_type: ["env_var", "file"], page: [1, 2], per_page: [1, 100], revoked: flags },
    ...{
      order_by: ["id", "username"],
      sort: ["asc", "desc"],
      pagination: ["keyset"],
      cursor: ["e30"],
    },
    ...{ state: ["active", "inactive"], created_after: instants, last_used_before: instants },
    ...{ expires_before: ["2026-12-01"], filter: [{ environment_scope: "*" }], hard_delete: flags },
    ...{ skip_subresources: flags, force_random_password: [true], ID: ["lock"], serial: [1, 2] },
    ...{ query: queries, variables: [{}, "{"], service_access_tokens_expiration_enforced: flags },
    ...{ max_personal_access_token_lifetime: [30], admin_mode: [false], password: ["x"] },
  };
}

const implausibleValue = fc.oneof(
  fc.constantFrom<unknown>(null, "", 0, -1, 1e300, 0.5, [], {}, [[]], { a: { b: [null] } }),
  fc.string({ maxLength: 12, unit: "binary" }),
);

/** Some of the parameters that there are, most of them plausible. */
function parametersIn(world: World): fc.Arbitrary<Record<string, unknown>> {
  const arbitraries = Object.entries(plausibleParameters(world)).map(([name, values]) => [
    name,
    fc.oneof(
      { weight: 12, arbitrary: fc.constantFrom(...values) },
      { weight: 1, arbitrary: implausibleValue },
    ),
  ]);
  const model = Object.fromEntries(arbitraries) as Record<string, fc.Arbitrary<unknown>>;
  return fc.record(model, { requiredKeys: [] });
}

function kindOf(world: World, pattern: string, place: string): ReferenceKind {
  if (place === "user_id" || pattern.startsWith("/users/")) return "user";
  if (place === "token_id" || pattern.startsWith("/personal_access_tokens/")) return "token";
  if (Object.hasOwn(world.references, place)) return place as ReferenceKind;
  return pattern.startsWith("/projects/") ? "project" : "group";
}

/** A path of a route with its places filled in, plausibly for the most part. */
function pathsOf(world: World, pattern: string): fc.Arbitrary<string> {
  const anyReference = Object.values(world.references).flat();
  const places = [...pattern.matchAll(/:([a-z_]+)/g)].map(([, place = ""]) =>
    fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...world.references[kindOf(world, pattern, place)]) },
      { weight: 1, arbitrary: fc.constantFrom(...anyReference) },
      { weight: 1, arbitrary: fc.constantFrom(...implausible) },
    ),
  );
  const full = pattern.startsWith("/api/") ? pattern : `/api/v4${pattern}`;
  return fc
    .tuple(...places)
    .map((filled) => filled.reduce((path, value) => path.replace(/:[a-z_]+/, () => value), full));
}

const contentTypes = {
  json: "application/json",
  form: "application/x-www-form-urlencoded",
  unknown: "text/plain",
} as const;

const encodings = [
  ...(["json", "json", "json", "json", "form", "form", "query"] as const),
  ...(["unknown", "broken"] as const),
];

/** The header that carries a caller's token. */
const headerNames: Readonly<Partial<Record<CallerName, string>>> = {
  job: "JOB-TOKEN",
  strangersJob: "JOB-TOKEN",
  deployToken: "DEPLOY-TOKEN",
};

function headersOf({ tokens }: World, caller: CallerName): Record<string, string> {
  const token = tokens[caller];
  return token === undefined ? {} : { [headerNames[caller] ?? "PRIVATE-TOKEN"]: token };
}

/** What clients of Git and the registry ask, with a token as a password. */
function outsideRequests(
  { tokens }: World,
  callers: readonly CallerName[],
): fc.Arbitrary<RandomRequest> {
  const projects = ["hollow/forge", "open/quiet", "stranger/stall", "none/such"];
  return fc
    .record({
      caller: fc.constantFrom(...callers),
      username: fc.constantFrom("any", "gitlab-ci-token", "gitlab+deploy-token-1"),
      path: fc.constantFrom(
        ...projects.flatMap((project) => [
          `/${project}.git/info/refs?service=git-upload-pack`,
          `/${project}/info/refs?service=git-receive-pack`,
          `/jwt/auth?service=container_registry&scope=repository:${project}:pull,push`,
          `/api/v4/projects/${encodeURIComponent(project)}/terraform/state/main`,
        ]),
      ),
    })
    .map(({ caller, username, path }) => {
      const login = Buffer.from(`${username}:${tokens[caller] ?? ""}`).toString("base64");
      return { caller, method: "GET", path, headers: { Authorization: `Basic ${login}` } };
    });
}

/** Random requests over everything that is served, by one of the callers. */
export function requests(
  world: World,
  callers: readonly CallerName[],
): fc.Arbitrary<RandomRequest> {
  return fc.oneof(
    { weight: 30, arbitrary: apiRequests(world, callers) },
    { weight: 1, arbitrary: outsideRequests(world, callers) },
  );
}

function apiRequests(world: World, callers: readonly CallerName[]): fc.Arbitrary<RandomRequest> {
  const parameters = parametersIn(world);
  return fc.constantFrom(...routes).chain(({ method, path }) =>
    fc
      .record({
        caller: fc.constantFrom(...callers),
        path: pathsOf(world, path),
        parameters,
        encoding: fc.constantFrom(...encodings),
      })
      .map(({ caller, path: filled, parameters: given, encoding }) => {
        const headers = headersOf(world, caller);
        if (encoding === "query" || method === "GET") {
          return { caller, method, path: `${filled}?${pairs(given)}`, headers };
        }
        const isBroken = encoding === "broken";
        const type = isBroken ? contentTypes.json : contentTypes[encoding];
        const text = encoding === "form" ? pairs(given) : JSON.stringify(given);
        const body = isBroken ? text.slice(0, -1) : text;
        return {
          caller,
          method,
          path: filled,
          headers: { ...headers, "Content-Type": type },
          body,
        };
      }),
  );
}

function pairs(parameters: Record<string, unknown>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (Array.isArray(value)) value.forEach((item) => query.append(`${name}[]`, String(item)));
    else if (typeof value === "object" && value !== null) {
      for (const [key, inner] of Object.entries(value))
        query.append(`${name}[${key}]`, String(inner));
    } else query.append(name, String(value));
  }
  return query.toString();
}

/** Sends a request to a stand-in, for its status and all that it shows. */
export async function ask(url: string, { method, path, headers, body }: RandomRequest) {
  const response = await fetch(url + path, { method, headers, body, redirect: "manual" });
  const shown = [await response.text(), ...response.headers.values()].join("\n");
  return { status: response.status, shown };
}
