import type { Instance } from "../instance";
import type { Share } from "../state/rows";
import { sourceKey, type SourceRef } from "../state/store";

/** The shares of a group or project, as its own JSON lists them. */
export function sharedWithGroupsJson({ store }: Instance, { type, id }: SourceRef) {
  return store.sharesBySource.all(sourceKey(type, id)).map((share) => {
    const group = store.groups.get(share.group_id);
    return {
      group_id: share.group_id,
      group_name: group?.name ?? "",
      group_full_path: group?.full_path ?? "",
      group_access_level: share.group_access,
      expires_at: share.expires_at,
    };
  });
}

/** A project's share by itself. */
export function projectShareJson({ id, source_id, group_id, group_access, expires_at }: Share) {
  return { id, project_id: source_id, group_id, group_access, expires_at };
}
