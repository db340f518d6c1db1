import type { GitLab, Page, ProjectEntity, ShareEntity } from "../gitlab";
import { ACCESS_LEVELS, roleOfAccessLevel } from "../model";
import { describe, type Containers } from "./containers";
import type { GapLog } from "./gap-log";
import { PagedList, type ReadList } from "./paged-list";
import type { PicturedContainer, PicturedMembership, PicturedSharedAccess, Scope } from "./picture";

/** A group that was invited to a group or project. */
interface Share {
  readonly place: PicturedContainer;
  readonly invited: ShareEntity;
}

/**
 * The access of accounts through invited groups. A project lets the invited group's inherited members in, a group only
 * the direct ones. Groups that are themselves invited to the invited group are not followed.
 * @see https://docs.gitlab.com/user/project/members/sharing_projects_groups/
 */
export async function readSharedAccess(
  gitlab: GitLab,
  scope: Scope,
  { looked, containers, memberships }: Seen,
  gaps: GapLog,
): Promise<PicturedSharedAccess[]> {
  const [ofGroups, ofProjects] = await Promise.all([
    Promise.all(
      looked
        .filter(({ kind }) => kind === "group")
        .map((group) => groupShares(gitlab, group, gaps)),
    ),
    projectShares(gitlab, scope, looked, gaps),
  ]);
  const members = membersByGroup(memberships);
  return [...ofGroups.flat(), ...ofProjects].flatMap((share) =>
    accessThrough(share, containers, members),
  );
}

interface Seen {
  readonly looked: readonly PicturedContainer[];
  readonly containers: Containers;
  readonly memberships: readonly PicturedMembership[];
}

async function groupShares(
  gitlab: GitLab,
  group: PicturedContainer,
  gaps: GapLog,
): Promise<Share[]> {
  try {
    const { shared_with_groups: invited = [] } = await gitlab.containers.group(group.id);
    return invited.map((each) => ({ place: group, invited: each }));
  } catch (failure) {
    const what = `the groups that are invited to ${describe(group)}`;
    gaps.failed({ hides: ["memberships"], container: group, what }, failure);
    return [];
  }
}

async function projectShares(
  gitlab: GitLab,
  scope: Scope,
  looked: readonly PicturedContainer[],
  gaps: GapLog,
): Promise<Share[]> {
  const places = new Map(
    looked.filter(({ kind }) => kind === "project").map((each) => [each.id, each]),
  );
  const { items, isWhole, failure } = await projectsOf(gitlab, scope);
  const missing = {
    hides: ["memberships"],
    what: "the groups that are invited to projects",
  } as const;
  if (failure !== undefined) gaps.failed(missing, failure);
  else if (!isWhole) gaps.shifted(missing, "/projects");
  return items.flatMap(({ id, shared_with_groups: invited = [] }) => {
    const place = places.get(id);
    return place === undefined ? [] : invited.map((each) => ({ place, invited: each }));
  });
}

function projectsOf(gitlab: GitLab, scope: Scope): Promise<ReadList<ProjectEntity>> {
  const fetch = async (page: number): Promise<Page<ProjectEntity>> => {
    if (scope.kind === "project") return onlyPage(await gitlab.containers.project(scope.id));
    const below = scope.kind === "group" ? { below: scope.id } : {};
    return gitlab.containers.projectPage(page, { ...below, withShares: true });
  };
  const list = new PagedList(fetch, ({ id }) => id);
  return list.read(({ shared_with_groups: invited = [] }) => invited.length > 0);
}

function onlyPage<T>(item: T): Page<T> {
  return { items: [item], next: undefined, totalPages: 1, total: 1 };
}

type MembersByGroup = ReadonlyMap<number, readonly PicturedMembership[]>;

function membersByGroup(memberships: readonly PicturedMembership[]): MembersByGroup {
  const found = new Map<number, PicturedMembership[]>();
  for (const each of memberships) {
    const { kind, id } = each.container;
    if (kind === "group") found.set(id, [...(found.get(id) ?? []), each]);
  }
  return found;
}

function accessThrough(
  { place, invited }: Share,
  containers: Containers,
  members: MembersByGroup,
): PicturedSharedAccess[] {
  const group = containers.find({ kind: "group", id: invited.group_id });
  if (group === undefined) return [];
  const groups = place.kind === "project" ? [group, ...containers.above(group)] : [group];
  const highest = new Map<number, PicturedMembership>();
  for (const membership of groups.flatMap(({ id }) => members.get(id) ?? [])) {
    const known = highest.get(membership.userId);
    if (known === undefined || membership.accessLevel > known.accessLevel)
      highest.set(membership.userId, membership);
  }
  return [...highest.values()].flatMap((membership) => {
    const accessLevel = Math.min(membership.accessLevel, invited.group_access_level);
    // A member with Minimal Access gets nothing through a share.
    if (accessLevel <= ACCESS_LEVELS.minimal_access) return [];
    return {
      userId: membership.userId,
      container: place,
      role: roleOfAccessLevel(accessLevel) ?? null,
      accessLevel,
      through: group,
      memberOf: membership.container,
      expiresAt: earlier(membership.expiresAt, invited.expires_at ?? null),
    };
  });
}

function earlier(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}
