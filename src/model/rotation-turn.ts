import { compareText } from "./collections";
import { daysBetween, utcDate, type UtcDate } from "./dates";
import { isSameStack, readMarker, type Marker } from "./marker";
import { lifetimeOf, rotationDate, type RotationPolicy } from "./rotation";

/*
 * Which due tokens rotate in a run that rotates only so many: those that are due the longest. Each is planned by itself,
 * so that the others are known only by what GitLab shows of them.
 */

/** Runs that a waiting token leaves: the next one, and one more if that fails. */
const RUNS_IN_RESERVE = 2;

/** Whether a due token must rotate now, since its own expiry would soon cut its overlap short. */
export function cannotWait(
  { overlapDays }: Pick<RotationPolicy, "overlapDays">,
  expiresAt: UtcDate | null,
  today: UtcDate,
): boolean {
  return expiresAt !== null && daysBetween(today, expiresAt) < overlapDays + RUNS_IN_RESERVE;
}

/** A token as GitLab shows it. */
export interface ShownToken {
  readonly description?: string | null | undefined;
  readonly created_at: string;
  readonly expires_at: UtcDate | null;
}

/** A due token, and the schedule by which the others of its stack are judged. */
export interface DueToken {
  readonly key: string;
  readonly due: UtcDate;
  readonly today: UtcDate;
  readonly policy: RotationPolicy;
  readonly maxLifetimeDays: number | null;
}

/** How many other tokens of the same stack are due before this one; of one day, those with the lower key. */
export function dueBefore(own: DueToken, shown: readonly ShownToken[]): number {
  return currentOf(own.key, shown).filter(([key, token]) => {
    const due = dueByLooks(token, key, own);
    if (key === own.key || due === null || due > own.today) return false;
    return (compareText(due, own.due) || compareText(key, own.key)) < 0;
  }).length;
}

/** The newest of each declaration; older ones are in their overlap. */
function currentOf(key: string, shown: readonly ShownToken[]): [string, ShownToken][] {
  const newest = new Map<string, { marker: Marker; token: ShownToken }>();
  for (const token of shown) {
    const marker = readMarker(token.description ?? null);
    if (marker === undefined || marker.generation === 0 || !isSameStack(marker.key, key)) continue;
    const known = newest.get(marker.key);
    if (known === undefined || known.marker.generation < marker.generation)
      newest.set(marker.key, { marker, token });
  }
  return [...newest].map(([each, { token }]) => [each, token]);
}

/** One that lives as long is taken to have the same schedule; of any other the expiry tells. */
function dueByLooks(
  { created_at: createdAt, expires_at: expiresAt }: ShownToken,
  key: string,
  { policy, maxLifetimeDays }: DueToken,
): UtcDate | null {
  const created = utcDate(new Date(createdAt));
  const lifetime = expiresAt === null ? null : daysBetween(created, expiresAt);
  const isAlike = lifetime === lifetimeOf(policy, maxLifetimeDays);
  return rotationDate(policy, {
    countedFrom: isAlike ? created : null,
    expiresAt,
    spreadBy: isAlike ? key : undefined,
  });
}
