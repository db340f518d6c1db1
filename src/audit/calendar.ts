import type { Picture } from "../estate";
import { addDays, roleOfAccessLevel } from "../model";
import type { Calendar, CalendarEntry } from "../review";
import { LiveEstate } from "./live";
import { DeclaredEstate, type State } from "./states";

/** What ends by itself on the live instance, and is in no state. */
export function liveCalendar(
  picture: Picture,
  states: readonly State[],
  { days }: { readonly days: number },
): Calendar {
  const live = new LiveEstate(picture);
  const declared = new DeclaredEstate(states);
  const last = addDays(picture.today, days);
  const isWithin = (date: string) => date >= picture.today && date <= last;
  const accountOf = (userId: number) => live.account(userId)?.username ?? `user ${userId}`;
  const tokens = picture.tokens.flatMap((token): CalendarEntry[] => {
    const { expiresAt: date, state, tokenId, userId, name } = token;
    if (date === null || state !== "active" || !isWithin(date)) return [];
    if (declared.anyTokenOf(tokenId).length > 0) return [];
    const detail = `token ${tokenId}, which ${states.length === 0 ? "GitLab shows" : "no state declares"}, does not work from this day on`;
    const about = { account: accountOf(userId), object: `token "${name}"`, address: "" };
    return [{ date, kind: "expires", ...about, detail }];
  });
  const memberships = picture.memberships.flatMap((membership): CalendarEntry[] => {
    const { expiresAt: date, userId, container, accessLevel } = membership;
    if (date === null || !isWithin(date)) return [];
    if (declared.membershipsOf(userId, container).length > 0) return [];
    const detail = `${roleOfAccessLevel(accessLevel) ?? `access level ${accessLevel}`} until then`;
    const object = `membership of ${container.path}`;
    const about = { account: accountOf(userId), object, address: "" };
    return [{ date, kind: "access-expires", ...about, detail }];
  });
  return { entries: [...tokens, ...memberships], warnings: [] };
}
