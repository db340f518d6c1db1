import type { TokenEntity, UserEntity } from "../../gitlab";
import {
  EPHEMERAL_GENERATION,
  isSameStack,
  markerKey,
  mayComeFrom,
  readMarker,
  type AccountId,
  type Marker,
} from "../../model";
import { formatAccountId } from "../../model";
import type { Context } from "../shared/context";
import { serverNow } from "../shared/server-clock";

/** The time after an interrupted creation in which the next apply still finds its account by itself. */
const HOURS = 6;
const HOUR = 3_600_000;

/**
 * Why no interrupted creation of this declaration explains an existing account. Undefined if one does. Two states can
 * look alike only while neither has created a token: the account itself carries no marker.
 */
export async function evidenceAgainst(
  id: AccountId,
  user: UserEntity,
  context: Context,
): Promise<{ readonly reason: string; readonly isInUse: boolean } | undefined> {
  const now = await serverNow(context);
  const active = await context.inventory.tokens.activeOf(id);
  const foreign = active.filter((token) => markerOfStack(token, id, context) === undefined);
  if (foreign.length > 0) {
    return {
      isInUse: true,
      reason: `has active tokens that this stack did not create (${names(foreign)})`,
    };
  }
  const marked = active.map((token) => ({ token, marker: markerOfStack(token, id, context) }));
  const elsewhere = marked.filter(
    ({ marker }) => marker && !mayComeFrom(marker, context.stateName()),
  );
  if (elsewhere.length > 0) {
    const tokens = names(elsewhere.map(({ token }) => token));
    return {
      isInUse: true,
      reason: `has active tokens that another state of this stack created (${tokens})`,
    };
  }
  const finished = marked.filter(({ marker }) => marker && !isOfFirstCreation(marker));
  if (finished.length > 0) {
    const tokens = names(finished.map(({ token }) => token));
    return {
      isInUse: true,
      reason: `has active tokens that came after a finished creation (${tokens})`,
    };
  }
  const moments = [user.created_at, ...active.map(({ created_at }) => created_at)];
  const isRecent = moments.every((moment) => moment !== undefined && isWithinHours(moment, now));
  if (isRecent) return undefined;
  const since = user.created_at === undefined ? "" : `, since ${user.created_at}`;
  return {
    isInUse: false,
    reason: `has existed longer than an interrupted apply of the last ${HOURS} hours would explain${since}`,
  };
}

function markerOfStack(
  { name, description }: TokenEntity,
  id: AccountId,
  { stack }: Context,
): Marker | undefined {
  const marker = readMarker(description ?? null);
  if (stack === null || marker === undefined) return undefined;
  const ownKey = markerKey({ accountId: formatAccountId(id), stack, tokenName: name });
  return isSameStack(marker.key, ownKey) ? marker : undefined;
}

/** Each interrupted creation leaves a token, and the next one continues the count. */
function isOfFirstCreation({ generation, isFirst }: Marker): boolean {
  return generation === EPHEMERAL_GENERATION || (isFirst ?? generation === 1);
}

function isWithinHours(moment: string, now: Date): boolean {
  return now.getTime() - Date.parse(moment) < HOURS * HOUR;
}

function names(tokens: readonly TokenEntity[]): string {
  return tokens.map((token) => `"${token.name}"`).join(", ");
}
