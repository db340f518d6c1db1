import { accessLevelIn, accessLevels, hasRole } from "../auth/access";
import { digestOf } from "../auth/token-value";
import type { Call } from "../http/call";
import { badRequest, forbidden, notFound } from "../http/errors";
import { pageParams, paginate } from "../http/pagination";
import { created, noContent, ok, type Reply } from "../http/reply";
import { route, type Route } from "../http/route";
import type { ParamsOf } from "../params/read";
import { atLeastOneOf, date, integerOf, required, string, stringList } from "../params/types";
import { addMember } from "../rules/add-member";
import { auditNewMember } from "../rules/audit-members";
import { isEligible } from "../rules/account-eligibility";
import type { Invitation, SourceType, User } from "../state/rows";
import { sourceKey, type SourceRef } from "../state/store";
import { findSource, requireRole } from "./find";
import { managingLevel } from "./members";

const emailsPerCall = 100;
const levels = Object.values(accessLevels).filter((level) => level > accessLevels.minimal);

function invitationJson({ instance }: Call, invitation: Invitation) {
  const { id, access_level, created_at, expires_at, email, created_by_id } = invitation;
  return {
    ...{ access_level, created_at, expires_at, invite_email: email },
    // GitLab shows the stored value, which is no longer the secret of the email.
    invite_token: digestOf(`invitation ${id}`),
    created_by_name: instance.store.users.get(created_by_id)?.name ?? null,
  };
}

function invitationsOf({ instance }: Call, { type, id }: SourceRef): Invitation[] {
  return instance.store.invitationsBySource.all(sourceKey(type, id));
}

function managed(call: Call, type: SourceType): SourceRef {
  const source = findSource(call, type);
  requireRole(call, source, managingLevel(source));
  return source;
}

/** A user cannot grant a higher role than their own. */
function requireGrantable({ instance, caller }: Call, source: SourceRef, level: number): void {
  if (!caller.admin && level > accessLevelIn(instance.store, caller.user, source)) {
    throw forbidden();
  }
}

const createParams = {
  access_level: required(integerOf(...levels)),
  email: stringList(),
  user_id: stringList(),
  either: atLeastOneOf("email", "user_id"),
  expires_at: date(),
};

type CreateParams = ParamsOf<typeof createParams>;

/**
 * A user with an account becomes a member immediately; others are invited. Each failure is returned with its address.
 */
function invite(call: Call, type: SourceType, params: CreateParams): Reply {
  const { users, usersByEmail } = call.instance.store;
  const source = managed(call, type);
  requireGrantable(call, source, params.access_level);
  const ids = (params.user_id ?? []).map(Number);
  const emails = [...new Set(params.email)];
  const count = ids.length + emails.length;
  if (count === 0) return created({ status: "error", message: "Invites cannot be blank" });
  if (count > emailsPerCall) {
    const message = `Too many users specified (limit is ${emailsPerCall})`;
    return created({ status: "error", message });
  }
  const problems: Record<string, string> = {};
  for (const user of ids.map((id) => users.get(id))) {
    const problem = user && addUser(call, source, user, params);
    if (problem !== undefined) problems[user?.username ?? ""] = problem;
  }
  for (const email of emails) {
    const user = usersByEmail.first(email.toLowerCase());
    const problem = user
      ? addUser(call, source, user, params)
      : addInvitation(call, source, email, params);
    if (problem !== undefined) problems[email] = problem;
  }
  if (Object.keys(problems).length === 0) return created({ status: "success" });
  return created({ status: "error", message: problems });
}

function addUser(
  call: Call,
  source: SourceRef,
  user: User,
  { access_level, expires_at }: CreateParams,
): string | undefined {
  const { instance, caller } = call;
  if (instance.store.directMember(source, user.id)) return "User already exists in source";
  const isBot = user.user_type === "project_bot";
  if (isBot || !isEligible(instance, user, source)) return "not authorized to create member";
  const membership = { access_level, expires_at, created_by: caller.user };
  auditNewMember(call, addMember(instance, source, user, membership));
  return undefined;
}

function addInvitation(
  call: Call,
  source: SourceRef,
  email: string,
  { access_level, expires_at }: CreateParams,
): string | undefined {
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) return "Invite email is invalid";
  if (invitationOf(call, source, email)) {
    return "The member's email address has already been taken";
  }
  const { store, clock } = call.instance;
  store.invitations.insert({
    ...{ source_type: source.type, source_id: source.id, email, access_level },
    expires_at: expires_at ?? null,
    created_by_id: call.caller.user.id,
    created_at: clock.now(),
  });
  return undefined;
}

function invitationOf(call: Call, source: SourceRef, email: string): Invitation | undefined {
  const wanted = email.toLowerCase();
  return invitationsOf(call, source).find(
    (invitation) => invitation.email.toLowerCase() === wanted,
  );
}

function existing(call: Call, source: SourceRef): Invitation {
  const invitation = invitationOf(call, source, call.path["email"] ?? "");
  if (invitation === undefined) throw notFound();
  return invitation;
}

const updateParams = { access_level: integerOf(...levels), expires_at: date() };

function update(call: Call, type: SourceType, params: ParamsOf<typeof updateParams>): Reply {
  const source = managed(call, type);
  const invitation = existing(call, source);
  const { access_level = invitation.access_level, expires_at = invitation.expires_at } = params;
  if (params.access_level === undefined && params.expires_at === undefined) throw badRequest();
  requireGrantable(call, source, access_level);
  call.instance.store.invitations.update(invitation, { access_level, expires_at });
  const { created_at } = invitation;
  return ok({ access_level, created_at, expires_at, membership_state: "active" });
}

/** Invitations to groups or projects. */
export function invitationRoutes(type: SourceType): Route[] {
  const base = `/${type}s/:id/invitations`;
  return [
    route({
      method: "POST",
      path: base,
      params: createParams,
      handle: (call, params) => invite(call, type, params),
    }),
    route({
      method: "GET",
      path: base,
      params: { ...pageParams, query: string() },
      handle(call, params) {
        const source = findSource(call, type);
        const isManager = hasRole(call.instance, call.caller, source, managingLevel(source));
        const wanted = params.query?.toLowerCase() ?? "";
        const found = invitationsOf(call, source).filter(
          ({ email }) => isManager && (wanted === "" || email.toLowerCase() === wanted),
        );
        return paginate(call, params, found, (invitation) => invitationJson(call, invitation));
      },
    }),
    route({
      method: "PUT",
      path: `${base}/:email`,
      params: updateParams,
      handle: (call, params) => update(call, type, params),
    }),
    route({
      method: "DELETE",
      path: `${base}/:email`,
      handle(call) {
        call.instance.store.invitations.delete(existing(call, managed(call, type)));
        return noContent();
      },
    }),
  ];
}
