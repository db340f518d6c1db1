import { ACCESS_LEVELS, parseRole } from "../../model";
import { membershipAddress, type MembershipFacts } from "../../model/policy";
import { sameValue } from "../../provider/contract";
import { accountNamed } from "../policy/guard";
import type { Lessening } from "../policy/own-power";
import type { Guard } from "../policy/with-policy";
import { containerSpelling } from "../shared/container-spelling";
import type { Context } from "../shared/context";
import { known } from "../shared/problems";
import { isImported } from "./imported";
import { describeMembership, membershipIdOf } from "./member";
import type { MembershipAttributes, MembershipConfig, MembershipState } from "./schema";

/** What the policy needs to know of a planned membership. */
export const membershipGuard: Guard<MembershipAttributes> = {
  kind: "memberships",
  removed: ({ id }) => (id === null ? [] : [id]),
  guarded: ({ prior, private: kept }, planned) => [
    {
      account: accountNamed(planned.service_account_id),
      facts: (username) => membershipFacts(planned, username),
      isChanged: () => prior === null || isImported(kept) || !sameValue(planned.role, prior.role),
    },
  ],
  lessens,
};

type Standing = Pick<MembershipState, "user_id" | "role" | "custom_role_id" | "expires_at">;
type Wanted = Pick<MembershipConfig, "role" | "custom_role_id" | "expires_at">;

/** A role below the present one, an earlier last day, or the end of the membership. */
function lessens(
  prior: MembershipState,
  planned: MembershipConfig | null,
  context: Context,
): Lessening[] {
  if (prior.user_id === null || prior.id === null) return [];
  return membershipLosses(prior, planned, describeMembership(membershipIdOf(prior), context));
}

/** @param object the membership, for a reader */
export function membershipLosses(
  prior: Standing,
  planned: Wanted | null,
  object: string,
): Lessening[] {
  if (prior.user_id === null) return [];
  const of = { userId: prior.user_id };
  if (planned === null) return [{ of, change: "removes", object, attribute: null }];
  const losses: Lessening[] = [];
  if (isLowered(prior, planned)) losses.push({ of, change: "lowers", object, attribute: "role" });
  if (isShortened(prior, planned))
    losses.push({ of, change: "shortens", object, attribute: "expires_at" });
  return losses;
}

function isShortened(prior: Standing, { expires_at: end }: Wanted): boolean {
  return typeof end === "string" && (prior.expires_at === null || end < prior.expires_at);
}

function isLowered(prior: Standing, planned: Wanted): boolean {
  const before = parseRole(prior.role);
  const after = parseRole(known(planned.role) ?? "");
  if (before === undefined || after === undefined) return false;
  if (ACCESS_LEVELS[after] < ACCESS_LEVELS[before]) return true;
  // A custom role grants more than its default role, never less.
  return after === before && prior.custom_role_id !== null && planned.custom_role_id === null;
}

export function membershipFacts(
  planned: MembershipConfig,
  username: string | undefined,
): MembershipFacts {
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
