import { accessLevelIn, accessLevels } from "../auth/access";
import type { Call } from "../http/call";
import { forbidden, invalidRecord, recordNotFound } from "../http/errors";
import { pageParams, paginate } from "../http/pagination";
import { created, noContent, type Reply } from "../http/reply";
import { route, type Route } from "../http/route";
import { memberJson } from "../json/member";
import { userBasicJson } from "../json/user";
import { integer, integerOf, required, withDefault } from "../params/types";
import { addMember } from "../rules/add-member";
import { auditNewMember } from "../rules/audit-members";
import type { AccessRequest, SourceType } from "../state/rows";
import { sourceKey, type SourceRef } from "../state/store";
import { findSource, requireRole } from "./find";
import { managingLevel, requireOwnerForOwners } from "./members";

function requestJson({ instance, caller }: Call, { user_id, created_at }: AccessRequest) {
  const user = instance.store.users.get(user_id);
  const shown = user === undefined ? { id: user_id } : userBasicJson(instance, user, caller);
  return { ...shown, requested_at: created_at };
}

function requestsOf({ instance }: Call, { type, id }: SourceRef): AccessRequest[] {
  return instance.store.accessRequestsBySource.all(sourceKey(type, id));
}

function requestOf(call: Call, source: SourceRef, userId: number): AccessRequest {
  const request = requestsOf(call, source).find(({ user_id }) => user_id === userId);
  if (request === undefined) throw recordNotFound();
  return request;
}

/** A user who already has a role here, of any origin, cannot request access. */
function ask(call: Call, type: SourceType): Reply {
  const { instance, caller } = call;
  const { store, clock } = instance;
  const source = findSource(call, type);
  if (caller.admin || accessLevelIn(store, caller.user, source) > accessLevels.none) {
    throw forbidden();
  }
  if (requestsOf(call, source).some(({ user_id }) => user_id === caller.user.id)) {
    throw invalidRecord({ user_id: ["already exists in source"] });
  }
  const request = store.accessRequests.insert({
    ...{ source_type: type, source_id: source.id, user_id: caller.user.id },
    created_at: clock.now(),
  });
  return created(requestJson(call, request));
}

function approve(call: Call, type: SourceType, userId: number, access_level: number): Reply {
  const { instance, caller } = call;
  const source = findSource(call, type);
  requestOf(call, source, userId);
  requireRole(call, source, Math.max(managingLevel(source), access_level));
  requireOwnerForOwners(call, source, access_level);
  const user = instance.store.users.get(userId);
  if (user === undefined) throw recordNotFound();
  const member = addMember(instance, source, user, { access_level, created_by: caller.user });
  auditNewMember(call, member);
  return created(memberJson(instance, member));
}

const grantable = Object.values(accessLevels).filter((level) => level > accessLevels.minimal);

/** Requests for access to groups or projects. */
export function accessRequestRoutes(type: SourceType): Route[] {
  const base = `/${type}s/:id/access_requests`;
  const one = { user_id: required(integer()) };
  return [
    route({
      method: "GET",
      path: base,
      params: pageParams,
      handle(call, params) {
        const source = findSource(call, type);
        requireRole(call, source, managingLevel(source));
        return paginate(call, params, requestsOf(call, source), (row) => requestJson(call, row));
      },
    }),
    route({ method: "POST", path: base, handle: (call) => ask(call, type) }),
    route({
      method: "PUT",
      path: `${base}/:user_id/approve`,
      params: {
        ...one,
        access_level: withDefault(integerOf(...grantable), accessLevels.developer),
      },
      handle: (call, { user_id, access_level }) => approve(call, type, user_id, access_level),
    }),
    route({
      method: "DELETE",
      path: `${base}/:user_id`,
      params: one,
      handle(call, { user_id }) {
        const source = findSource(call, type);
        const request = requestOf(call, source, user_id);
        // Every user may withdraw a request of their own.
        if (user_id !== call.caller.user.id) requireRole(call, source, managingLevel(source));
        call.instance.store.accessRequests.delete(request);
        return noContent();
      },
    }),
  ];
}
