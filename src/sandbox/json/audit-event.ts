import type { AuditEvent } from "../state/rows";

/** An audit event, in GitLab's order of keys. */
export function auditEventJson({
  id,
  author_id,
  entity_id,
  entity_type,
  details,
  created_at,
}: AuditEvent) {
  return { id, author_id, entity_id, entity_type, details, created_at };
}
