import { MARK, MARKED_DESCRIPTION, VARIABLE_MARK } from "../mark";
import type { JsonObject } from "../recording/recording";
import { Refused } from "../refused";
import { bodyOf, type Incoming } from "./target";

/** Reads one path below `/api/v4`, with a query. */
export type Look = (path: string, query?: Readonly<Record<string, string>>) => Promise<Incoming>;

export interface Account {
  /** `groups/5` or `projects/7`. */
  readonly holder: string;
  readonly id: number;
  readonly name: string;
}

/** An object in the group. */
export interface Contents {
  /** Left by a run: by its name, and by its description if there is one. */
  readonly accounts: readonly Account[];
  readonly variables: readonly { readonly holder: string; readonly key: string }[];
  /** Subgroups and projects. Their contents are removed with them, except accounts. */
  readonly containers: readonly Container[];
  /** What no run created, in words. */
  readonly foreign: readonly string[];
}

export interface Container {
  readonly kind: "group" | "project";
  readonly id: number;
  readonly path: string;
  /** The day on which the instance removes it for good. */
  readonly markedOn: string | null;
}

const PAGES = 3;
const PER_PAGE = "100";

/** Everything in a group, as far as its Owner can see it. `self` is the caller. */
export async function contentsOf(look: Look, groupId: number, self: number): Promise<Contents> {
  const group = `groups/${groupId}`;
  const list = (path: string, query = {}) => listAll(look, `${group}/${path}`, query);
  // A response for another tier or release means that there are none.
  const accounts = await accountsOf(look, group);
  const subgroups = (await list("descendant_groups")).map((row) => containerOf("group", row));
  const projects = (
    await list("projects", { include_subgroups: "true", with_shared: "false" })
  ).map((row) => containerOf("project", row));
  // Nested objects come first.
  const containers = [
    ...projects,
    ...subgroups.sort((one, other) => other.path.length - one.path.length),
  ];
  const ours = containers.filter(({ isMarked }) => isMarked);
  const below: Account[] = [];
  for (const { kind, id } of ours) below.push(...(await accountsOf(look, `${kind}s/${id}`)));
  const variables = (await list("variables")).map((row) => String(row["key"]));
  const tokens = (
    await listAll(look, `${group}/access_tokens`, { state: "active" }, NOT_HERE)
  ).filter(({ revoked }) => revoked !== true);
  const members = (await list("members")).filter(({ id }) => id !== self);
  const known = new Set([...accounts, ...below].filter(isMarked).map(({ id }) => id));
  return {
    accounts: [...accounts, ...below].filter(isMarked),
    variables: variables
      .filter((key) => key.startsWith(VARIABLE_MARK))
      .map((key) => ({ holder: group, key })),
    containers: ours,
    foreign: [
      ...[...accounts, ...below].filter((one) => !isMarked(one)).map(named("service account")),
      ...containers
        .filter((one) => !one.isMarked)
        .map(({ kind, path }) => `${wordOf(kind)} ${path}`),
      ...variables.filter((key) => !key.startsWith(VARIABLE_MARK)).map((key) => `variable ${key}`),
      ...tokens.map(({ name }) => `access token ${String(name)}`),
      ...(await list("deploy_tokens")).map(({ name }) => `deploy token ${String(name)}`),
      ...members
        .filter(({ id }) => !known.has(Number(id)))
        .map(({ username }) => `member ${String(username)}`),
    ],
  };
}

export function isEmpty({ accounts, variables, containers }: Contents): boolean {
  return [accounts, variables, containers].every(({ length }) => length === 0);
}

/** Left-overs, in words. */
export function describeLeftOvers(contents: Contents): string[] {
  return [
    ...contents.accounts.map(named("service account")),
    ...contents.containers.map(({ kind, path, markedOn }) =>
      markedOn === null
        ? `${wordOf(kind)} ${path}`
        : `${wordOf(kind)} ${path}, which GitLab removes for good some days after ${markedOn}`,
    ),
    ...contents.variables.map(({ key }) => `variable ${key}`),
  ];
}

const named =
  (what: string) =>
  ({ name }: { readonly name: string }): string =>
    `${what} ${name}`;

const wordOf = (kind: "group" | "project"): string => (kind === "group" ? "subgroup" : kind);

const isMarked = ({ name }: { readonly name: string }): boolean => name.startsWith(MARK);

function containerOf(kind: "group" | "project", row: JsonObject) {
  const markedOn = row["marked_for_deletion_on"];
  return {
    kind,
    id: Number(row["id"]),
    path: String(kind === "group" ? row["full_path"] : row["path_with_namespace"]),
    markedOn: typeof markedOn === "string" ? markedOn : null,
    isMarked: String(row["path"]).startsWith(MARK) && row["description"] === MARKED_DESCRIPTION,
  };
}

async function accountsOf(look: Look, holder: string): Promise<Account[]> {
  const rows = await listAll(look, `${holder}/service_accounts`, {}, NOT_HERE);
  return rows.map(({ id, username }) => ({ holder, id: Number(id), name: String(username) }));
}

/** The response of a tier or release without a feature. */
const NOT_HERE: readonly number[] = [403, 404];

async function listAll(
  look: Look,
  path: string,
  query: Readonly<Record<string, string>>,
  none: readonly number[] = [],
): Promise<JsonObject[]> {
  const rows: JsonObject[] = [];
  for (let page = 1; page <= PAGES; page++) {
    const incoming = await look(path, { ...query, per_page: PER_PAGE, page: String(page) });
    if (none.includes(incoming.status)) return [];
    const body = bodyOf(incoming);
    if (incoming.status !== 200 || !Array.isArray(body)) {
      throw new Refused(
        `The contents of the group are not visible: GET /${path} returned ${incoming.status}. The token must be that of an Owner of the group, or of an administrator, with the scope api.`,
      );
    }
    rows.push(...(body as JsonObject[]));
    if (body.length < Number(PER_PAGE)) return rows;
  }
  return rows;
}
