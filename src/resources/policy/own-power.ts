import type { PowerLoss } from "../../model/policy";
import type { Context } from "../shared/context";
import { attempt } from "../shared/failures";

/** What a change takes from a user or from tokens. It matters if the run is that user, or uses one of them. */
export interface Lessening extends PowerLoss {
  readonly of: { readonly userId: number } | { readonly tokenIds: ReadonlySet<number> };
}

/** Those that take rights from this run itself. Sends requests only if there is something to compare. */
export async function ownLosses(
  lessenings: readonly Lessening[],
  context: Context,
): Promise<PowerLoss[]> {
  const losses: PowerLoss[] = [];
  for (const { of, ...loss } of lessenings) {
    const isOwn = await attempt("Cannot find out whose token glsa uses", () =>
      "userId" in of ? givesRights(of.userId, context) : isInUse(of.tokenIds, context),
    );
    if (isOwn) losses.push(loss);
  }
  return losses;
}

/** An administrator's rights come from no membership. */
async function givesRights(userId: number, { gitlab }: Context): Promise<boolean> {
  return userId === (await gitlab.ownUserId()) && !(await gitlab.isAdministrator());
}

async function isInUse(tokenIds: ReadonlySet<number>, { gitlab }: Context): Promise<boolean> {
  const ownTokenId = await gitlab.ownTokenId();
  return ownTokenId !== undefined && tokenIds.has(ownTokenId);
}
