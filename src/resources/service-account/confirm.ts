import { coded, DiagnosticError, error, type DeletePlanRequest } from "../../provider/contract";
import type { Context } from "../shared/context";
import { attempt } from "../shared/failures";
import { userOrNothing } from "./adoption";
import type { ServiceAccountAttributes } from "./schema";
import { accountIdOf } from "./state";

/** A plan may be long ago by the time it is applied, and its number may by then be another's. */
export async function confirmUsername(
  { prior }: DeletePlanRequest<ServiceAccountAttributes>,
  context: Context,
): Promise<void> {
  const { userId } = accountIdOf(prior);
  const user = await attempt(`Cannot read account ${prior.id}`, () =>
    userOrNothing(userId, context),
  );
  if (user === undefined || user.username.toLowerCase() === prior.username.toLowerCase()) return;
  throw new DiagnosticError(
    coded(
      "not-the-planned-account",
      error(
        `User ${userId} is not the account "${prior.username}" that was to go`,
        `It is called "${user.username}" now, so nothing was removed. Plan again, and look whose it is.`,
      ),
    ),
  );
}
