import { cannotWait, dueBefore, utcDate, type UtcDate } from "../../model";
import { isUnknown, warning, type Diagnostic } from "../../provider/contract";
import { accountLabel } from "../shared/account-label";
import type { Context } from "../shared/context";
import { tokenIdOf } from "./identity";
import type { ServerObservation, TokenMemory } from "./private-state";
import { policyOf, rotationDateOf } from "./rotation";
import type { AccessTokenConfig, AccessTokenState } from "./schema";

/*
 * Where the policy lets a run rotate only so many tokens, the read decides whether it is a token's turn, since a plan
 * is made twice and must agree with itself. Read and plan know the schedule each in its own way: a token that is due
 * only by a schedule that this plan changes waits for the next run.
 */

export interface Turn {
  readonly comes: NonNullable<TokenMemory["turn"]>;
  /** Since when the token is due, where it waits. */
  readonly waitsSince?: UtcDate;
}

/** Whether a run rotates a token if it is due. Undefined where the policy sets no limit. */
export async function turnOf(
  state: AccessTokenState,
  { memory, server }: { readonly memory: TokenMemory; readonly server: ServerObservation },
  context: Context,
): Promise<Turn | undefined> {
  const limit = context.rules().policy.maxRotations;
  if (limit === null) return undefined;
  const policy = policyOf(state.rotation);
  const due = policy && rotationDateOf(policy, memory, state.valid_until);
  const today = utcDate(new Date(server.at));
  if (policy === undefined || due == null || today < due || state.status !== "active")
    return { comes: "later" };
  const { key } = memory;
  const isUrgent = cannotWait(policy, state.valid_until, today);
  if (!isUrgent && key !== "") {
    const { maxLifetimeDays } = server;
    const schedule = { ...policy, isSpread: memory.isSpread === true };
    const own = { key, due, today, policy: schedule, maxLifetimeDays };
    const shown = await context.inventory.tokens.activeBeside(tokenIdOf(state).account);
    if (dueBefore(own, shown) >= limit) return { comes: "later", waitsSince: due };
  }
  const isItsTurn = context.turns.take(`${state.id}`, limit) || isUrgent;
  return isItsTurn ? { comes: "now" } : { comes: "later", waitsSince: due };
}

interface Waiting {
  readonly proposed: AccessTokenConfig;
  readonly prior: AccessTokenState;
  readonly memory: TokenMemory | undefined;
}

/** Whether a token that is due waits for a later run, unless there is another reason for a new one. */
export function waitsForTurn({ memory, proposed, prior }: Waiting): boolean {
  if (memory?.turn !== "later" || memory.observed === null || prior.status !== "active")
    return false;
  const policy = isUnknown(proposed.rotation) ? undefined : policyOf(proposed.rotation);
  const today = utcDate(new Date(memory.observed.at));
  return policy !== undefined && !cannotWait(policy, prior.valid_until, today);
}

/** @param due since when */
export function waitingWarning(
  prior: AccessTokenState,
  due: UtcDate,
  context: Context,
): Diagnostic {
  const limit = context.rules().policy.maxRotations;
  const turns = limit === null ? "" : `, and one run rotates ${limit} (max_rotations)`;
  return warning(
    "due-token-waits",
    "A due token waits for a later run",
    `Token "${prior.name}" of ${accountLabel(prior.service_account_id, context)} is due since ${due}${turns}. ` +
      "Those that are due the longest come first; it rotates before its expiry would cut its overlap short.",
    ["rotates_at"],
  );
}
