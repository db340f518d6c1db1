import type { CalendarDate, Clock } from "./clock";
import { hasFeature, type Feature } from "./features";
import type { GitLabVersion, Locale, Tier } from "./options";
import type { Store } from "./state/store";
import type { ApplicationLimits } from "./http/application-limits";

/** The imitated GitLab: what every rule and every handler works on. */
export interface Instance {
  store: Store;
  readonly clock: Clock;
  readonly version: GitLabVersion;
  readonly tier: Tier;
  readonly locale: Locale;
  /** Host of its container registry; null where it has none. */
  readonly registry: string | null;
  /** Without a slash at the end. */
  readonly url: string;
  /** How long a deleted user's row stays; null until a purge is asked for. */
  deletionDelay: number | null;
  readonly limits: ApplicationLimits;
  /** The day whose job has removed expired memberships already. */
  membersExpiredOn: CalendarDate | null;
}

export function supports(instance: Instance, feature: Feature): boolean {
  return hasFeature(instance.version, feature);
}

/** The host in generated e-mail addresses. */
export function hostOf(instance: Instance): string {
  return new URL(instance.url).hostname;
}
