/**
 * The last day of the half-year after the current one: 181 to 365 days ahead, which is as far as GitLab allows. It
 * stays the same for half a year, so that plans are empty in between; the first deployment after that makes new
 * tokens, delivers them and revokes the old ones.
 */
export function endOfNextHalfYear(today: Date): string {
  const year = today.getUTCFullYear();
  const inFirstHalf = today.getUTCMonth() < 6;
  return inFirstHalf ? `${year}-12-31` : `${year + 1}-06-30`;
}
