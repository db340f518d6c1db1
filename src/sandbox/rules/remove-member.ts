import { membershipSources } from "../auth/access";
import type { Instance } from "../instance";
import type { Member } from "../state/rows";
import type { SourceRef } from "../state/store";

interface Options {
  readonly skipSubresources: boolean;
}

/** Removes a membership and, by default, the user's memberships in everything below. Returns them all. */
export function removeMember(
  { store }: Instance,
  source: SourceRef,
  member: Member,
  { skipSubresources }: Options,
): Member[] {
  const isBelow = ({ source_type, source_id }: Member) =>
    membershipSources(store, { type: source_type, id: source_id }).some(
      (from) => from.type === "group" && from.id === source.id,
    );
  const below =
    skipSubresources || source.type === "project"
      ? []
      : store.membersByUser.all(member.user_id).filter(isBelow);
  const removed = [...new Set([member, ...below])];
  for (const gone of removed) store.members.delete(gone);
  return removed;
}
