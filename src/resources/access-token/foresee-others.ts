import { isGitLabError } from "../../gitlab";
import { parseAccountId } from "../../model";
import { holdsUnknown, type Diagnostic } from "../../provider/contract";
import { accountLabel } from "../shared/account-label";
import type { Context } from "../shared/context";
import { attempt } from "../shared/failures";
import { known } from "../shared/problems";
import { placeDestination } from "./destinations";
import { foreseenKey } from "./key";
import { originOf } from "./origin";
import { othersAmong, othersWarning } from "./ownership";
import type { AccessTokenConfig, AccessTokenState, DeliveryState } from "./schema";

/** In the plan of a token that is created: active ones with its marker that no run of this state explains. */
export async function foreseeOthers(
  planned: AccessTokenConfig,
  context: Context,
): Promise<Diagnostic[]> {
  const accountId = known(planned.service_account_id) ?? "";
  const account = parseAccountId(accountId);
  const name = known(planned.name);
  const key = foreseenKey(planned, null, context);
  if (account === undefined || name === undefined || key === undefined) return [];
  return attempt(`Cannot look for tokens of ${accountLabel(accountId, context)}`, async () => {
    const active = await context.inventory.tokens.activeOf(account);
    // Every origin except this state's is another one's, so nothing is computed without a token.
    const owner = { key, origin: undefined, unmarked: {} };
    if (othersAmong(active, owner, new Set(), context).length === 0) return [];
    const origin = await foreseenOrigin(planned, context);
    if (origin === undefined) return [];
    const others = othersAmong(active, { ...owner, origin }, new Set(), context);
    return othersWarning(others, { name, service_account_id: accountId }, context);
  });
}

/** Undefined while a destination is not known. The apply then reports it. */
async function foreseenOrigin(
  planned: AccessTokenConfig,
  context: Context,
): Promise<string | undefined> {
  if (holdsUnknown(planned.deliver_to) || holdsUnknown(planned.store_value)) return undefined;
  const entries = (planned.deliver_to ?? []) as DeliveryState[];
  try {
    const placed = await Promise.all(
      entries.map((entry) => placeDestination(entry, undefined, context)),
    );
    return originOf(planned as AccessTokenState, placed, context);
  } catch (cause) {
    // A project or group that this same apply creates.
    if (isGitLabError(cause, "not_found")) return undefined;
    throw cause;
  }
}
