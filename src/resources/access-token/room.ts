import { DiagnosticError } from "../../provider/contract";
import type { Context } from "../shared/context";
import type { PlacedDestination } from "./destinations";
import { serverNow } from "../shared/server-clock";
import { retirementPolicy } from "./policy";
import type { Renewal } from "./renew";
import { retire, undelivered } from "./retire";
import { crowdedError, MOST_LIVE_TOKENS, oldestQuiet } from "./retirement";
import { revokeToken } from "./revoke";
import type { Stock } from "./stock";
import type { AccessTokenState } from "./schema";

/**
 * Lets old tokens whose time has come go before a new one is made, so that there are never more live ones than needed.
 * Refuses where there would be too many although the present token works and has not leaked.
 */
export async function makeRoom(
  stock: Stock,
  { renewal, destinations }: { renewal: Renewal; destinations: readonly PlacedDestination[] },
  context: Context,
): Promise<Stock> {
  const { prior, planned } = renewal;
  if (prior === undefined || stock.previous.length === 0) return stock;
  const present = { tokenId: prior.token_id ?? 0, fingerprint: prior.fingerprint };
  const isDelivered = (await undelivered(destinations, present)).length === 0;
  const retired = isDelivered ? await retireDue(stock, renewal, context) : stock;
  const { revoke_now: leaked } = planned as AccessTokenState;
  const isNeeded = retired.current === undefined || (leaked ?? []).includes(retired.current.id);
  if (isNeeded || 1 + retired.previous.length < MOST_LIVE_TOKENS) return retired;
  if (!isDelivered)
    throw new DiagnosticError(crowdedError({ ...prior, previous: [...retired.previous] }));
  return withoutOldest(retired, renewal, context);
}

async function retireDue(stock: Stock, renewal: Renewal, context: Context): Promise<Stock> {
  const { rotation } = renewal.planned as AccessTokenState;
  const { previous } = await retire(
    {
      account: renewal.account,
      previous: stock.previous,
      policy: retirementPolicy(rotation),
      leaked: new Set(),
      now: await serverNow(context),
    },
    context,
  );
  return { ...stock, previous };
}

async function withoutOldest(
  stock: Stock,
  { account, planned, prior }: Renewal,
  context: Context,
): Promise<Stock> {
  const policy = retirementPolicy((planned as AccessTokenState).rotation);
  const oldest = oldestQuiet(stock.previous, policy, await serverNow(context));
  const said =
    oldest === undefined ? [] : await revokeToken(account, oldest.token_id ?? 0, context);
  if (oldest === undefined || said.length > 0) {
    throw new DiagnosticError(
      crowdedError({ ...(prior as AccessTokenState), previous: [...stock.previous] }),
    );
  }
  return { ...stock, previous: stock.previous.filter((entry) => entry !== oldest) };
}
