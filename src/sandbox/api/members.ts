import { accessLevelIn, accessLevels, hasRole } from "../auth/access";
import { isGiven, type Call } from "../http/call";
import {
  ApiError,
  conflict,
  forbidden,
  invalidRecord,
  notFound,
  recordNotFound,
} from "../http/errors";
import { created, noContent, ok, type Reply } from "../http/reply";
import { route, type Route } from "../http/route";
import { memberJson } from "../json/member";
import type { ParamsOf } from "../params/read";
import {
  atLeastOneOf,
  boolean,
  date,
  integer,
  mutuallyExclusive,
  required,
  string,
  stringList,
  withDefault,
} from "../params/types";
import { auditChangedMember, auditNewMember, auditRemovedMember } from "../rules/audit-members";
import { isEligible } from "../rules/account-eligibility";
import { addMember } from "../rules/add-member";
import { sentence } from "../rules/create-token";
import { isLastOwner } from "../rules/last-owner";
import { removeMember } from "../rules/remove-member";
import { validateMembership } from "../rules/membership-validation";
import type { Member, SourceType, User } from "../state/rows";
import type { SourceRef } from "../state/store";
import { findSource, requireRole, requireUnmodified } from "./find";

const usersPerCall = 100;

/** Owners manage members of groups, Maintainers those of projects. */
export function managingLevel(source: SourceRef): number {
  return source.type === "group" ? accessLevels.owner : accessLevels.maintainer;
}

const createParams = {
  access_level: required(integer()),
  user_id: stringList(),
  username: stringList(),
  one_way: mutuallyExclusive("user_id", "username"),
  another_way: atLeastOneOf("user_id", "username"),
  expires_at: date(),
  invite_source: withDefault(string(), "members-api"),
  member_role_id: integer(),
};

type CreateParams = ParamsOf<typeof createParams>;

/** The named users. A list leaves out those that do not exist. */
function wantedUsers({ instance }: Call, { user_id, username }: CreateParams): User[] {
  const { users, usersByUsername } = instance.store;
  return (user_id ?? username ?? [])
    .map((reference) =>
      user_id === undefined
        ? usersByUsername.first(reference.toLowerCase())
        : users.get(Number(reference)),
    )
    .filter((user) => user !== undefined);
}

/** A user cannot grant a higher role than their own, and only Owners and Planners can grant Planner. */
function mayGrant(own: number, level: number): boolean {
  return (
    level <= own && (level !== accessLevels.planner || own === level || own === accessLevels.owner)
  );
}

/** Whether a caller may grant a role at all. Further checks are the membership's own. */
function requireGrantable(call: Call, source: SourceRef, level: number): void {
  const { instance, caller } = call;
  if (caller.admin || mayGrant(accessLevelIn(instance.store, caller.user, source), level)) return;
  throw invalidRecord({
    access_level: ["the member access level can't be higher than the current user's one"],
  });
}

function attributesOf({ instance }: Call, params: CreateParams) {
  const { access_level, expires_at } = params;
  const member_role_id = instance.tier === "ultimate" ? params.member_role_id : undefined;
  return { access_level, expires_at, member_role_id };
}

/**
 * One user, with the checks in GitLab's order: an existing member is reported before the caller's rights are checked.
 */
function createMember(call: Call, source: SourceRef, params: CreateParams): Reply {
  const { instance, caller } = call;
  const [user] = wantedUsers(call, params);
  if (user === undefined) throw notFound("User");
  if (instance.store.directMember(source, user.id) !== undefined) {
    throw conflict("Member already exists");
  }
  requireOwnerForOwners(call, source, params.access_level);
  requireRole(call, source, managingLevel(source));
  if (!isEligible(instance, user, source)) throw forbidden();
  requireGrantable(call, source, params.access_level);
  const wanted = attributesOf(call, params);
  validateMembership(instance, source, user, wanted);
  const member = addMember(instance, source, user, { ...wanted, created_by: caller.user });
  auditNewMember(call, member);
  return created(memberJson(instance, member));
}

export function requireOwnerForOwners(
  { instance, caller }: Call,
  source: SourceRef,
  level: number,
): void {
  if (level !== accessLevels.owner) return;
  if (!hasRole(instance, caller, source, accessLevels.owner)) throw forbidden();
}

/** Several users at once: a refused user does not stop the others, and the status is always 201. */
function createMembers(call: Call, source: SourceRef, params: CreateParams): Reply {
  const count = new Set(params.user_id ?? params.username).size;
  if (source.type === "project") requireOwnerForOwners(call, source, params.access_level);
  if (count > usersPerCall) return failed(`Too many users specified (limit is ${usersPerCall})`);
  const isAllowed = hasRole(call.instance, call.caller, source, managingLevel(source));
  const problems = [...new Set(wantedUsers(call, params))].flatMap((user) => {
    const problem = isAllowed ? addOrChange(call, source, user, params) : unauthorizedText;
    return problem === undefined ? [] : [`${user.username}: ${problem}`];
  });
  if (problems.length === 0) return created({ status: "success" });
  return failed(sentence(problems), isAllowed ? undefined : "unauthorized");
}

const unauthorizedText = "not authorized to create member";

function failed(message: string, http_status?: string): Reply {
  return created({ status: "error", message, http_status });
}

/** Adds one of several members, or changes the existing membership; otherwise returns the problem. */
function addOrChange(
  call: Call,
  source: SourceRef,
  user: User,
  params: CreateParams,
): string | undefined {
  const { instance, caller } = call;
  if (!isEligible(instance, user, source)) return unauthorizedText;
  const wanted = attributesOf(call, params);
  const member = instance.store.directMember(source, user.id);
  try {
    requireGrantable(call, source, params.access_level);
    if (member !== undefined) requireChangeable(call, source, member);
    validateMembership(instance, source, user, wanted);
  } catch (error) {
    return textOf(error);
  }
  if (member === undefined) {
    const added = addMember(instance, source, user, { ...wanted, created_by: caller.user });
    auditNewMember(call, added);
  } else {
    const before = { ...member };
    const { access_level, expires_at = null } = wanted;
    const updated_at = instance.clock.now();
    instance.store.members.update(member, { access_level, expires_at, updated_at });
    auditChangedMember(call, before, member);
  }
  return undefined;
}

/** A refusal in one sentence, each attribute's problems with its name in front. */
function textOf(error: unknown): string {
  if (!(error instanceof ApiError)) throw error;
  const { message } = error.reply.body as { message: string | Record<string, string[]> };
  if (typeof message === "string") return "not authorized to update member";
  const texts = Object.entries(message).flatMap(([attribute, problems]) =>
    problems.map((problem) => `${humanized(attribute)} ${problem}`),
  );
  return sentence(texts);
}

/** An attribute's name as Rails shows it. */
function humanized(attribute: string): string {
  const words = attribute.replace(/_id$/, "").replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function directMember(call: Call, source: SourceRef, userId: number): Member {
  const member = call.instance.store.directMember(source, userId);
  if (member === undefined) throw recordNotFound();
  return member;
}

/**
 * What no caller may change, not even an administrator: the last Owner of a group, the bot of a token, and the owner of
 * a namespace.
 */
function requireChangeable({ instance }: Call, source: SourceRef, member: Member): void {
  const project = source.type === "project" ? instance.store.projects.get(source.id) : undefined;
  const isHolder = project?.group_id === null && project.creator_id === member.user_id;
  if (isHolder) throw forbidden();
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
  const before = { ...member };
  store.members.update(member, {
    access_level,
    expires_at: isGiven(call, "expires_at") ? (expires_at ?? null) : member.expires_at,
    member_role_id: member_role_id ?? null,
    updated_at: clock.now(),
  });
  auditChangedMember(call, before, member);
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
      handle(call, params) {
        const source = findSource(call, type);
        const isOne = (params.user_id ?? params.username ?? []).length <= 1;
        return isOne ? createMember(call, source, params) : createMembers(call, source, params);
      },
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
        // Every member may leave.
        if (user_id !== call.caller.user.id) {
          requireRole(call, source, Math.max(managingLevel(source), member.access_level));
        }
        requireChangeable(call, source, member);
        const options = { skipSubresources: skip_subresources };
        const removed = removeMember(call.instance, source, member, options);
        for (const gone of removed) auditRemovedMember(call, gone);
        return noContent();
      },
    }),
  ];
}
