import { accessLevelIn, accessLevels, hasRole } from "../auth/access";
import { isGiven, type Call } from "../http/call";
import {
  badRequest,
  conflict,
  forbidden,
  invalidRecord,
  notFound,
  parameterError,
  recordNotFound,
} from "../http/errors";
import { created, noContent, ok, type Reply } from "../http/reply";
import { route, type Route } from "../http/route";
import { memberJson } from "../json/member";
import type { ParamsOf } from "../params/read";
import { boolean, date, integer, required, string, stringList, withDefault } from "../params/types";
import { isEligible } from "../rules/account-eligibility";
import { addMember } from "../rules/add-member";
import { isLastOwner } from "../rules/last-owner";
import { removeMember } from "../rules/remove-member";
import { validateMembership } from "../rules/membership-validation";
import type { Member, SourceType, User } from "../state/rows";
import type { SourceRef } from "../state/store";
import { findSource, requireRole, requireUnmodified } from "./find";

const usersPerCall = 100;

/** Owners manage members of groups, Maintainers those of projects. */
function managingLevel(source: SourceRef): number {
  return source.type === "group" ? accessLevels.owner : accessLevels.maintainer;
}

const createParams = {
  access_level: required(integer()),
  user_id: stringList(),
  username: stringList(),
  expires_at: date(),
  invite_source: withDefault(string(), "members-api"),
  member_role_id: integer(),
};

type CreateParams = ParamsOf<typeof createParams>;

/** Users are named in one of two ways. */
function requireOneReference({ user_id, username }: CreateParams): void {
  if ((user_id === undefined) !== (username === undefined)) return;
  throw parameterError(
    user_id === undefined
      ? "user_id, username are missing, exactly one parameter must be provided"
      : "user_id, username are mutually exclusive",
  );
}

function wantedUsers({ instance }: Call, { user_id, username }: CreateParams): User[] {
  const references = user_id ?? username ?? [];
  if (references.length > usersPerCall) {
    throw badRequest(`Too many users specified (limit is ${usersPerCall})`);
  }
  const { store } = instance;
  return references.map((reference) => {
    const user =
      user_id === undefined
        ? store.usersByUsername.first(reference.toLowerCase())
        : store.users.get(Number(reference));
    if (user === undefined) throw notFound("User");
    return user;
  });
}

/** The checks in GitLab's order: whoever exists is told so before it is asked whether the caller may. */
function requireAddable(call: Call, source: SourceRef, user: User, level: number): void {
  const { instance, caller } = call;
  if (instance.store.directMember(source, user.id) !== undefined) {
    throw conflict("Member already exists");
  }
  const grantsOwner = level === accessLevels.owner;
  if (grantsOwner && !hasRole(instance, caller, source, accessLevels.owner)) throw forbidden();
  requireRole(call, source, managingLevel(source));
  if (!isEligible(instance, user, source)) throw forbidden();
  if (caller.admin || mayGrant(accessLevelIn(instance.store, caller.user, source), level)) return;
  throw invalidRecord({
    access_level: ["the member access level can't be higher than the current user's one"],
  });
}

/** Nobody grants more than he has, and a Planner is made only by Owners and other Planners. */
function mayGrant(own: number, level: number): boolean {
  return (
    level <= own && (level !== accessLevels.planner || own === level || own === accessLevels.owner)
  );
}

function createMembers(call: Call, type: SourceType, params: CreateParams): Reply {
  const { instance, caller } = call;
  requireOneReference(params);
  const source = findSource(call, type);
  const users = wantedUsers(call, params);
  if (users.length === 0) throw notFound("User");
  const { access_level, expires_at } = params;
  const member_role_id = instance.tier === "ultimate" ? params.member_role_id : undefined;
  const wanted = { access_level, expires_at, member_role_id };
  for (const user of users) {
    requireAddable(call, source, user, access_level);
    validateMembership(instance, source, user, wanted);
  }
  const members = users.map((user) =>
    addMember(instance, source, user, { ...wanted, created_by: caller.user }),
  );
  const [member, ...others] = members;
  if (member === undefined || others.length > 0) return created({ status: "success" });
  return created(memberJson(instance, member));
}

function directMember(call: Call, source: SourceRef, userId: number): Member {
  const member = call.instance.store.directMember(source, userId);
  if (member === undefined) throw recordNotFound();
  return member;
}

/** What nobody may change, not even an administrator: the last Owner of a group, and the bot of a token. */
function requireChangeable({ instance }: Call, source: SourceRef, member: Member): void {
  const isBot = instance.store.users.get(member.user_id)?.user_type === "project_bot";
  if (isBot || isLastOwner(instance, source, member)) throw forbidden();
}

const updateParams = {
  user_id: required(integer()),
  access_level: required(integer()),
  expires_at: date(),
  member_role_id: integer(),
};

function updateMember(call: Call, type: SourceType, params: ParamsOf<typeof updateParams>): Reply {
  const { instance, caller } = call;
  const { store, clock } = instance;
  const source = findSource(call, type);
  const member = directMember(call, source, params.user_id);
  requireRole(call, source, managingLevel(source));
  const { access_level, expires_at } = params;
  if (!caller.admin) {
    const own = accessLevelIn(store, caller.user, source);
    const changes = access_level !== member.access_level;
    if (member.access_level > own || access_level > own) throw forbidden();
    if (changes && !mayGrant(own, access_level)) throw forbidden();
  }
  requireChangeable(call, source, member);
  const user = store.users.get(member.user_id);
  if (user === undefined) throw recordNotFound();
  const member_role_id = instance.tier === "ultimate" ? params.member_role_id : undefined;
  validateMembership(instance, source, user, { access_level, expires_at, member_role_id });
  store.members.update(member, {
    access_level,
    expires_at: isGiven(call, "expires_at") ? (expires_at ?? null) : member.expires_at,
    member_role_id: member_role_id ?? null,
    updated_at: clock.now(),
  });
  return ok(memberJson(instance, member));
}

/** Changing the members of groups or of projects. */
export function memberRoutes(type: SourceType): Route[] {
  const base = `/${type}s/:id/members`;
  return [
    route({
      method: "POST",
      path: base,
      params: createParams,
      handle: (call, params) => createMembers(call, type, params),
    }),
    route({
      method: "PUT",
      path: `${base}/:user_id`,
      params: updateParams,
      handle: (call, params) => updateMember(call, type, params),
    }),
    route({
      method: "DELETE",
      path: `${base}/:user_id`,
      params: {
        user_id: required(integer()),
        skip_subresources: withDefault(boolean(), false),
        unassign_issuables: withDefault(boolean(), false),
      },
      handle(call, { user_id, skip_subresources }) {
        const source = findSource(call, type);
        const member = directMember(call, source, user_id);
        const { limits } = call.instance;
        limits.count("members_delete", source.type, source.id, call.caller.user.id);
        requireUnmodified(call, member.updated_at);
        // Everybody may leave.
        if (user_id !== call.caller.user.id) {
          requireRole(call, source, Math.max(managingLevel(source), member.access_level));
        }
        requireChangeable(call, source, member);
        removeMember(call.instance, source, member, { skipSubresources: skip_subresources });
        return noContent();
      },
    }),
  ];
}
