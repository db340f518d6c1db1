import { dayInMilliseconds } from "../clock";
import type { Instance } from "../instance";
import type { Member } from "../state/rows";
import { auditExpiredMember } from "./audit-members";

const tenMinutes = 10 * 60_000;

/** Removes memberships and shares as GitLab's daily job does: ten minutes after the midnight that ends them. */
export function removeExpiredMembers(instance: Instance): void {
  const { store, clock } = instance;
  const midnight = Math.floor((clock.milliseconds() - tenMinutes) / dayInMilliseconds);
  const day = new Date(midnight * dayInMilliseconds).toISOString().slice(0, 10);
  if (instance.membersExpiredOn === day) return;
  instance.membersExpiredOn = day;
  for (const member of store.membersWithExpiry.all("expiring")) {
    if (member.expires_at !== null && member.expires_at <= day) remove(instance, member);
  }
  for (const share of store.sharesWithExpiry.all("expiring")) {
    if (share.expires_at !== null && share.expires_at <= day) store.shares.delete(share);
  }
}

function remove(instance: Instance, member: Member): void {
  auditExpiredMember(instance, member);
  instance.store.members.delete(member);
}
