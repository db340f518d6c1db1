import type { PlannedResource } from "../objects/planned-resource";
import { sameValue } from "../objects/values";

/**
 * What glsa finds out or decides about a token. Everything else is written by users, apart from `description`: GitLab
 * gets a new one only with the next token, and no apply can send it earlier.
 */
const NOT_WRITTEN = new Set([
  "created_at",
  "description",
  "fingerprint",
  "generation",
  "previous",
  "rotates_at",
  "rotation_reason",
  "rotation_reasons",
  "status",
  "strays",
  "token_id",
  "valid_until",
  "value",
  "waits_since",
]);

/** Whether a change only rotates a token or revokes its predecessors: no written value differs. */
export function isByItself(resource: PlannedResource): boolean {
  return (
    resource.type === "glsa_access_token" &&
    resource.action === "update" &&
    !resource.isImported &&
    !resource.isDrift &&
    resource.previousAddress === undefined &&
    differingAttributes(resource).every((name) => NOT_WRITTEN.has(name))
  );
}

/** What is known only after the apply counts as different. */
export function differingAttributes({ before, after, differing }: PlannedResource): string[] {
  const names = [...Object.keys({ ...before, ...after }), ...differing];
  return [...new Set(names)].filter(
    (name) => differing.includes(name) || !sameValue(before?.[name] ?? null, after?.[name] ?? null),
  );
}
