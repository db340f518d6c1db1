import type { Caller } from "../http/call";
import { supports, type Instance } from "../instance";
import type { Group, Project } from "../state/rows";
import {
  accessLevels,
  canRead,
  groupAndAncestors,
  hasRole,
  projectsSharedWith,
} from "../auth/access";
import { limitDefaults, placeDefaults, policyDefaults, recentGroupKeys } from "./group-defaults";
import { projectJson } from "./project";
import { runnersToken } from "./runners-token";
import { sharedWithGroupsJson } from "./share";
import { withSettings } from "../params/container-settings";
import { withoutKeys } from "./without-keys";

const projectsShown = 100;

/** The keys that lists and single groups have in common, in GitLab's order. */
function commonJson(instance: Instance, group: Group) {
  const { id, name, path, full_path, description, visibility, parent_id, created_at } = group;
  const ancestors = groupAndAncestors(instance.store, id).reverse();
  return {
    id,
    web_url: `${instance.url}/groups/${full_path}`,
    name,
    path,
    description,
    visibility,
    ...policyDefaults,
    full_name: ancestors.map((ancestor) => ancestor.name).join(" / "),
    full_path,
    created_at,
    parent_id,
    ...placeDefaults,
    marked_for_deletion_on: group.marked_for_deletion_on ?? null,
  };
}

function forVersion(instance: Instance, json: Record<string, unknown>): Record<string, unknown> {
  return supports(instance, "recentContainerKeys") ? json : withoutKeys(json, recentGroupKeys);
}

/** A group in a list. */
export function groupJson(instance: Instance, group: Group) {
  return forVersion(instance, withSettings(commonJson(instance, group), group.settings));
}

/** A single group, with the projects directly in it. */
export function groupDetailsJson(
  instance: Instance,
  caller: Caller,
  group: Group,
  withProjects: boolean,
) {
  const isTopLevel = group.parent_id === null;
  const source = { type: "group", id: group.id } as const;
  const isManaged = hasRole(instance, caller, source, accessLevels.owner);
  const json = {
    ...commonJson(instance, group),
    ...(isTopLevel ? { duo_namespace_access_rules: [] } : {}),
    shared_with_groups: sharedWithGroupsJson(instance, source),
    ...(isManaged ? { runners_token: runnersToken("group", group.id) } : {}),
    ...(isTopLevel
      ? { enabled_git_access_protocol: "all", prevent_sharing_groups_outside_hierarchy: false }
      : {}),
    ...(withProjects ? projectLists(instance, caller, group) : {}),
    ...limitDefaults,
    ...(isTopLevel
      ? {
          service_access_tokens_expiration_enforced:
            group.service_access_tokens_expiration_enforced,
        }
      : {}),
    membership_lock: false,
  };
  return forVersion(instance, withSettings(json, group.settings));
}

function projectLists(instance: Instance, caller: Caller, group: Group) {
  const { store } = instance;
  const shown = (projects: readonly Project[]) =>
    projects
      .filter((project) => canRead(instance, caller, "project", project))
      .slice(0, projectsShown)
      .map((project) => projectJson(instance, caller, project));
  return {
    projects: shown(store.projectsByGroup.all(group.id)),
    shared_projects: shown(projectsSharedWith(store, group.id)),
  };
}
