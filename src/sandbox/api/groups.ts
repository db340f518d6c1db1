import {
  accessLevelIn,
  accessLevels,
  canRead,
  groupAndAncestors,
  projectsSharedWith,
} from "../auth/access";
import type { Call } from "../http/call";
import { forbidden } from "../http/errors";
import { pageParams, paginate } from "../http/pagination";
import { created, ok, type Reply } from "../http/reply";
import { route } from "../http/route";
import { groupDetailsJson, groupJson } from "../json/group";
import { groupSettings, keptSettings } from "../params/container-settings";
import type { ParamsOf } from "../params/read";
import {
  boolean,
  integer,
  integerList,
  oneOf,
  required,
  string,
  withDefault,
} from "../params/types";
import { auditNewContainer } from "../rules/audit";
import { auditNewMember } from "../rules/audit-members";
import {
  containerProblems,
  groupNotSaved,
  moveGroupPath,
  requireValidContainer,
} from "../rules/container-path";
import { addMember } from "../rules/add-member";
import type { Group } from "../state/rows";
import { deleteContainer, deletionParams, restore } from "./container-deletion";
import { findGroup, requireRole } from "./find";
import { projectListParams, projectPage } from "./project-list";

const visibility = oneOf("private", "internal", "public");

const listParams = {
  ...pageParams,
  search: string(),
  owned: withDefault(boolean(), false),
  top_level_only: boolean(),
  all_available: boolean(),
  skip_groups: integerList(),
  visibility,
  statistics: withDefault(boolean(), false),
  with_custom_attributes: withDefault(boolean(), false),
  min_access_level: integer(),
  order_by: withDefault(oneOf("name", "path", "id", "similarity"), "name"),
  sort: withDefault(oneOf("asc", "desc"), "asc"),
};

type ListParams = ParamsOf<typeof listParams>;

function groupPage(call: Call, params: ListParams, groups: readonly Group[]): Reply {
  const { instance, caller } = call;
  const search = params.search?.toLowerCase();
  const level = params.owned
    ? accessLevels.owner
    : (params.min_access_level ??
      (params.all_available === false ? accessLevels.guest : undefined));
  const skipped = new Set(params.skip_groups);
  const roleIn = (group: Group) =>
    accessLevelIn(instance.store, caller.user, { type: "group", id: group.id });
  const key = params.order_by === "similarity" ? "name" : params.order_by;
  const sign = params.sort === "asc" ? 1 : -1;
  const found = groups
    .filter(
      (group) =>
        canRead(instance, caller, "group", group) &&
        !skipped.has(group.id) &&
        (params.visibility === undefined || group.visibility === params.visibility) &&
        (params.top_level_only !== true || group.parent_id === null) &&
        (level === undefined || roleIn(group) >= level) &&
        (search === undefined ||
          group.name.toLowerCase().includes(search) ||
          group.full_path.toLowerCase().includes(search)),
    )
    .sort((a, b) => sign * (a[key] < b[key] ? -1 : a[key] > b[key] ? 1 : a.id - b.id));
  return paginate(call, params, found, (group) => groupJson(instance, group), "Group");
}

function descendants(call: Call, group: Group): Group[] {
  return call.instance.store.groupsByParent
    .all(group.id)
    .flatMap((subgroup) => [subgroup, ...descendants(call, subgroup)]);
}

const createParams = {
  name: required(string()),
  path: required(string()),
  description: withDefault(string(), ""),
  visibility: withDefault(visibility, "private"),
  parent_id: integer(),
  ...groupSettings,
};

function createGroup(call: Call, params: ParamsOf<typeof createParams>): Reply {
  const { instance, caller } = call;
  const { store, clock } = instance;
  const { parent_id = null } = params;
  const parent = parent_id === null ? undefined : findGroup(call, String(parent_id));
  if (parent !== undefined) {
    requireRole(call, { type: "group", id: parent.id }, accessLevels.maintainer);
  } else if (!caller.admin && !caller.user.can_create_group) throw forbidden();
  const full_path = parent === undefined ? params.path : `${parent.full_path}/${params.path}`;
  const { name, path, description, visibility: visible } = params;
  const wanted = { name, path, fullPath: full_path, visibility: visible, parent };
  const problems = containerProblems(instance, "group", wanted);
  if (Object.keys(problems).length > 0) throw groupNotSaved(problems);
  const now = clock.now();
  const group = store.groups.insert({
    name,
    path,
    full_path,
    description,
    visibility: visible,
    parent_id,
    service_access_tokens_expiration_enforced: true,
    settings: keptSettings(groupSettings, params, { isAdmin: caller.admin, isOwner: true }),
    created_at: now,
    updated_at: now,
  });
  const source = { type: "group", id: group.id } as const;
  auditNewContainer(call, source);
  const owner = { access_level: accessLevels.owner, created_by: caller.user };
  auditNewMember(call, addMember(instance, source, caller.user, owner));
  return created(groupDetailsJson(instance, call.caller, group, true));
}

const updateParams = {
  name: string(),
  path: string(),
  description: string(),
  visibility,
  service_access_tokens_expiration_enforced: boolean(),
  ...groupSettings,
};

function updateGroup(call: Call, params: ParamsOf<typeof updateParams>): Reply {
  const { instance } = call;
  const { store, clock } = instance;
  const group = findGroup(call);
  requireRole(call, { type: "group", id: group.id }, accessLevels.owner);
  const parent = group.parent_id === null ? undefined : store.groups.get(group.parent_id);
  const path = params.path ?? group.path;
  const fullPath = parent === undefined ? path : `${parent.full_path}/${path}`;
  const { name = group.name, visibility: visible = group.visibility } = params;
  const wanted = { name, path, fullPath, visibility: visible, parent, current: group };
  requireValidContainer(instance, "group", wanted);
  store.groups.update(group, {
    name,
    path,
    description: params.description ?? group.description,
    visibility: visible,
    service_access_tokens_expiration_enforced:
      params.service_access_tokens_expiration_enforced ??
      group.service_access_tokens_expiration_enforced,
    settings: keptSettings(
      groupSettings,
      params,
      { isAdmin: call.caller.admin, isOwner: true },
      group.settings,
    ),
    updated_at: clock.now(),
  });
  if (fullPath !== group.full_path) moveGroupPath(instance, group, fullPath);
  return ok(groupDetailsJson(instance, call.caller, group, true));
}

export const groupRoutes = [
  route({
    method: "GET",
    path: "/groups",
    params: listParams,
    handle: (call, params) => groupPage(call, params, call.instance.store.groups.rows()),
  }),
  route({ method: "POST", path: "/groups", params: createParams, handle: createGroup }),
  route({
    method: "GET",
    path: "/groups/:id",
    params: { with_projects: withDefault(boolean(), true) },
    handle: (call, { with_projects }) =>
      ok(groupDetailsJson(call.instance, call.caller, findGroup(call), with_projects)),
  }),
  route({ method: "PUT", path: "/groups/:id", params: updateParams, handle: updateGroup }),
  route({
    method: "DELETE",
    path: "/groups/:id",
    params: deletionParams,
    handle: (call, params) => deleteContainer(call, "group", findGroup(call), params),
  }),
  route({
    method: "POST",
    path: "/groups/:id/restore",
    handle(call) {
      const group = findGroup(call);
      restore(call, "group", group);
      return created(groupDetailsJson(call.instance, call.caller, group, true));
    },
  }),
  route({
    method: "GET",
    path: "/groups/:id/subgroups",
    params: listParams,
    handle: (call, params) =>
      groupPage(call, params, call.instance.store.groupsByParent.all(findGroup(call).id)),
  }),
  route({
    method: "GET",
    path: "/groups/:id/descendant_groups",
    params: listParams,
    handle: (call, params) => groupPage(call, params, descendants(call, findGroup(call))),
  }),
  route({
    method: "GET",
    path: "/groups/:id/projects",
    params: {
      ...projectListParams,
      include_subgroups: withDefault(boolean(), false),
      include_ancestor_groups: withDefault(boolean(), false),
      with_shared: withDefault(boolean(), true),
      with_security_reports: withDefault(boolean(), false),
    },
    handle(call, params) {
      const group = findGroup(call);
      const groups = [
        group,
        ...(params.include_subgroups ? descendants(call, group) : []),
        ...(params.include_ancestor_groups
          ? groupAndAncestors(call.instance.store, group.parent_id)
          : []),
      ];
      const { projectsByGroup } = call.instance.store;
      const own = groups.flatMap(({ id }) => projectsByGroup.all(id));
      const shared = params.with_shared ? projectsSharedWith(call.instance.store, group.id) : [];
      return projectPage(call, params, [...new Set([...own, ...shared])]);
    },
  }),
];
