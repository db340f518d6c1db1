import { parseRole } from "../../model";
import { membershipAddress, type MembershipFacts } from "../../model/policy";
import { sameValue } from "../../provider/contract";
import { accountNamed } from "../policy/guard";
import type { Guard } from "../policy/with-policy";
import { containerSpelling } from "../shared/container-attributes";
import { known } from "../shared/problems";
import type { MembershipAttributes, MembershipConfig } from "./schema";

/** What the policy has to know of a planned membership. */
export const membershipGuard: Guard<MembershipAttributes> = {
  kind: "memberships",
  removed: ({ id }) => id ?? undefined,
  guarded: ({ prior }, planned) => ({
    account: accountNamed(planned.service_account_id),
    facts: (username) => factsOf(planned, username),
    isChanged: () => prior === null || !sameValue(planned.role, prior.role),
  }),
};

function factsOf(planned: MembershipConfig, username: string | undefined): MembershipFacts {
  const container = containerSpelling(planned)?.spelling;
  const account = username ?? known(planned.service_account_id) ?? "an account";
  const role = parseRole(known(planned.role) ?? "");
  return {
    kind: "membership",
    label: `membership of ${account} in ${container ?? "a place that is not known yet"}`,
    address: membershipAddress(username, container),
    ...(role !== undefined && { role }),
  };
}
