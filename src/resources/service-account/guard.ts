import type { Guard } from "../policy/with-policy";
import type { ServiceAccountAttributes } from "./schema";

/** What the policy needs to know of a planned account: its removal is all that a rule checks. */
export const serviceAccountGuard: Guard<ServiceAccountAttributes> = {
  kind: "accounts",
  removed: ({ id, on_destroy: onDestroy }) => (onDestroy === "retain" || id === null ? [] : [id]),
  removedUser: ({ user_id: userId }) => userId,
  // A suspended account can do as little as one that is gone.
  removedByChange: ({ prior, config }) =>
    config.suspended === true && prior?.suspended !== true && prior?.id ? [prior.id] : [],
  lessens: ({ user_id: userId, username, suspended }, planned) =>
    planned?.suspended === true && suspended !== true && userId !== null
      ? [
          {
            of: { userId },
            change: "removes",
            object: `account "${username}" from use`,
            attribute: "suspended",
          },
        ]
      : [],
};
