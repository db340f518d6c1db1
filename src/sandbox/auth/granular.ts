import type { Caller, Incoming } from "../http/call";
import { ApiError, notFound } from "../http/errors";
import type { Instance } from "../instance";
import type { GranularScope, SourceType } from "../state/rows";
import type { SourceRef } from "../state/store";
import { accessLevelIn, accessLevels, canRead, membershipSources } from "./access";
import { permissionName, type Permission } from "./permissions";

/** A refusal of what a fine-grained token was not given. */
function refusal(description: string): ApiError {
  return new ApiError({
    status: 403,
    body: { error: "insufficient_granular_scope", error_description: description },
    rescued: true,
  });
}

/**
 * Refuses a fine-grained token without the permission that a route requires. A place that its user cannot see is
 * missing, whatever the permissions. What is public can be read without any.
 */
export function requirePermission(
  instance: Instance,
  caller: Caller,
  permission: Permission | undefined,
  { path, method }: { readonly path: Readonly<Record<string, string>> } & Pick<Incoming, "method">,
): void {
  const scopes = caller.token?.granular_scopes;
  if (scopes === undefined) return;
  if (permission === undefined) {
    throw refusal(
      "Access denied: This operation doesn't support fine-grained personal access tokens.",
    );
  }
  const { boundary, resource, action } = permission;
  const isPlace = boundary === "group" || boundary === "project";
  const place = isPlace ? placeOf(instance, boundary, path["id"] ?? "") : undefined;
  if (isPlace && place === undefined) throw notFound();
  if (isGranted(instance, caller, permissionName(permission), place ?? boundary)) return;
  if (place !== undefined) {
    const container = containerOf(instance, place);
    if (method === "GET" && isPublicReading(resource) && container?.visibility === "public") return;
    if (container === undefined || !canRead(instance, caller, place.type, container)) {
      throw notFound();
    }
  }
  throw refusal(
    `Access denied: This operation requires a fine-grained personal access token with the following ${boundary} permissions: [${resource}: ${action}].`,
  );
}

function isPublicReading(resource: string): boolean {
  return ["Group", "Project", "Member"].includes(resource);
}

function placeOf({ store }: Instance, type: SourceType, reference: string): SourceRef | undefined {
  const found = type === "group" ? store.groupOf(reference) : store.projectOf(reference);
  return found === undefined ? undefined : { type, id: found.id };
}

function containerOf({ store }: Instance, { type, id }: SourceRef) {
  return type === "group" ? store.groups.get(id) : store.projects.get(id);
}

type Target = SourceRef | "user" | "instance" | "group" | "project";

/** Whether the caller's fine-grained token has a permission in a place, for its user or for the instance. */
function isGranted(instance: Instance, caller: Caller, name: string, target: Target): boolean {
  const scopes = caller.token?.granular_scopes ?? [];
  return scopes.some(
    (scope) => scope.permissions.includes(name) && reaches(instance, caller, scope, target),
  );
}

function reaches(
  { store }: Instance,
  { user }: Caller,
  { access, group_id, project_id }: GranularScope,
  target: Target,
): boolean {
  if (typeof target === "string") return access === target;
  switch (access) {
    case "selected_memberships":
      return membershipSources(store, target).some(({ type, id }) =>
        type === "group" ? id === group_id : id === project_id,
      );
    case "all_memberships":
      return accessLevelIn(store, user, target) >= accessLevels.guest;
    case "personal_projects": {
      const project = target.type === "project" ? store.projects.get(target.id) : undefined;
      return project?.group_id === null && project.creator_id === user.id;
    }
    default:
      return false;
  }
}

/**
 * Refuses a fine-grained token that creates another one with permissions that it lacks itself. A selection of places
 * must lie within its own.
 */
export function refuseEscalation(
  instance: Instance,
  caller: Caller,
  wanted: readonly GranularScope[],
): void {
  const own = caller.token?.granular_scopes;
  if (own === undefined) return;
  const isCovered = (name: string, { access, group_id, project_id }: GranularScope) => {
    if (access === "user" || access === "instance") {
      return isGranted(instance, caller, name, access);
    }
    const place = placeOfScope(group_id, project_id);
    if (place !== undefined) return isGranted(instance, caller, name, place);
    return own.some((scope) => scope.access === access && scope.permissions.includes(name));
  };
  for (const scope of wanted) {
    if (scope.permissions.every((name) => isCovered(name, scope))) continue;
    throw refusal(
      "Access denied: A fine-grained personal access token cannot create a token with permissions that it does not have.",
    );
  }
}

function placeOfScope(groupId: number | null, projectId: number | null): SourceRef | undefined {
  if (groupId !== null) return { type: "group", id: groupId };
  return projectId === null ? undefined : { type: "project", id: projectId };
}
