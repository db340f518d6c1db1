import type { CalendarDate, Clock } from "./clock";
import { hasFeature, type Feature } from "./features";
import type { GitLabVersion, Locale, Tier } from "./options";
import type { Store } from "./state/store";
import type { ApplicationLimits } from "./http/application-limits";

/** The imitated GitLab, on which every rule and every handler works. */
export interface Instance {
  store: Store;
  readonly clock: Clock;
  readonly version: GitLabVersion;
  readonly tier: Tier;
  readonly locale: Locale;
  /** Host of its container registry. Null if it has none. */
  readonly registry: string | null;
  /** Without a slash at the end. */
  readonly url: string;
  /** How long a deleted user's row stays. Null until a purge. */
  deletionDelay: number | null;
  readonly limits: ApplicationLimits;
  /** The last day whose job has removed expired memberships. */
  membersExpiredOn: CalendarDate | null;
}

export function supports(instance: Instance, feature: Feature): boolean {
  return hasFeature(instance.version, feature);
}

/** The host in generated email addresses. */
export function hostOf(instance: Instance): string {
  return new URL(instance.url).hostname;
}
