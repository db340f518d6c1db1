import { error, type Diagnostic, type PlanRequest, type PlanResult } from "../../provider/contract";
import type { Context } from "../shared/context";
import { attempt } from "../shared/failures";
import { known } from "../shared/problems";
import { claimOfAccount, groupAt, isBeingDeleted } from "./adoption";
import type { ServiceAccountAttributes } from "./schema";
import { accountIdOf } from "./state";

/** Whether an account may have its planned new username: it must be free now. */
export async function foreseeRename(
  { prior }: PlanRequest<ServiceAccountAttributes>,
  { planned, replace = [] }: PlanResult<ServiceAccountAttributes>,
  context: Context,
): Promise<Diagnostic[]> {
  const wanted = known(planned.username);
  if (prior === null || wanted === undefined || replace.length > 0) return [];
  const id = accountIdOf(prior);
  if (wanted.toLowerCase() === prior.username.toLowerCase()) return [];
  const holder = await attempt(`Cannot look for username "${wanted}"`, () =>
    holderOf(wanted, id.userId, context),
  );
  const isFreed = context.claims.isFreedBefore(wanted, claimOfAccount(id));
  if (holder !== undefined && !isFreed) return [taken(prior.username, wanted, holder)];
  await context.claims.freeUsername(prior.username);
  return [];
}

/** Who has a username, for messages. Undefined if it is free or the account's own. */
async function holderOf(
  username: string,
  ownUserId: number,
  context: Context,
): Promise<string | undefined> {
  const user = await context.gitlab.users.findByUsername(username);
  if (user !== undefined && user.id !== ownUserId) {
    return isBeingDeleted(user)
      ? `user ${user.id}, whose deletion is not finished`
      : `user ${user.id}`;
  }
  return user === undefined ? groupAt(username, context) : undefined;
}

function taken(before: string, wanted: string, holder: string): Diagnostic {
  return error(
    "username-changes-hands",
    `Account "${before}" cannot be renamed to "${wanted}"`,
    `That username belongs to ${holder}. If it is an account of this same configuration, names would be exchanged: in a ` +
      "list with count every entry takes its neighbour's name when one before it is added or removed. Use for_each with the " +
      "usernames as keys, and moved blocks from the numbers to them; then nothing is renamed. If two accounts really " +
      "must swap their names, give one a third name in an apply of its own. If the other account releases the name " +
      "in this same plan, let this one depend on it (depends_on) and leave -parallelism at 10 or more, or rename the other " +
      "in an apply of its own.",
    ["username"],
  );
}
