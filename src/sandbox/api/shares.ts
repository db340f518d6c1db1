import { accessLevels, groupAndAncestors, hasRole } from "../auth/access";
import type { Call } from "../http/call";
import { failure, forbidden, notFound } from "../http/errors";
import { created, noContent, type Reply } from "../http/reply";
import { route, type Route } from "../http/route";
import { groupDetailsJson } from "../json/group";
import { projectShareJson } from "../json/share";
import type { ParamsOf } from "../params/read";
import { date, integer, integerOf, required } from "../params/types";
import type { Share } from "../state/rows";
import { sourceKey, type SourceRef } from "../state/store";
import { findGroup, findProject, requireRole } from "./find";

const createParams = {
  group_id: required(integer()),
  group_access: required(integerOf(...Object.values(accessLevels).filter((level) => level > 0))),
  expires_at: date(),
};

type CreateParams = ParamsOf<typeof createParams>;

function shareOf({ instance }: Call, source: SourceRef, groupId: number): Share | undefined {
  return instance.store.sharesBySource
    .all(sourceKey(source.type, source.id))
    .find(({ group_id }) => group_id === groupId);
}

function addShare({ instance }: Call, source: SourceRef, params: CreateParams): Share {
  const { store, clock } = instance;
  return store.shares.insert({
    source_type: source.type,
    source_id: source.id,
    group_id: params.group_id,
    group_access: params.group_access,
    expires_at: params.expires_at ?? null,
    created_at: clock.now(),
  });
}

/** Callers who may not share a group get a 404, in the service's own words. */
function shareGroup(call: Call, params: CreateParams): Reply {
  const { instance, caller } = call;
  const invited = findGroup(call, String(params.group_id));
  const group = findGroup(call);
  const source = { type: "group", id: group.id } as const;
  if (!hasRole(instance, caller, source, accessLevels.owner)) throw failure(404, "Not Found");
  if (shareOf(call, source, invited.id) !== undefined) {
    throw failure(409, "Shared group The group has already been shared with this group");
  }
  addShare(call, source, params);
  return created(groupDetailsJson(instance, caller, group, true));
}

function shareProject(call: Call, params: CreateParams): Reply {
  const { instance, caller } = call;
  const project = findProject(call);
  const source = { type: "project", id: project.id } as const;
  requireRole(call, source, accessLevels.maintainer);
  const invited = findInvitedGroup(call, params.group_id);
  const isOwners = params.group_access === accessLevels.owner;
  if (isOwners && !hasRole(instance, caller, source, accessLevels.owner)) throw forbidden();
  if (shareOf(call, source, invited) !== undefined) {
    throw failure(409, "Group already shared with this group");
  }
  if (groupAndAncestors(instance.store, project.group_id).some(({ id }) => id === invited)) {
    throw failure(409, "Project cannot be shared with the group it is in or one of its ancestors.");
  }
  return created(projectShareJson(addShare(call, source, params)));
}

/** The group to invite. The service does not name a group that it has not found. */
function findInvitedGroup(call: Call, reference: number): number {
  try {
    return findGroup(call, String(reference)).id;
  } catch {
    throw failure(404, "Not Found");
  }
}

const deleteParams = { group_id: required(integer()) };

function existingShare(call: Call, source: SourceRef, groupId: number): Share {
  const share = shareOf(call, source, groupId);
  if (share === undefined) throw notFound("Group Link");
  return share;
}

/** Shares of groups and projects with other groups. */
export const shareRoutes: readonly Route[] = [
  route({ method: "POST", path: "/groups/:id/share", params: createParams, handle: shareGroup }),
  route({
    method: "DELETE",
    path: "/groups/:id/share/:group_id",
    params: deleteParams,
    handle(call, { group_id }) {
      const { instance, caller } = call;
      const source = { type: "group", id: findGroup(call).id } as const;
      const share = existingShare(call, source, group_id);
      // GitLab's route ignores what its service refuses.
      if (hasRole(instance, caller, source, accessLevels.owner)) {
        instance.store.shares.delete(share);
      }
      return noContent();
    },
  }),
  route({
    method: "POST",
    path: "/projects/:id/share",
    params: createParams,
    handle: shareProject,
  }),
  route({
    method: "DELETE",
    path: "/projects/:id/share/:group_id",
    params: deleteParams,
    handle(call, { group_id }) {
      const source = { type: "project", id: findProject(call).id } as const;
      requireRole(call, source, accessLevels.maintainer);
      call.instance.store.shares.delete(existingShare(call, source, group_id));
      return noContent();
    },
  }),
];
