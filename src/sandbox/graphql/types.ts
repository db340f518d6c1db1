import { accessLevels, canRead, canReadMembers, hasRole } from "../auth/access";
import type { Timestamp } from "../clock";
import { userBasicJson } from "../json/user";
import type { Group, Member, Project, SourceType, TerraformState, User } from "../state/rows";
import { sourceKey } from "../state/store";
import { connectionOf, listComplexity, pageArguments, pageOf } from "./connection";
import { objectType, scalar, type Arguments, type Context, type Field } from "./schema";

/** Roles by their number, as the API's enumeration names them. */
const roleNames = new Map<number, string>([
  [0, "NO_ACCESS"],
  [5, "MINIMAL_ACCESS"],
  [10, "GUEST"],
  [15, "PLANNER"],
  [20, "REPORTER"],
  [30, "DEVELOPER"],
  [40, "MAINTAINER"],
  [50, "OWNER"],
]);

const lowestRealRole = 10;

function globalId(model: string, id: number): string {
  return `gid://gitlab/${model}/${id}`;
}

/** Without the milliseconds that the REST API shows. */
function time(instant: Timestamp): string {
  return instant.replace(/\.\d+Z$/, "Z");
}

const accessLevelType = objectType<number>("AccessLevel", () => ({
  integerValue: scalar("Int", (level) => level),
  stringValue: scalar("AccessLevelEnum", (level) => roleNames.get(level) ?? null),
}));

/** The members of a group or project whom the caller can see, oldest first. */
function membersField(type: SourceType): Field<Group | Project> {
  return {
    type: connectionOf<Member>(type === "group" ? groupMemberType : projectMemberType),
    arguments: { ...pageArguments, search: { type: "String" } },
    complexity: listComplexity,
    resolve({ id }, given, { instance, caller }) {
      const source = { type, id } as const;
      const isVisible = caller !== undefined && canReadMembers(instance, caller, source);
      const rows = isVisible ? instance.store.membersBySource.all(sourceKey(type, id)) : [];
      const search = String(given["search"] ?? "").toLowerCase();
      const found = rows.filter(({ user_id, access_level }) => {
        const user = instance.store.users.get(user_id);
        const texts = [user?.name, user?.username];
        return (
          access_level >= lowestRealRole &&
          texts.some((text) => text?.toLowerCase().includes(search))
        );
      });
      return pageOf(found, given);
    },
  };
}

export const groupType = objectType<Group>("Group", () => ({
  id: scalar("ID", ({ id }) => globalId("Group", id)),
  name: scalar("String", ({ name }) => name),
  path: scalar("String", ({ path }) => path),
  fullPath: scalar("ID", ({ full_path }) => full_path),
  visibility: scalar("String", ({ visibility }) => visibility),
  webUrl: scalar(
    "String",
    ({ full_path }, _, { instance }) => `${instance.url}/groups/${full_path}`,
  ),
  description: scalar("String", ({ description }) => description),
  groupMembers: membersField("group"),
}));

const terraformStateType = objectType<TerraformState>("TerraformState", () => ({
  id: scalar("TerraformStateID", ({ id }) => globalId("Terraform::State", id)),
  name: scalar("String", ({ name }) => name),
  lockedAt: scalar("Time", ({ lock }) => (lock === null ? null : time(lock.Created))),
}));

/** Terraform's states are visible to callers who may read them. */
function visibleStates({ id }: Project, { instance, caller }: Context): TerraformState[] {
  const source = { type: "project", id } as const;
  if (caller === undefined) return [];
  if (!hasRole(instance, caller, source, accessLevels.developer)) return [];
  return instance.store.terraformStates.rows().filter(({ project_id }) => project_id === id);
}

export const projectType = objectType<Project>("Project", () => ({
  id: scalar("ID", ({ id }) => globalId("Project", id)),
  name: scalar("String", ({ name }) => name),
  path: scalar("String", ({ path }) => path),
  fullPath: scalar("ID", ({ full_path }) => full_path),
  visibility: scalar("String", ({ visibility }) => visibility),
  webUrl: scalar("String", ({ full_path }, _, { instance }) => `${instance.url}/${full_path}`),
  description: scalar("String", ({ description }) => description),
  archived: scalar("Boolean", ({ archived }) => archived),
  projectMembers: membersField("project"),
  terraformStates: {
    type: connectionOf<TerraformState>(terraformStateType),
    arguments: pageArguments,
    complexity: listComplexity,
    resolve: (project, given, context) => pageOf(visibleStates(project, context), given),
  },
}));

/** What memberships of groups and of projects have in common. */
function memberFields(model: "GroupMember" | "ProjectMember"): Record<string, Field<Member>> {
  return {
    id: scalar("ID", ({ id }) => globalId(model, id)),
    accessLevel: { type: accessLevelType, resolve: ({ access_level }) => access_level },
    createdAt: scalar("Time", ({ created_at }) => time(created_at)),
    updatedAt: scalar("Time", ({ updated_at }) => time(updated_at)),
    expiresAt: scalar("Time", ({ expires_at }) =>
      expires_at === null ? null : `${expires_at}T00:00:00Z`,
    ),
    createdBy: {
      type: userType,
      resolve: (member, _, context) => userOf(context, member.created_by_id),
    },
    user: { type: userType, resolve: (member, _, context) => userOf(context, member.user_id) },
  };
}

function userOf({ instance }: Context, id: number | null): User | null {
  return id === null ? null : (instance.store.users.get(id) ?? null);
}

const groupMemberType = objectType<Member>("GroupMember", () => ({
  ...memberFields("GroupMember"),
  group: {
    type: groupType,
    resolve: ({ source_id }, _, { instance }) => instance.store.groups.get(source_id) ?? null,
  },
}));

const projectMemberType = objectType<Member>("ProjectMember", () => ({
  ...memberFields("ProjectMember"),
  project: {
    type: projectType,
    resolve: ({ source_id }, _, { instance }) => instance.store.projects.get(source_id) ?? null,
  },
}));

/** A user's memberships in what the caller can see, newest first. */
function visibleMemberships(user: User, type: SourceType, { instance, caller }: Context): Member[] {
  const { store } = instance;
  const table = type === "group" ? store.groups : store.projects;
  return store.membersByUser
    .all(user.id)
    .filter(({ source_type, source_id, access_level }) => {
      if (source_type !== type || access_level < lowestRealRole) return false;
      const source = table.get(source_id);
      if (source === undefined) return false;
      return caller === undefined
        ? source.visibility === "public"
        : canRead(instance, caller, type, source);
    })
    .reverse();
}

function membershipField(type: SourceType): Field<User> {
  return {
    type: connectionOf<Member>(type === "group" ? groupMemberType : projectMemberType),
    arguments: pageArguments,
    resolve: (user, given, context) => pageOf(visibleMemberships(user, type, context), given),
  };
}

const membershipFields = {
  groupMemberships: membershipField("group"),
  projectMemberships: membershipField("project"),
};

/** The keys of a user that the REST API shows too, by their names there. */
function basic(key: keyof ReturnType<typeof userBasicJson>): Field<User>["resolve"] {
  return (user, _, { instance, caller }) => userBasicJson(instance, user, caller)[key] ?? null;
}

/** Without a token, the names of bots are not visible. */
function shownName(user: User, given: Arguments, context: Context): unknown {
  const isHidden = context.caller === undefined && user.user_type === "project_bot";
  return isHidden ? "****" : basic("name")(user, given, context);
}

const userFields: Record<string, Field<User>> = {
  id: scalar("UserID", ({ id }) => globalId("User", id)),
  username: scalar("String", ({ username }) => username),
  name: scalar("String", shownName),
  state: scalar("UserState", ({ state }) => state),
  active: scalar("Boolean", ({ state }) => state === "active"),
  bot: scalar("Boolean", ({ user_type }) => user_type !== "human"),
  human: scalar("Boolean", ({ user_type }) => user_type === "human"),
  type: scalar("UserType", ({ user_type }) => user_type.toUpperCase()),
  publicEmail: scalar("String", ({ public_email }) => public_email),
  avatarUrl: scalar("String", basic("avatar_url")),
  webUrl: scalar("String", basic("web_url")),
  webPath: scalar("String", ({ username }) => `/${username}`),
  createdAt: scalar("Time", ({ created_at }) => time(created_at)),
  lastActivityOn: scalar("Date", ({ last_activity_on }) => last_activity_on),
};

export const userType = objectType<User>("UserCore", () => ({
  ...userFields,
  ...membershipFields,
}));

const namespaceType = objectType<User>("Namespace", () => ({
  id: scalar("NamespaceID", ({ namespace_id }) =>
    globalId("Namespaces::UserNamespace", namespace_id),
  ),
  name: scalar("String", ({ name }) => name),
  path: scalar("String", ({ username }) => username),
  fullPath: scalar("ID", ({ username }) => username),
}));

export const currentUserType = objectType<User>("CurrentUser", () => ({
  ...userFields,
  ...membershipFields,
  groupCount: scalar("Int", (user, _, context) => {
    const groups = visibleMemberships(user, "group", context).map(({ source_id }) => source_id);
    return new Set(groups).size;
  }),
  namespace: { type: namespaceType, resolve: (user) => user },
}));
