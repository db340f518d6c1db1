import type { Caller } from "../http/call";
import type { Instance } from "../instance";
import type { Group, Member, Project, User } from "../state/rows";
import { sourceKey, type SourceRef, type Store } from "../state/store";

/** GitLab's roles, as numbers. */
export const accessLevels = {
  none: 0,
  minimal: 5,
  guest: 10,
  planner: 15,
  reporter: 20,
  developer: 30,
  maintainer: 40,
  owner: 50,
} as const;

/** A group followed by its ancestors, root last. */
export function groupAndAncestors(store: Store, groupId: number | null): Group[] {
  const chain: Group[] = [];
  let current = groupId === null ? undefined : store.groups.get(groupId);
  while (current !== undefined) {
    chain.push(current);
    current = current.parent_id === null ? undefined : store.groups.get(current.parent_id);
  }
  return chain;
}

/** Where memberships of a group or project come from: itself, then its ancestors. */
export function membershipSources(store: Store, source: SourceRef): SourceRef[] {
  const groupId =
    source.type === "group" ? source.id : (store.projects.get(source.id)?.group_id ?? null);
  const groups = groupAndAncestors(store, groupId).map(
    ({ id }) => ({ type: "group", id }) as const,
  );
  return source.type === "group" ? groups : [source, ...groups];
}

/** A membership through a share: no higher than the share allows. */
function throughShare(member: Member, groupAccess: number): Member {
  return member.access_level > groupAccess ? { ...member, access_level: groupAccess } : member;
}

/**
 * Members of the groups that a place is shared with, with the roles that the shares leave them. A project includes the
 * invited group's inherited members, a group only the direct ones.
 */
export function sharedMembers(
  store: Store,
  from: SourceRef,
  membersOf: (group: SourceRef) => readonly Member[],
): Member[] {
  return store.sharesBySource
    .all(sourceKey(from.type, from.id))
    .flatMap(({ group_id, group_access }) =>
      invitedGroups(store, from, group_id)
        .flatMap(membersOf)
        .filter(({ access_level }) => access_level > accessLevels.minimal)
        .map((member) => throughShare(member, group_access)),
    );
}

function invitedGroups(store: Store, { type }: SourceRef, groupId: number): SourceRef[] {
  const group = { type: "group", id: groupId } as const;
  return type === "project" ? membershipSources(store, group) : [group];
}

/** A user's highest role in a group or project, including inherited and shared roles. */
export function accessLevelIn(store: Store, user: User, source: SourceRef): number {
  const directly = (from: SourceRef) => {
    const member = store.directMember(from, user.id);
    return member === undefined ? [] : [member];
  };
  const levels = membershipSources(store, source)
    .flatMap((from) => [...directly(from), ...sharedMembers(store, from, directly)])
    .map(({ access_level }) => access_level);
  const project = source.type === "project" ? store.projects.get(source.id) : undefined;
  const ownsNamespace = project?.group_id === null && project.creator_id === user.id;
  return Math.max(accessLevels.none, ...levels, ownsNamespace ? accessLevels.owner : 0);
}

/** Whether a place is accessible to a job at all. Jobs have rights in their own project only. */
function isWithinJob({ job }: Caller, { type, id }: SourceRef): boolean {
  return job === undefined || (type === "project" && id === job.project_id);
}

/** Whether a caller may do what requires a role. Administrators may do everything. */
export function hasRole(
  instance: Instance,
  caller: Caller,
  source: SourceRef,
  level: number,
): boolean {
  if (!isWithinJob(caller, source)) return false;
  return caller.admin || accessLevelIn(instance.store, caller.user, source) >= level;
}

/** Whether a caller may know that a group or project exists. Minimal Access alone shows nothing. */
export function canRead(
  instance: Instance,
  caller: Caller,
  type: SourceRef["type"],
  container: Group | Project,
): boolean {
  const { store } = instance;
  const source = { type, id: container.id };
  if (container.visibility === "public") return true;
  if (container.visibility === "internal" && !caller.user.external) return true;
  if (!isWithinJob(caller, source)) return false;
  if (caller.admin) return true;
  if (accessLevelIn(store, caller.user, source) >= accessLevels.guest) return true;
  return type === "group" && hasProjectBelow(store, caller.user, container.id);
}

/** A role in any project inside a group shows the group itself, and nothing more. */
function hasProjectBelow(store: Store, user: User, groupId: number): boolean {
  return placesWithRole(store, user).some((place) => {
    const isInside = membershipSources(store, place).some(
      ({ type, id }) => type === "group" && id === groupId,
    );
    return isInside && (place.type === "project" || containsProject(store, place.id));
  });
}

/** Where a user has a direct role, and what is shared with these groups. */
function placesWithRole(store: Store, user: User): SourceRef[] {
  return store.membersByUser
    .all(user.id)
    .filter(({ access_level }) => access_level >= accessLevels.guest)
    .flatMap(({ source_type, source_id }) => [
      { type: source_type, id: source_id },
      ...(source_type === "group" ? sharedWith(store, source_id) : []),
    ]);
}

/** What is shared with a group. */
function sharedWith(store: Store, groupId: number): SourceRef[] {
  return store.sharesByGroup
    .all(groupId)
    .map(({ source_type, source_id }) => ({ type: source_type, id: source_id }));
}

/** The projects that are shared with a group. */
export function projectsSharedWith(store: Store, groupId: number): Project[] {
  return sharedWith(store, groupId).flatMap(({ type, id }) => {
    const project = type === "project" ? store.projects.get(id) : undefined;
    return project === undefined ? [] : [project];
  });
}

function containsProject(store: Store, groupId: number): boolean {
  return (
    store.projectsByGroup.count(groupId) > 0 ||
    store.groupsByParent.all(groupId).some(({ id }) => containsProject(store, id))
  );
}

/** Whether a caller can see the members: for a private group only with a role in it. */
export function canReadMembers({ store }: Instance, caller: Caller, source: SourceRef): boolean {
  if (caller.admin || source.type === "project") return true;
  const isPrivate = store.groups.get(source.id)?.visibility === "private";
  return !isPrivate || accessLevelIn(store, caller.user, source) > accessLevels.none;
}
