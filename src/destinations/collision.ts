import { setTimeout as sleep } from "node:timers/promises";

const LONGEST_PAUSE = 400;

/** Those who collide must not collide again at once. */
export function pauseAfterCollision(attempt: number): Promise<void> {
  return sleep(Math.random() * Math.min(20 * 2 ** attempt, LONGEST_PAUSE));
}
