import type { User } from "../state/rows";
import { connectionOf, largestPage, pageArguments, pageOf } from "./connection";
import { FieldProblem } from "./errors";
import { objectType, type Arguments, type Context } from "./schema";
import { currentUserType, userType } from "./types";

const perRow = 0.01;

/** What GitLab charges for a list: its selections, one percent more for each row it may have. */
function listComplexity(selections: number, given: Arguments): number {
  const { first, last, search } = given as { first?: number; last?: number; search?: string };
  const own = selections + 2 + (search === undefined ? 0 : 5);
  const rows = Math.min(largestPage, first ?? last ?? largestPage);
  return Math.floor(own + own * rows * perRow);
}

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
  const found = instance.store.users
    .rows()
    .filter(
      (user) =>
        (wantedIds === undefined || wantedIds.has(user.id)) &&
        (wantedNames === undefined || wantedNames.has(user.username.toLowerCase())) &&
        (!admins || user.admin) &&
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

/** Where every query begins. */
export const queryType = objectType<null>("Query", () => ({
  currentUser: {
    type: currentUserType,
    resolve: (_source, _given, { caller }) => caller?.user ?? null,
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
