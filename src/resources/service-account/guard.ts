import type { Guard } from "../policy/with-policy";
import type { ServiceAccountAttributes } from "./schema";

/** What the policy needs to know of a planned account: its removal is all that a rule checks. */
export const serviceAccountGuard: Guard<ServiceAccountAttributes> = {
  kind: "accounts",
  removed: ({ id, on_destroy: onDestroy }) => (onDestroy === "retain" || id === null ? [] : [id]),
  removedUser: ({ user_id: userId }) => userId,
};
