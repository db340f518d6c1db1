import type { Addressing, KnownObject, TakenName } from "../one-address/with-one-address";
import { twoAddresses } from "../one-address/texts";
import { userLabel } from "../shared/account-label";
import type { Context } from "../shared/context";
import { declaredUser } from "../shared/declared-user";
import { confirmSameMember } from "../membership/identity";
import { attempt } from "../shared/failures";
import { describeEntry, userIdOf } from "./describe";
import { knownEntriesOf } from "./entries";
import { containerOf, memoryOf } from "./memory";
import type { MembershipsAttributes, MembershipsConfig } from "./schema";

/** One object has all memberships of a user. */
export const membershipsAddressing: Addressing<MembershipsAttributes> = {
  names: (config, context): TakenName[] => {
    const userId = declaredUser(config);
    if (userId === undefined) return [];
    const { object, label } = allOf(userId, context);
    return [{ name: object, refusal: twoAddresses(label) }];
  },
  ofState: (state, _, context) => allOf(userIdOf(state), context),
  takenOver: async (planned: MembershipsConfig, context) => {
    const userId = declaredUser(planned);
    return userId === undefined ? undefined : allOf(userId, context);
  },
  /** A plan may be long ago by the time it is applied, and the user's number may be another's by then. */
  confirm: async ({ prior, private: kept }, context) => {
    const userId = userIdOf(prior);
    for (const entry of knownEntriesOf(prior)) {
      const summary = `Cannot read the ${describeEntry(entry, userId, context)}`;
      const container = await containerOf(entry, kept, context);
      const member = await attempt(summary, () =>
        context.inventory.members.find(container, userId),
      );
      if (member === undefined) continue;
      await confirmSameMember({ container, userId }, member, memoryOf(entry, kept), context);
    }
  },
};

function allOf(userId: number, context: Context): KnownObject {
  return {
    object: `memberships of user ${userId}`,
    label: `the object of all memberships of ${userLabel(userId, context)}`,
  };
}
