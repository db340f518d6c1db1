import { accessLevelIn, accessLevels, canRead } from "../auth/access";
import { keysetUnavailable } from "../http/keyset";
import type { Call } from "../http/call";
import { checkedPage, linkTo, pageParams, paginate } from "../http/pagination";
import { ok, type Reply } from "../http/reply";
import { supports } from "../instance";
import { projectJson, simpleProjectJson } from "../json/project";
import { withoutKeys } from "../json/without-keys";
import type { ParamsOf } from "../params/read";
import { boolean, dateTime, integer, oneOf, string, withDefault } from "../params/types";
import type { Project } from "../state/rows";

const off = () => withDefault(boolean(), false);

const orders = [
  ...(["id", "name", "path", "created_at", "updated_at", "last_activity_at"] as const),
  ...(["similarity", "star_count"] as const),
  ...(["storage_size", "repository_size", "wiki_size", "packages_size"] as const),
];
type Order = (typeof orders)[number];

/** What lists of projects have in common. The defaults appear in Link headers, so all are declared. */
export const projectListParams = {
  ...pageParams,
  pagination: oneOf("legacy", "keyset"),
  archived: boolean(),
  visibility: oneOf("private", "internal", "public"),
  search: string(),
  order_by: withDefault(oneOf(...orders), "created_at"),
  sort: withDefault(oneOf("asc", "desc"), "desc"),
  simple: off(),
  owned: off(),
  starred: off(),
  min_access_level: integer(),
  id_after: integer(),
  id_before: integer(),
  with_issues_enabled: off(),
  with_merge_requests_enabled: off(),
  with_custom_attributes: off(),
};

/** Parameters of the list of all projects only. */
export const allProjectsParams = {
  ...projectListParams,
  search_namespaces: boolean(),
  membership: off(),
  last_activity_after: dateTime(),
  last_activity_before: dateTime(),
  statistics: off(),
  imported: off(),
  include_hidden: off(),
  repository_checksum_failed: off(),
  wiki_checksum_failed: off(),
};

type Params = ParamsOf<typeof projectListParams> &
  Partial<
    Pick<
      ParamsOf<typeof allProjectsParams>,
      "search_namespaces" | "membership" | "last_activity_after" | "last_activity_before"
    >
  >;

/** A page of some projects, with those that the caller can see and requests. */
export function projectPage(call: Call, params: Params, candidates: readonly Project[]): Reply {
  const { instance, caller } = call;
  const found = candidates.filter((project) => isWanted(call, project, params));
  const rows = found.sort(comparison(params));
  const present = (project: Project) =>
    params.simple
      ? withoutKeys(
          simpleProjectJson(instance, caller, project),
          supports(instance, "recentContainerKeys") ? [] : ["visibility"],
        )
      : projectJson(instance, caller, project);
  if (params.pagination !== "keyset") return paginate(call, params, rows, present);
  if (params.order_by !== "id") throw keysetUnavailable();
  const { perPage } = checkedPage(params);
  const page = rows.slice(0, perPage);
  const last = page.at(-1);
  if (rows.length <= perPage || last === undefined) return ok(page.map(present));
  const bound = params.sort === "asc" ? { id_after: last.id } : { id_before: last.id };
  const link = linkTo(call, { ...params, ...bound });
  return ok(page.map(present), { Link: `<${link}>; rel="next"` });
}

function isWanted(call: Call, project: Project, params: Params): boolean {
  const { archived, visibility, id_after, id_before, starred } = params;
  const { last_activity_after: after, last_activity_before: before } = params;
  const level = wantedLevel(params);
  // Cheap tests first: a list may be long.
  return (
    !starred &&
    (archived === undefined || project.archived === archived) &&
    (visibility === undefined || project.visibility === visibility) &&
    (id_after === undefined || project.id > id_after) &&
    (id_before === undefined || project.id < id_before) &&
    (after === undefined || project.created_at >= after) &&
    (before === undefined || project.created_at <= before) &&
    matchesSearch(project, params) &&
    canRead(call.instance, call.caller, "project", project) &&
    (level === undefined || roleIn(call, project) >= level)
  );
}

function wantedLevel({ owned, membership, min_access_level, order_by, search }: Params) {
  if (owned) return accessLevels.owner;
  // By similarity, GitLab searches only among the caller's own.
  const isOwn = membership === true || (order_by === "similarity" && search !== undefined);
  return min_access_level ?? (isOwn ? accessLevels.guest : undefined);
}

function roleIn({ instance, caller }: Call, { id }: Project): number {
  return accessLevelIn(instance.store, caller.user, { type: "project", id });
}

function matchesSearch(project: Project, { search, search_namespaces }: Params): boolean {
  const text = search?.toLowerCase() ?? "";
  if (text === "") return true;
  const withNamespaces = search_namespaces ?? text.includes("/");
  const { name, path, full_path, description } = project;
  return [name, path, description, withNamespaces ? full_path : ""].some((value) =>
    value?.toLowerCase().includes(text),
  );
}

/** By an attribute, equal ones by id. For attributes that no project has here, such as stars, all are equal. */
function comparison({ order_by, sort, search }: Params) {
  const sign = sort === "asc" ? 1 : -1;
  if (order_by === "similarity") return bySimilarity(search?.toLowerCase() ?? "");
  return (a: Project, b: Project) => {
    const [left, right] = [sortKey(a, order_by), sortKey(b, order_by)];
    return sign * (left < right ? -1 : left > right ? 1 : a.id - b.id);
  };
}

function sortKey(project: Project, order: Order): string | number {
  switch (order) {
    case "id":
    case "name":
    case "path":
    case "created_at":
    case "updated_at":
      return project[order];
    case "last_activity_at":
      return project.created_at;
    default:
      return 0;
  }
}

/** Projects with the full path first, then those that begin with the text, then the newest. */
function bySimilarity(text: string) {
  const distance = ({ path, name }: Project) => {
    const names = [path.toLowerCase(), name.toLowerCase()];
    if (names.includes(text)) return 0;
    return names.some((candidate) => candidate.startsWith(text)) ? 1 : 2;
  };
  return (a: Project, b: Project) => distance(a) - distance(b) || b.id - a.id;
}
