import { isActive } from "../rules/token-expiry";
import type { Instance } from "../instance";
import type { Group, Member, Project, SourceType, User } from "../state/rows";
import { sourceKey } from "../state/store";

const mostRows = 200;
const mostMembers = 20;

/** A membership, for display. */
export interface OverviewMember {
  /** The username. */
  readonly username: string;
  /** The role as a number. */
  readonly access_level: number;
}

/** A group or project, for display. */
export interface OverviewContainer {
  /** Its number. */
  readonly id: number;
  /** Its full path. */
  readonly full_path: string;
  /** `private`, `internal` or `public`. */
  readonly visibility: string;
  /** The first of its direct members. */
  readonly members: readonly OverviewMember[];
  /** The number of direct members. */
  readonly member_count: number;
}

/** A user, for display. */
export interface OverviewUser {
  /** The user's number. */
  readonly id: number;
  /** The username. */
  readonly username: string;
  /** The name. */
  readonly name: string;
  /** `administrator`, `human`, `service_account` or `project_bot`. */
  readonly kind: string;
  /** `active`, `blocked` or another of GitLab's states. */
  readonly state: string;
  /** The group or project that an account belongs to. */
  readonly owner: string | null;
  /** The number of working tokens. */
  readonly active_tokens: number;
}

/** The users, groups and projects: the first of each, and their numbers. */
export interface Overview {
  /** The imitated release. */
  readonly version: string;
  /** The imitated subscription. */
  readonly tier: string;
  /** The stand-in's time. */
  readonly now: string;
  /** The total of each kind. */
  readonly totals: Readonly<Record<"users" | "groups" | "projects", number>>;
  /** The first users. */
  readonly users: readonly OverviewUser[];
  /** The first groups. */
  readonly groups: readonly OverviewContainer[];
  /** The first projects. */
  readonly projects: readonly OverviewContainer[];
}

export function overviewOf(instance: Instance): Overview {
  const { store, version, tier, clock } = instance;
  const { users, groups, projects } = store;
  return {
    version,
    tier,
    now: clock.now(),
    totals: { users: users.size, groups: groups.size, projects: projects.size },
    users: firstOf(users.rows()).map((user) => userView(instance, user)),
    groups: firstOf(groups.rows()).map((group) => containerView(instance, "group", group)),
    projects: firstOf(projects.rows()).map((project) =>
      containerView(instance, "project", project),
    ),
  };
}

function firstOf<R>(rows: readonly R[]): R[] {
  return rows.slice(0, mostRows);
}

function userView({ store, clock }: Instance, user: User): OverviewUser {
  const { id, username, name, state } = user;
  const { provisioned_by_group_id: groupId, provisioned_by_project_id: projectId } = user;
  const owner = store.groups.get(groupId ?? 0) ?? store.projects.get(projectId ?? 0);
  const tokens = store.tokensByUser.all(id).filter((token) => isActive(token, clock.today()));
  return {
    id,
    username,
    name,
    kind: user.admin ? "administrator" : user.user_type,
    state,
    owner: owner?.full_path ?? null,
    active_tokens: tokens.length,
  };
}

function containerView(
  { store }: Instance,
  type: SourceType,
  { id, full_path, visibility }: Group | Project,
): OverviewContainer {
  const members = store.membersBySource.all(sourceKey(type, id));
  const view = ({ user_id, access_level }: Member) => ({
    username: store.users.get(user_id)?.username ?? "",
    access_level,
  });
  return {
    id,
    full_path,
    visibility,
    members: members.slice(0, mostMembers).map(view),
    member_count: members.length,
  };
}
