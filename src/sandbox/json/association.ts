import { accessLevelIn, accessLevels } from "../auth/access";
import type { Caller } from "../http/call";
import type { Instance } from "../instance";
import type { Group, Project } from "../state/rows";
import { fullName, namespaceJson } from "./project";

const organizationId = 1;

/** A role, or null for none. */
function shownLevel(level: number): number | null {
  return level === accessLevels.none ? null : level;
}

/** A group that a token reaches. */
export function groupAssociationJson(instance: Instance, { user }: Caller, group: Group) {
  const { id, name, parent_id, visibility, full_path } = group;
  return {
    id,
    web_url: `${instance.url}/groups/${full_path}`,
    name,
    parent_id,
    organization_id: organizationId,
    access_levels: shownLevel(accessLevelIn(instance.store, user, { type: "group", id })),
    visibility,
  };
}

/** A project that a token reaches. */
export function projectAssociationJson(instance: Instance, { user }: Caller, project: Project) {
  const { store, url } = instance;
  const { id, description, name, path, full_path, created_at, visibility, group_id } = project;
  const direct = store.directMember({ type: "project", id }, user.id);
  const inherited =
    group_id === null
      ? accessLevels.none
      : accessLevelIn(store, user, { type: "group", id: group_id });
  return {
    id,
    description,
    name,
    name_with_namespace: fullName(instance, project),
    path,
    path_with_namespace: full_path,
    created_at,
    access_levels: {
      project_access_level: direct?.access_level ?? null,
      group_access_level: shownLevel(inherited),
    },
    visibility,
    web_url: `${url}/${full_path}`,
    namespace: namespaceJson(instance, project),
  };
}
