import { accessLevels, hasRole } from "../auth/access";
import type { Call } from "../http/call";
import { forbidden, parameterError, recordNotFound } from "../http/errors";
import { keysetParams, paginateOrdered } from "../http/keyset";
import { pageParams, paginate } from "../http/pagination";
import { ok, type Reply } from "../http/reply";
import { route, type Route } from "../http/route";
import { auditEventJson } from "../json/audit-event";
import type { ParamsOf } from "../params/read";
import { dateTime, integer, oneOf, required } from "../params/types";
import type { AuditEvent, SourceType } from "../state/rows";
import { findSource, requireAdmin, requireRole } from "./find";

/** Audit events need a licence. */
function requireLicence({ instance }: Call): void {
  if (instance.tier === "free") throw forbidden();
}

const listParams = {
  ...pageParams,
  ...keysetParams,
  created_after: dateTime(),
  created_before: dateTime(),
};

type ListParams = ParamsOf<typeof listParams>;

/** The events within the requested time, newest first. */
function eventPage(call: Call, params: ListParams, events: readonly AuditEvent[]): Reply {
  const { created_after = "", created_before = "9" } = params;
  const rows = events
    .filter(({ created_at }) => created_at >= created_after && created_at <= created_before)
    .toReversed();
  if (params.pagination !== "keyset") return paginate(call, params, rows, auditEventJson);
  return paginateOrdered(
    call,
    { ...params, order_by: "id", sort: "desc" },
    { rows, valueOf: ({ id }) => id, present: auditEventJson, limited: "User" },
  );
}

function oneEvent(events: readonly AuditEvent[], wanted: number): Reply {
  const event = events.find(({ id }) => id === wanted);
  if (event === undefined) throw recordNotFound();
  return ok(auditEventJson(event));
}

function requireInstanceAccess(call: Call): void {
  requireAdmin(call);
  requireLicence(call);
}

/** The audit events of the whole instance. */
export const auditEventRoutes: readonly Route[] = [
  route({
    method: "GET",
    path: "/audit_events",
    before: requireInstanceAccess,
    params: {
      ...listParams,
      entity_type: oneOf("Project", "User", "Group", "Gitlab::Audit::InstanceScope"),
      entity_id: integer(),
    },
    handle(call, params) {
      const { entity_type, entity_id } = params;
      if (entity_id !== undefined && entity_type === undefined) {
        throw parameterError("entity_type is missing");
      }
      const events = call.instance.store.auditEvents
        .rows()
        .filter((event) => entity_type === undefined || event.entity_type === entity_type)
        .filter((event) => entity_id === undefined || event.entity_id === entity_id);
      return eventPage(call, params, events);
    },
  }),
  route({
    method: "GET",
    path: "/audit_events/:id",
    before: requireInstanceAccess,
    params: { id: required(integer()) },
    handle: (call, { id }) => oneEvent(call.instance.store.auditEvents.rows(), id),
  }),
];

/** The audit events of a group or project: Developers see their own, users who manage it see all. */
function eventsOf(call: Call, type: SourceType): AuditEvent[] {
  const { instance, caller } = call;
  const source = findSource(call, type);
  requireLicence(call);
  requireRole(call, source, accessLevels.developer);
  const managing = type === "group" ? accessLevels.owner : accessLevels.maintainer;
  const seesAll = hasRole(instance, caller, source, managing);
  const entity = `${type === "group" ? "Group" : "Project"}:${source.id}`;
  return instance.store.auditEventsByEntity
    .all(entity)
    .filter(({ author_id }) => seesAll || author_id === caller.user.id);
}

/** The audit events of groups or of projects. */
export function sourceAuditEventRoutes(type: SourceType): Route[] {
  const base = `/${type}s/:id/audit_events`;
  return [
    route({
      method: "GET",
      path: base,
      params: listParams,
      handle: (call, params) => eventPage(call, params, eventsOf(call, type)),
    }),
    route({
      method: "GET",
      path: `${base}/:audit_event_id`,
      params: { audit_event_id: required(integer()) },
      handle: (call, { audit_event_id }) => oneEvent(eventsOf(call, type), audit_event_id),
    }),
  ];
}
