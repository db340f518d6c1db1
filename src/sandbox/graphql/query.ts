import { canRead } from "../auth/access";
import type { Instance } from "../instance";
import { releaseOf, revision } from "../options";
import type { SourceType, User } from "../state/rows";
import { connectionOf, listComplexity, pageArguments, pageOf } from "./connection";
import { FieldProblem } from "./errors";
import { objectType, scalar, type Arguments, type Context } from "./schema";
import { currentUserType, groupType, projectType, userType } from "./types";

function findUsers(given: Arguments, { instance, caller }: Context): User[] {
  const { ids, usernames, search, admins, sort } = given as {
    ids?: string[];
    usernames?: string[];
    search?: string;
    admins?: boolean;
    sort?: string;
  };
  if (ids?.length && usernames?.length) {
    throw new FieldProblem("Provide either a list of usernames or ids");
  }
  if (caller === undefined && !usernames?.length) {
    throw new FieldProblem(
      "The resource that you are attempting to access does not exist or you don't have permission to perform this action",
    );
  }
  const wantedIds = ids && new Set(ids.map(userIdOf));
  const wantedNames = usernames && new Set(usernames.map((name) => name.toLowerCase()));
  const text = search?.toLowerCase();
  const found = instance.store.users.rows().filter(
    (user) =>
      (wantedIds === undefined || wantedIds.has(user.id)) &&
      (wantedNames === undefined || wantedNames.has(user.username.toLowerCase())) &&
      (!admins || user.admin) &&
      // As in REST, whose finder it shares.
      (caller?.admin === true || !["blocked", "banned"].includes(user.state)) &&
      (text === undefined ||
        user.username.toLowerCase().includes(text) ||
        user.name.toLowerCase().includes(text) ||
        (caller?.admin === true && user.email.toLowerCase() === text)),
  );
  return /asc$/i.test(sort ?? "") ? found : found.reverse();
}

function userIdOf(globalId: string): number {
  const match = /^gid:\/\/gitlab\/(\w+)\/(\d+)$/.exec(globalId);
  if (match === null) throw new FieldProblem(`${globalId} is not a valid GitLab ID.`);
  if (match[1] !== "User") throw new FieldProblem(`${globalId} is not a valid ID for User.`);
  return Number(match[2]);
}

/** A group or project by its path, or null for callers who cannot see it. */
function readable(type: SourceType, given: Arguments, { instance, caller }: Context) {
  const { groupsByPath, projectsByPath } = instance.store;
  const index = type === "group" ? groupsByPath : projectsByPath;
  const found = index.first(String(given["fullPath"]).toLowerCase());
  if (found === undefined) return null;
  const isVisible =
    caller === undefined ? found.visibility === "public" : canRead(instance, caller, type, found);
  return isVisible ? found : null;
}

const metadataType = objectType<Instance>("Metadata", () => ({
  version: scalar("String", ({ version }) => `${releaseOf(version)}-ee`),
  revision: scalar("String", () => revision),
  enterprise: scalar("Boolean", () => true),
}));

/** The root of every query. */
export const queryType = objectType<null>("Query", () => ({
  currentUser: {
    type: currentUserType,
    resolve: (_source, _given, { caller }) => caller?.user ?? null,
  },
  metadata: {
    type: metadataType,
    resolve: (_source, _given, { caller, instance }) => (caller === undefined ? null : instance),
  },
  group: {
    type: groupType,
    arguments: { fullPath: { type: "ID!" } },
    resolve: (_source, given, context) => readable("group", given, context),
  },
  project: {
    type: projectType,
    arguments: { fullPath: { type: "ID!" } },
    resolve: (_source, given, context) => readable("project", given, context),
  },
  users: {
    type: connectionOf<User>(userType),
    arguments: {
      ...pageArguments,
      ids: { type: "[ID!]" },
      usernames: { type: "[String!]" },
      search: { type: "String" },
      admins: { type: "Boolean", fallback: false },
      sort: { type: "Sort", fallback: "CREATED_DESC" },
    },
    complexity: listComplexity,
    resolve: (_source, given, context) => pageOf(findUsers(given, context), given),
  },
}));
