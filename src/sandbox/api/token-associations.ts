import { accessLevelIn, accessLevels, canRead } from "../auth/access";
import type { Call } from "../http/call";
import { pageParams, paginate } from "../http/pagination";
import { ok, type Reply } from "../http/reply";
import { route } from "../http/route";
import { groupAssociationJson, projectAssociationJson } from "../json/association";
import type { ParamsOf } from "../params/read";
import { integerOf } from "../params/types";
import type { Group, Project, SourceType } from "../state/rows";

const { minimal, guest, planner, reporter, developer, maintainer, owner } = accessLevels;

const params = {
  ...pageParams,
  min_access_level: integerOf(minimal, guest, planner, reporter, developer, maintainer, owner),
};

/** What the caller can see, or has at least a role in; newest first. */
function reachable<C extends Group | Project>(
  { instance, caller }: Call,
  type: SourceType,
  containers: readonly C[],
  level: number | undefined,
): C[] {
  const isReachable = (container: C) =>
    level === undefined
      ? canRead(instance, caller, type, container)
      : accessLevelIn(instance.store, caller.user, { type, id: container.id }) >= level;
  return containers.filter(isReachable).reverse();
}

/** Two lists on one page each; the paging headers are those of the second. */
function associations(call: Call, given: ParamsOf<typeof params>): Reply {
  const { instance, caller } = call;
  const level = given.min_access_level;
  const groups = paginate(
    call,
    given,
    reachable(call, "group", instance.store.groups.rows(), level),
    (group) => groupAssociationJson(instance, caller, group),
  );
  const projects = paginate(
    call,
    given,
    reachable(call, "project", instance.store.projects.rows(), level),
    (project) => projectAssociationJson(instance, caller, project),
  );
  return ok({ groups: groups.body, projects: projects.body }, projects.headers);
}

export const tokenAssociationRoutes = [
  route({
    method: "GET",
    path: "/personal_access_tokens/self/associations",
    scopes: "any",
    params,
    handle: associations,
  }),
];
