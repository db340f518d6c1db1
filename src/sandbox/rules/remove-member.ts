import { membershipSources } from "../auth/access";
import type { Instance } from "../instance";
import type { Member } from "../state/rows";
import type { SourceRef } from "../state/store";

interface Options {
  readonly skipSubresources: boolean;
}

/** Removes a membership and, unless told otherwise, the user's memberships in everything below. */
export function removeMember(
  { store }: Instance,
  source: SourceRef,
  member: Member,
  { skipSubresources }: Options,
): void {
  store.members.delete(member);
  if (skipSubresources || source.type === "project") return;
  for (const other of store.membersByUser.all(member.user_id)) {
    const place = { type: other.source_type, id: other.source_id };
    const isBelow = membershipSources(store, place).some(
      (from) => from.type === "group" && from.id === source.id,
    );
    if (isBelow) store.members.delete(other);
  }
}
