import type { Clock } from "../clock";
import { failure } from "./errors";

const minute = 60_000;

/** GitLab's limits of single endpoints, with the length of their windows. */
const windows = {
  service_account_creation: minute,
  members_delete: minute,
  project_members_api: minute,
  users_get_by_id: 10 * minute,
} as const;

export type ApplicationLimit = keyof typeof windows;
export const applicationLimits = Object.keys(windows) as readonly ApplicationLimit[];

/** Requests per window. Null and 0 disable a limit. */
export type ApplicationThresholds = Readonly<Record<ApplicationLimit, number | null>>;

function allOff(): ApplicationThresholds {
  return {
    service_account_creation: null,
    members_delete: null,
    project_members_api: null,
    users_get_by_id: null,
  };
}

/** GitLab's own limiter: windows aligned to the epoch, refused calls count too. */
export class ApplicationLimits {
  thresholds: ApplicationThresholds = allOff();
  private readonly counts = new Map<string, { window: number; count: number }>();

  constructor(private readonly clock: Clock) {}

  /** Counts a call within its scope, such as its caller, and refuses one above the limit. */
  count(limit: ApplicationLimit, ...scope: readonly (string | number)[]): void {
    const threshold = this.thresholds[limit];
    if (threshold === null || threshold === 0) return;
    const key = [limit, ...scope].join(":");
    const window = Math.floor(this.clock.milliseconds() / windows[limit]);
    const previous = this.counts.get(key);
    const count = previous?.window === window ? previous.count + 1 : 1;
    this.counts.set(key, { window, count });
    if (count <= threshold) return;
    throw failure(429, {
      error: "This endpoint has been requested too many times. Try again later.",
    });
  }

  reset(): void {
    this.thresholds = allOff();
    this.counts.clear();
  }
}
