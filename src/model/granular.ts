import { compareText } from "./collections";
import type { Problem } from "./problem";

/**
 * Where the permissions of a fine-grained token count.
 * @see https://docs.gitlab.com/auth/tokens/fine_grained_access_tokens/
 */
export const GRANULAR_ACCESSES = [
  "selected_memberships",
  "all_memberships",
  "personal_projects",
  "user",
  "instance",
] as const;

export type GranularAccess = (typeof GRANULAR_ACCESSES)[number];

/** Permissions of a fine-grained token, as they are declared and requested. */
export interface GranularScope {
  readonly access: string;
  readonly permissions: readonly string[];
  /** Only of `selected_memberships`. A group counts with everything below it. */
  readonly group_ids?: readonly number[] | null;
  readonly project_ids?: readonly number[] | null;
}

/** The same as GitLab shows them: one place for each entry. */
export interface ShownScope {
  readonly access: string;
  readonly permissions: readonly string[];
  readonly group_id?: number | null;
  readonly project_id?: number | null;
}

/** One permission in one place. A token is the sum of them, however they are grouped. */
export interface Grant {
  readonly permission: string;
  /** `group 12`, `project 7`, or where else it counts. */
  readonly place: string;
}

const PLACES: Readonly<Record<string, string>> = {
  all_memberships: "all its memberships",
  personal_projects: "its personal projects",
  selected_memberships: "nothing",
  user: "its own user",
  instance: "the instance",
};

function placesOf({ access, group_ids: groups, project_ids: projects }: GranularScope): string[] {
  if (access !== "selected_memberships") return [PLACES[access] ?? access];
  return [
    ...(groups ?? []).map((id) => `group ${id}`),
    ...(projects ?? []).map((id) => `project ${id}`),
  ];
}

/** Every permission in every place, each once, in order. */
export function grantsOf(scopes: readonly GranularScope[]): Grant[] {
  const grants = new Map<string, Grant>();
  for (const scope of scopes) {
    for (const place of placesOf(scope)) {
      for (const permission of scope.permissions) {
        const grant = { permission, place };
        grants.set(grantInWords(grant), grant);
      }
    }
  }
  return [...grants].sort(([one], [other]) => compareText(one, other)).map(([, grant]) => grant);
}

/** `read_member in group 12` */
export function grantInWords({ permission, place }: Grant): string {
  return `${permission} in ${place}`;
}

/** In words for a reader, one for each place: `group 12: create_member, read_member`. */
export function placesInWords(scopes: readonly GranularScope[]): string[] {
  const places = new Map<string, string[]>();
  for (const { permission, place } of grantsOf(scopes)) {
    places.set(place, [...(places.get(place) ?? []), permission]);
  }
  return [...places].map(([place, permissions]) => `${place}: ${permissions.join(", ")}`);
}

/** Whether two lists give the same permissions in the same places. */
export function sameGrants(
  one: readonly GranularScope[],
  other: readonly GranularScope[],
): boolean {
  return wordsOf(one).join("\n") === wordsOf(other).join("\n");
}

function wordsOf(scopes: readonly GranularScope[]): string[] {
  return grantsOf(scopes).map(grantInWords);
}

/** The grants of one list that another lacks. */
export function grantsBeyond(
  scopes: readonly GranularScope[],
  others: readonly GranularScope[],
): Grant[] {
  const has = new Set(wordsOf(others));
  return grantsOf(scopes).filter((grant) => !has.has(grantInWords(grant)));
}

/** What GitLab shows, as it would be declared: places with the same permissions together. */
export function asDeclared(shown: readonly ShownScope[]): GranularScope[] {
  const found = new Map<string, { access: string; permissions: string[]; shown: ShownScope[] }>();
  for (const scope of shown) {
    const permissions = [...new Set(scope.permissions)].sort(compareText);
    const key = [scope.access, ...permissions].join(" ");
    const entry = found.get(key) ?? { access: scope.access, permissions, shown: [] };
    found.set(key, { ...entry, shown: [...entry.shown, scope] });
  }
  return [...found]
    .sort(([one], [other]) => compareText(one, other))
    .map(([, entry]) => ({
      access: entry.access,
      permissions: entry.permissions,
      group_ids: idsAmong(entry.shown, "group_id"),
      project_ids: idsAmong(entry.shown, "project_id"),
    }));
}

/** Null where there are none, as an attribute that is not written. */
function idsAmong(shown: readonly ShownScope[], key: "group_id" | "project_id"): number[] | null {
  const ids = shown.flatMap(({ [key]: id }) => id ?? []).sort((one, other) => one - other);
  return ids.length === 0 ? null : ids;
}

/** As a request has them: without what is not written. */
export function asRequested(scopes: readonly GranularScope[]): GranularScope[] {
  return scopes.map(({ access, permissions, group_ids: groups, project_ids: projects }) => ({
    access,
    permissions: [...permissions],
    ...(groups !== null && groups !== undefined && { group_ids: [...groups] }),
    ...(projects !== null && projects !== undefined && { project_ids: [...projects] }),
  }));
}

const PERMISSION = /^[a-z][a-z0-9]*(_[a-z0-9]+)+$/;

/** A name that cannot be a permission. Which ones there are, only the server knows. */
export function permissionProblem(name: string): Problem | undefined {
  if (PERMISSION.test(name)) return undefined;
  return {
    code: "malformed-permission",
    summary: `"${name}" is not the name of a permission`,
    detail:
      `A permission is written as an action and a resource, in lower case and with underscores, such as read_member or ` +
      `create_service_account; got "${name}". GitLab's documentation of fine-grained tokens lists them.`,
  };
}

const LARGEST = 64 * 1024;

/** The problem of one entry, with its attribute. */
export function granularProblem({
  access,
  permissions,
  group_ids: groups,
  project_ids: projects,
}: GranularScope): { readonly problem: Problem; readonly attribute: string } | undefined {
  const at = (attribute: string, problem: Problem) => ({ attribute, problem });
  const places = (groups ?? []).length + (projects ?? []).length;
  if (!(GRANULAR_ACCESSES as readonly string[]).includes(access)) {
    return at("access", {
      code: "unknown-choice",
      summary: `Unknown access "${access}"`,
      detail: `access must be ${GRANULAR_ACCESSES.join(", ")}; got "${access}".`,
    });
  }
  if (permissions.length === 0) {
    return at("permissions", {
      code: "missing-permissions",
      summary: "No permission is given",
      detail:
        "Permissions that are granted nowhere do nothing, and GitLab refuses the token. Name at least one.",
    });
  }
  const broken = permissions.map(permissionProblem).find((problem) => problem !== undefined);
  if (broken !== undefined) return at("permissions", broken);
  if (JSON.stringify(permissions).length > LARGEST) {
    return at("permissions", {
      code: "too-many-permissions",
      summary: "There are too many permissions",
      detail: `GitLab keeps at most 64 KB of them in one block; got ${permissions.length} permissions. Name fewer.`,
    });
  }
  if (access === "selected_memberships" && places === 0) {
    return at("group_ids", {
      code: "missing-places",
      summary: "No group or project is selected",
      detail:
        "access selected_memberships needs group_ids or project_ids. A group counts with everything below it.",
    });
  }
  if (access === "selected_memberships" || places === 0) return undefined;
  return at(groups === null || groups === undefined ? "project_ids" : "group_ids", {
    code: "places-not-selected",
    summary: `access ${access} takes no groups or projects`,
    detail: `Write access = "selected_memberships" to name groups and projects, or leave them out.`,
  });
}

/** GitLab refuses a token with two entries for one place. */
export function repeatedPlace(scopes: readonly GranularScope[]): Problem | undefined {
  const places = scopes.flatMap(placesOf);
  const repeated = places.find((place, at) => places.indexOf(place) < at);
  if (repeated === undefined) return undefined;
  return {
    code: "repeated-place",
    summary: `Two entries of granular_scopes name ${repeated}`,
    detail: `GitLab takes each place once. Write all permissions in ${repeated} in one entry.`,
  };
}
