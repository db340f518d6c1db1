import { DEFAULT_MAX_LIFETIME_DAYS } from "../../model";
import type { Context } from "../shared/context";
import { serverNow } from "../shared/server-clock";
import type { ServerObservation } from "./private-state";
import type { AccessTokenState } from "./schema";

/** What a plan needs to know of the server besides the token. */
export async function observeServer(
  state: Pick<AccessTokenState, "previous">,
  context: Context,
): Promise<ServerObservation> {
  const waits = (state.previous ?? []).length > 0;
  const ownTokenId = waits ? ((await context.gitlab.ownTokenId()) ?? null) : null;
  const maxLifetimeDays = longestLifetime(await maxLifetime(context), context);
  return { at: (await serverNow(context)).toISOString(), ownTokenId, maxLifetimeDays };
}

/** The maximum lifetime of a new token: the instance's and the policy's. Null if neither sets one. */
function longestLifetime(instances: number | null | undefined, context: Context): number | null {
  const { maxLifetimeDays: policys } = context.rules().policy;
  if (instances === undefined) return policys ?? DEFAULT_MAX_LIFETIME_DAYS;
  if (instances === null || policys === null) return instances ?? policys;
  return Math.min(instances, policys);
}

/** In days. Null if the instance sets none; undefined for callers who are not administrators and cannot read it. */
export async function maxLifetime(context: Context): Promise<number | null | undefined> {
  const settings = await context.gitlab.applicationSettings();
  if (settings?.require_personal_access_token_expiry === false) return null;
  return settings?.max_personal_access_token_lifetime ?? undefined;
}
