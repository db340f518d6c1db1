import { addDays, type CalendarDate } from "../clock";
import type { Instance } from "../instance";
import type { AccessToken, User } from "../state/rows";

const longestLifetimeInDays = 365;
const rotationLifetimeInDays = 7;

/** A token ends at the first moment of its date, in UTC. */
export function isExpired(token: AccessToken, today: CalendarDate): boolean {
  return token.expires_at !== null && token.expires_at <= today;
}

export function isActive(token: AccessToken, today: CalendarDate): boolean {
  return !token.revoked && !isExpired(token, today);
}

/** The last date that a new token may have. Undefined if there is no limit. */
export function latestExpiry({ store, tier, clock }: Instance): CalendarDate | undefined {
  const { require_personal_access_token_expiry, max_personal_access_token_lifetime } =
    store.settings;
  if (!require_personal_access_token_expiry) return undefined;
  const custom = tier === "ultimate" ? max_personal_access_token_lifetime : null;
  return addDays(clock.today(), custom ?? longestLifetimeInDays);
}

/** Whether a token of this user must have an expiry. */
function expiryIsEnforced({ store, tier }: Instance, user: User): boolean {
  const { settings } = store;
  if (user.user_type !== "service_account") return settings.require_personal_access_token_expiry;
  return tier === "free" || settings.service_access_tokens_expiration_enforced;
}

/** The default date of a new token. */
export function defaultExpiry(instance: Instance, user: User): CalendarDate | null {
  if (!expiryIsEnforced(instance, user)) return null;
  return latestExpiry(instance) ?? addDays(instance.clock.today(), longestLifetimeInDays);
}

/** The default date of a rotated token: a week, whatever the old one had. */
export function rotatedExpiry(instance: Instance, user: User): CalendarDate | null {
  if (!expiryIsEnforced(instance, user)) return null;
  return addDays(instance.clock.today(), rotationLifetimeInDays);
}
