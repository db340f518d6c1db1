import { accessLevels } from "../auth/access";
import type { Call } from "../http/call";
import { accepted, type Reply } from "../http/reply";
import { string } from "../params/types";
import { auditContainer } from "../rules/audit";
import {
  requestContainerDeletion,
  restoreContainer,
  type DeletionRequest,
} from "../rules/mark-for-deletion";
import type { Group, Project, SourceType } from "../state/rows";
import { requireRole, requireUnmodified } from "./find";

/** A value that is not a boolean counts as false here. */
export const deletionParams = { permanently_remove: string(), full_path: string() };

const title = { group: "Group", project: "Project" } as const;

/** Marks a group or project for deletion, or deletes it. */
export function deleteContainer(
  call: Call,
  type: SourceType,
  container: Group | Project,
  request: DeletionRequest,
): Reply {
  const source = { type, id: container.id };
  requireRole(call, source, accessLevels.owner);
  requireUnmodified(call, container.updated_at);
  const outcome = requestContainerDeletion(call.instance, type, container, request);
  if (outcome === "marked") {
    auditContainer(call, source, {
      name: `${type}_deletion_marked`,
      message: `${title[type]} marked for deletion`,
    });
  }
  return accepted();
}

/** Removes the mark from a group or project that was to be deleted. */
export function restore(call: Call, type: SourceType, container: Group | Project): void {
  const source = { type, id: container.id };
  requireRole(call, source, accessLevels.owner);
  restoreContainer(call.instance, type, container);
  auditContainer(call, source, { name: `${type}_restored`, message: `${title[type]} restored` });
}
