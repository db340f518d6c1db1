import type { Clock } from "../clock";
import { failure } from "./errors";

const window = 60_000;

/** GitLab's own limiter: windows aligned to the epoch, refused calls count too. */
export class ApplicationLimits {
  /** Accounts per minute and caller; null switches the limit off. */
  serviceAccountCreation: number | null = null;
  private readonly counts = new Map<number, { window: number; count: number }>();

  constructor(private readonly clock: Clock) {}

  countServiceAccountCreation(userId: number): void {
    if (this.serviceAccountCreation === null) return;
    const current = Math.floor(this.clock.milliseconds() / window);
    const previous = this.counts.get(userId);
    const count = previous?.window === current ? previous.count + 1 : 1;
    this.counts.set(userId, { window: current, count });
    if (count > this.serviceAccountCreation) {
      throw failure(429, {
        error: "This endpoint has been requested too many times. Try again later.",
      });
    }
  }

  reset(): void {
    this.serviceAccountCreation = null;
    this.counts.clear();
  }
}
