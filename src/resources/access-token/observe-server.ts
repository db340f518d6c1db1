import { DEFAULT_MAXIMUM_LIFETIME_DAYS } from "../../model";
import type { Context } from "../shared/context";
import type { ServerObservation } from "./private-state";
import type { AccessTokenState } from "./schema";

/** The clock of the server at its last answer. */
export async function serverNow(context: Context): Promise<Date> {
  // Every answer carries it, so this asks only when nothing was asked before.
  if (context.gitlab.client.serverDate === undefined) await context.gitlab.version();
  const { serverDate } = context.gitlab.client;
  if (serverDate === undefined) throw new Error("the server's answers carry no date");
  return serverDate;
}

/** What a plan needs to know of the server besides the token. */
export async function observeServer(
  state: Pick<AccessTokenState, "previous">,
  context: Context,
): Promise<ServerObservation> {
  const waits = (state.previous ?? []).length > 0;
  const ownTokenId = waits ? ((await context.gitlab.ownTokenId()) ?? null) : null;
  const told = await maximumLifetime(context);
  const maximumLifetimeDays = told === undefined ? DEFAULT_MAXIMUM_LIFETIME_DAYS : told;
  return { at: (await serverNow(context)).toISOString(), ownTokenId, maximumLifetimeDays };
}

/** In days; null where the instance sets none, undefined for callers who may not ask: only administrators may. */
export async function maximumLifetime(context: Context): Promise<number | null | undefined> {
  const settings = await context.gitlab.applicationSettings();
  if (settings?.require_personal_access_token_expiry === false) return null;
  return settings?.max_personal_access_token_lifetime ?? undefined;
}
