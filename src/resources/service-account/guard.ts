import type { Guard } from "../policy/with-policy";
import type { ServiceAccountAttributes } from "./schema";

/** What the policy has to know of a planned account: GitLab keeps nothing of it that a rule judges but its end. */
export const serviceAccountGuard: Guard<ServiceAccountAttributes> = {
  kind: "accounts",
  removed: ({ id, on_destroy: onDestroy }) =>
    onDestroy === "retain" || id === null ? undefined : id,
  removedUser: ({ user_id: userId }) => userId,
};
