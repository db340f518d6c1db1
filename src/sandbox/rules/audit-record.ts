import type { Call } from "../http/call";
import type { Instance } from "../instance";
import type { AuditDetails, AuditedType, User } from "../state/rows";
import type { SourceRef, Store } from "../state/store";

/** The maximum number of events. Older ones are removed first. */
const eventsKept = 10_000;

/** Where an event is listed, and the path that is shown there. */
export interface Entity {
  readonly type: AuditedType;
  readonly id: number;
  readonly path: string;
}

export interface Target {
  readonly id: number;
  readonly type: AuditedType | "PersonalAccessToken";
  readonly details: string;
}

/** What happened: GitLab's name of it, its text, and the first of its details. */
export interface Happening {
  readonly name: string;
  readonly message: string;
  readonly more?: AuditDetails;
}

interface Author {
  readonly id: number;
  readonly name: string;
  readonly kind: string;
  readonly email: string | null;
  readonly ip: string | null;
}

export function userEntity({ id, username }: User): Entity {
  return { type: "User", id, path: username };
}

export function userTarget({ id, name }: User): Target {
  return { id, type: "User", details: name };
}

export function sourceEntity(store: Store, { type, id }: SourceRef): Entity {
  const container = type === "group" ? store.groups.get(id) : store.projects.get(id);
  return { type: type === "group" ? "Group" : "Project", id, path: container?.full_path ?? "" };
}

/** Records an action of a caller. */
export function record(call: Call, entity: Entity, target: Target, what: Happening): void {
  const { id, name, email } = call.caller.user;
  const author = { id, name, kind: "User", email, ip: call.incoming.ip };
  keep(call.instance, author, entity, target, what);
}

/** Records what GitLab did by itself. */
export function recordBySystem(
  instance: Instance,
  entity: Entity,
  target: Target,
  what: Happening,
): void {
  const kind = "Gitlab::Audit::UnauthenticatedAuthor";
  keep(instance, { id: -1, name: "(System)", kind, email: null, ip: null }, entity, target, what);
}

function keep(
  { store, clock }: Instance,
  author: Author,
  entity: Entity,
  target: Target,
  { name, message, more }: Happening,
): void {
  const event = store.auditEvents.insert({
    author_id: author.id,
    entity_id: entity.id,
    entity_type: entity.type,
    details: {
      ...more,
      event_name: name,
      author_name: author.name,
      author_class: author.kind,
      target_id: target.id,
      target_type: target.type,
      target_details: target.details,
      custom_message: message,
      ip_address: author.ip,
      entity_path: entity.path,
      author_email: author.email,
    },
    created_at: clock.now(),
  });
  const oldest = store.auditEvents.get(event.id - eventsKept);
  if (oldest !== undefined) store.auditEvents.delete(oldest);
}
