import type { Call } from "../http/call";
import { conflict, notFound } from "../http/errors";
import { keysetParams, paginateOrdered } from "../http/keyset";
import { pageParams, paginate } from "../http/pagination";
import { created, noContent, ok, type Reply } from "../http/reply";
import { route } from "../http/route";
import {
  ownUserJson,
  userBasicJson,
  userDetailsForAdminJson,
  userForAdminJson,
  userJson,
} from "../json/user";
import type { ParamsOf } from "../params/read";
import {
  atLeastOneOf,
  boolean,
  dateTime,
  integer,
  oneOf,
  required,
  string,
  withDefault,
} from "../params/types";
import { auditChanges, auditDeletion, auditNewUser } from "../rules/audit";
import { createUser } from "../rules/create-user";
import { requestDeletion, solelyOwnedGroups } from "../rules/delete-user";
import { updateUser } from "../rules/update-user";
import type { User } from "../state/rows";
import { requireAdmin, requireUnmodified } from "./find";

const off = () => withDefault(boolean(), false);

/** The defaults appear in Link headers, so all of them are declared. */
const listParams = {
  ...pageParams,
  ...keysetParams,
  username: string(),
  extern_uid: string(),
  provider: string(),
  public_email: string(),
  search: string(),
  two_factor: oneOf("enabled", "disabled"),
  active: off(),
  admins: off(),
  auditors: off(),
  blocked: off(),
  created_after: dateTime(),
  created_before: dateTime(),
  exclude_active: off(),
  exclude_external: off(),
  exclude_humans: off(),
  exclude_internal: off(),
  external: off(),
  humans: off(),
  order_by: withDefault(oneOf("id", "name", "username", "created_at", "updated_at"), "id"),
  skip_ldap: off(),
  sort: withDefault(oneOf("asc", "desc"), "desc"),
  with_custom_attributes: off(),
  without_project_bots: off(),
  without_projects: off(),
};

type ListParams = ParamsOf<typeof listParams>;

function candidates({ instance }: Call, { username }: ListParams): User[] {
  if (username === undefined) return instance.store.users.rows();
  return instance.store.usersByUsername.all(username.toLowerCase());
}

function matches(user: User, params: ListParams, callerIsAdmin: boolean): boolean {
  const search = params.search?.toLowerCase();
  return (
    (!params.active || user.state === "active") &&
    (!params.blocked || user.state === "blocked") &&
    (!params.exclude_active || user.state !== "active") &&
    (!params.external || user.external) &&
    (!params.exclude_external || !user.external) &&
    (!params.humans || user.user_type === "human") &&
    (!params.exclude_humans || user.user_type !== "human") &&
    (!params.without_project_bots || user.user_type !== "project_bot") &&
    (!params.admins || !callerIsAdmin || user.admin) &&
    (callerIsAdmin || user.state !== "blocked") &&
    (params.created_after === undefined || user.created_at >= params.created_after) &&
    (params.created_before === undefined || user.created_at <= params.created_before) &&
    (params.public_email === undefined || user.public_email === params.public_email) &&
    // No user here has an external identity, a second factor, or the role of an auditor.
    !(params.extern_uid !== undefined && params.provider !== undefined) &&
    !(params.auditors && callerIsAdmin) &&
    params.two_factor !== "enabled" &&
    (search === undefined ||
      user.name.toLowerCase().includes(search) ||
      user.username.toLowerCase().includes(search) ||
      (callerIsAdmin ? user.email.toLowerCase() === search : user.public_email === search))
  );
}

/** Parameters for administrators only; for others they are ignored. */
function allowedParams(call: Call, params: ListParams): ListParams {
  if (call.caller.admin) return params;
  const unasked = { created_after: undefined, created_before: undefined, without_projects: false };
  return { ...params, ...unasked, two_factor: undefined, order_by: "id", sort: "desc" };
}

function listUsers(call: Call, given: ListParams): Reply {
  const { instance, caller } = call;
  const params = allowedParams(call, given);
  const valueOf = (user: User) => user[params.order_by];
  const hasNoProject = (user: User) =>
    !params.without_projects ||
    !instance.store.membersByUser.all(user.id).some(({ source_type }) => source_type === "project");
  const found = candidates(call, params).filter(
    (user) => matches(user, params, caller.admin) && hasNoProject(user),
  );
  // A table keeps its rows in the order of their ids.
  const rows =
    params.order_by === "id"
      ? found
      : found.sort((a, b) => compare(valueOf(a), valueOf(b)) || a.id - b.id);
  return paginateOrdered(call, params, {
    rows: params.sort === "asc" ? rows : rows.reverse(),
    valueOf,
    present: (user) =>
      caller.admin
        ? userForAdminJson(instance, caller, user)
        : userBasicJson(instance, user, caller),
    limited: "User",
  });
}

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const createParams = {
  email: required(string()),
  password: string(),
  reset_password: boolean(),
  any_password: atLeastOneOf("password", "reset_password", "force_random_password"),
  name: required(string()),
  username: required(string()),
  force_random_password: boolean(),
  skip_confirmation: boolean(),
  admin: off(),
  external: off(),
  can_create_group: withDefault(boolean(), true),
  projects_limit: withDefault(integer(), 100_000),
  note: string(),
};

function userById(call: Call, id: number): User {
  const user = call.instance.store.users.get(id);
  if (user === undefined) throw notFound("User");
  return user;
}

const one = { id: required(integer()) };

const updateParams = {
  ...one,
  email: string(),
  password: string(),
  skip_reconfirmation: boolean(),
  name: string(),
  username: string(),
  public_email: string(),
  admin: boolean(),
  can_create_group: boolean(),
  external: boolean(),
  projects_limit: integer(),
  note: string(),
};

export const userRoutes = [
  route({
    method: "GET",
    path: "/users",
    scopes: "read_user",
    params: listParams,
    handle: listUsers,
  }),
  route({
    method: "POST",
    path: "/users",
    before: requireAdmin,
    params: createParams,
    handle(call, params) {
      const user = createUser(call.instance, params, call.caller.user);
      auditNewUser(call, user);
      return created(userForAdminJson(call.instance, call.caller, user));
    },
  }),
  route({
    method: "PUT",
    path: "/users/:id",
    before: requireAdmin,
    params: updateParams,
    handle(call, { id, ...changes }) {
      const { email, name, username } = userById(call, id);
      const user = updateUser(call.instance, userById(call, id), changes);
      auditChanges(call, { email, name, username }, user);
      return ok(userForAdminJson(call.instance, call.caller, user));
    },
  }),
  route({
    method: "GET",
    path: "/users/:id",
    scopes: "read_user",
    params: one,
    handle(call, { id }) {
      const { instance, caller } = call;
      if (!caller.admin) instance.limits.count("users_get_by_id", caller.user.id);
      const user = userById(call, id);
      if (caller.admin) return ok(userDetailsForAdminJson(instance, caller, user));
      return ok(userJson(instance, caller, user));
    },
  }),
  route({
    method: "DELETE",
    path: "/users/:id",
    before: requireAdmin,
    params: { ...one, hard_delete: off() },
    handle(call, { id, hard_delete }) {
      const user = userById(call, id);
      if (!hard_delete && solelyOwnedGroups(call.instance, user).length > 0) {
        throw conflict("User cannot be removed while is the sole-owner of a group");
      }
      requireUnmodified(call, user.updated_at);
      if (user.deletion === null) auditDeletion(call, user);
      requestDeletion(call.instance, user, hard_delete);
      return noContent();
    },
  }),
  route({
    method: "GET",
    path: "/users/:id/memberships",
    scopes: "read_user",
    before: requireAdmin,
    params: { ...one, ...pageParams, type: oneOf("Project", "Namespace") },
    handle(call, params) {
      const user = userById(call, params.id);
      const { store } = call.instance;
      const wanted =
        params.type === undefined ? undefined : params.type === "Project" ? "project" : "group";
      const members = store.membersByUser
        .all(user.id)
        .filter((member) => wanted === undefined || member.source_type === wanted);
      return paginate(call, params, members, (member) => {
        const table = member.source_type === "group" ? store.groups : store.projects;
        return {
          source_id: member.source_id,
          source_name: table.get(member.source_id)?.name ?? "",
          source_type: member.source_type === "group" ? "Namespace" : "Project",
          access_level: member.access_level,
        };
      });
    },
  }),
  route({
    method: "GET",
    path: "/user",
    scopes: "read_user",
    handle({ instance, caller }) {
      if (!caller.user.admin) return ok(ownUserJson(instance, caller, caller.user));
      return ok(userForAdminJson(instance, caller, caller.user));
    },
  }),
];
