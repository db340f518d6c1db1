import { accessLevelIn, accessLevels, hasRole } from "../auth/access";
import type { Call } from "../http/call";
import { invalidRecord } from "../http/errors";
import { created, ok, type Reply } from "../http/reply";
import { route, type Route } from "../http/route";
import { projectJson } from "../json/project";
import { projectSettings, keptSettings } from "../params/container-settings";
import type { ParamsOf } from "../params/read";
import { atLeastOneOf, integer, oneOf, string, withDefault } from "../params/types";
import { auditNewContainer } from "../rules/audit";
import { auditNewMember } from "../rules/audit-members";
import { addMember } from "../rules/add-member";
import { moveProjectPath, requireValidContainer } from "../rules/container-path";
import type { Project } from "../state/rows";
import { sourceKey } from "../state/store";
import { deleteContainer, deletionParams, restore } from "./container-deletion";
import { findProject, requireRole } from "./find";
import { allProjectsParams, projectPage } from "./project-list";

const visibility = oneOf("private", "internal", "public");

/** The caller's own roles, which only a single project shows. */
function projectDetailsJson(call: Call, project: Project) {
  const { store } = call.instance;
  const { user } = call.caller;
  const direct = store.membersBySourceAndUser.first(
    `${sourceKey("project", project.id)}:${user.id}`,
  );
  const groupLevel =
    project.group_id === null
      ? accessLevels.none
      : accessLevelIn(store, user, { type: "group", id: project.group_id });
  const shown = (access_level: number) =>
    access_level === accessLevels.none ? null : { access_level, notification_level: 3 };
  return {
    ...projectJson(call.instance, call.caller, project, { single: true }),
    permissions: {
      project_access: shown(direct?.access_level ?? accessLevels.none),
      group_access: shown(groupLevel),
    },
  };
}

/** The path of a project that is created with a name only. */
function pathFor(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9_.-]+/g, "-")
    .replace(/^[-_.]+|[-_.]+$/g, "");
}

const createParams = {
  name: string(),
  path: string(),
  either: atLeastOneOf("name", "path"),
  namespace_id: integer(),
  description: string(),
  visibility: withDefault(visibility, "private"),
  ...projectSettings,
};

function createProject(call: Call, params: ParamsOf<typeof createParams>): Reply {
  const { instance, caller } = call;
  const { store, clock } = instance;
  const name = params.name ?? params.path ?? "";
  const path = params.path ?? pathFor(name);
  const isOwnNamespace = [undefined, caller.user.namespace_id].includes(params.namespace_id);
  const parent = isOwnNamespace ? undefined : store.groups.get(params.namespace_id ?? 0);
  // One response for all cases, so that a hidden group is not revealed.
  const mayCreate = isOwnNamespace
    ? caller.user.projects_limit > 0
    : parent !== undefined &&
      hasRole(instance, caller, { type: "group", id: parent.id }, accessLevels.developer);
  if (!mayCreate) throw invalidRecord({ namespace: ["is not valid"] });
  const full_path = `${parent?.full_path ?? caller.user.username}/${path}`;
  const { visibility: visible } = params;
  const wanted = { name, path, fullPath: full_path, visibility: visible, parent };
  requireValidContainer(instance, "project", wanted);
  const now = clock.now();
  const project = store.projects.insert({
    name,
    path,
    full_path,
    description: params.description ?? null,
    visibility: params.visibility,
    group_id: parent?.id ?? null,
    archived: false,
    settings: keptSettings(projectSettings, params, { isAdmin: caller.admin, isOwner: true }),
    creator_id: caller.user.id,
    created_at: now,
    updated_at: now,
  });
  const source = { type: "project", id: project.id } as const;
  auditNewContainer(call, source);
  if (parent === undefined) {
    const owner = { access_level: accessLevels.owner, created_by: caller.user };
    auditNewMember(call, addMember(instance, source, caller.user, owner));
  }
  return created(projectDetailsJson(call, project));
}

const updateParams = {
  name: string(),
  path: string(),
  description: string(),
  visibility,
  ...projectSettings,
};

function updateProject(call: Call, params: ParamsOf<typeof updateParams>): Reply {
  const { instance } = call;
  const { store, clock } = instance;
  const project = findProject(call);
  const source = { type: "project", id: project.id } as const;
  requireRole(call, source, accessLevels.maintainer);
  if (params.visibility !== undefined) requireRole(call, source, accessLevels.owner);
  const path = params.path ?? project.path;
  const full_path = project.full_path.slice(0, -project.path.length) + path;
  const parent = project.group_id === null ? undefined : store.groups.get(project.group_id);
  const { name = project.name, visibility: visible = project.visibility } = params;
  const wanted = { name, path, fullPath: full_path, visibility: visible, parent, current: project };
  requireValidContainer(instance, "project", wanted);
  const isOwner = hasRole(instance, call.caller, source, accessLevels.owner);
  const changer = { isAdmin: call.caller.admin, isOwner };
  if (full_path !== project.full_path) moveProjectPath(instance, project, full_path);
  store.projects.update(project, {
    name,
    path,
    description: params.description ?? project.description,
    visibility: visible,
    settings: keptSettings(projectSettings, params, changer, project.settings),
    updated_at: clock.now(),
  });
  return ok(projectDetailsJson(call, project));
}

function archiveRoute(name: string, archived: boolean): Route {
  return route({
    method: "POST",
    path: `/projects/:id/${name}`,
    handle(call) {
      const project = findProject(call);
      requireRole(call, { type: "project", id: project.id }, accessLevels.owner);
      call.instance.store.projects.update(project, { archived });
      return created(projectJson(call.instance, call.caller, project));
    },
  });
}

export const projectRoutes = [
  route({
    method: "GET",
    path: "/projects",
    params: allProjectsParams,
    handle: (call, params) => projectPage(call, params, call.instance.store.projects.rows()),
  }),
  route({ method: "POST", path: "/projects", params: createParams, handle: createProject }),
  route({
    method: "GET",
    path: "/projects/:id",
    handle: (call) => ok(projectDetailsJson(call, findProject(call))),
  }),
  route({ method: "PUT", path: "/projects/:id", params: updateParams, handle: updateProject }),
  archiveRoute("archive", true),
  archiveRoute("unarchive", false),
  route({
    method: "DELETE",
    path: "/projects/:id",
    params: deletionParams,
    handle: (call, params) => deleteContainer(call, "project", findProject(call), params),
  }),
  route({
    method: "POST",
    path: "/projects/:id/restore",
    handle(call) {
      const project = findProject(call);
      restore(call, "project", project);
      return created(projectJson(call.instance, call.caller, project));
    },
  }),
];
