import type { CalendarDate } from "../clock";
import type { Instance } from "../instance";
import type { Member, User } from "../state/rows";
import type { SourceRef } from "../state/store";

export interface NewMembership {
  readonly access_level: number;
  readonly expires_at?: CalendarDate;
  readonly member_role_id?: number;
  readonly created_by: User;
}

/** Adds a direct member, after all checks. */
export function addMember(
  { store, clock }: Instance,
  source: SourceRef,
  user: User,
  { access_level, expires_at, member_role_id, created_by }: NewMembership,
): Member {
  const now = clock.now();
  // An access request of the new member is removed.
  for (const request of store.accessRequestsByUser.all(user.id)) {
    const isHere = request.source_type === source.type && request.source_id === source.id;
    if (isHere) store.accessRequests.delete(request);
  }
  return store.members.insert({
    source_type: source.type,
    source_id: source.id,
    user_id: user.id,
    access_level,
    member_role_id: member_role_id ?? null,
    expires_at: expires_at ?? null,
    created_at: now,
    updated_at: now,
    created_by_id: created_by.id,
  });
}
