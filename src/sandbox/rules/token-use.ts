import type { Instance } from "../instance";
import type { AccessToken } from "../state/rows";

const useInterval = 10 * 60_000;
const ipInterval = 60_000;
const rememberedIps = 5;

/** Records a use: the first immediately, later ones only every ten minutes, addresses every minute. */
export function recordUse(instance: Instance, token: AccessToken, ip: string): void {
  const { clock, store } = instance;
  const isDue = (since: string | null, interval: number) =>
    since === null || clock.milliseconds() - Date.parse(since) >= interval;
  const now = clock.now();
  if (isDue(token.last_used_at, useInterval)) store.tokens.update(token, { last_used_at: now });
  if (isDue(token.ips_recorded_at, ipInterval)) {
    const others = token.last_used_ips.filter((known) => known !== ip);
    const last_used_ips = [ip, ...others].slice(0, rememberedIps);
    store.tokens.update(token, { last_used_ips, ips_recorded_at: now });
  }
  const user = store.users.get(token.user_id);
  if (user !== undefined && user.last_activity_on !== clock.today()) {
    store.users.update(user, { last_activity_on: clock.today() });
  }
}
