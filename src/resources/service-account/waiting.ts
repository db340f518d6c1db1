import { setTimeout as sleep } from "node:timers/promises";
import type { UserEntity } from "../../gitlab";
import { parseTimeout } from "../../model";
import type { Context } from "../shared/context";
import { userOrNothing } from "./adoption";
import type { ServiceAccountState } from "./schema";

const DEFAULT_TIMEOUTS = { create: "10m", delete: "1m" } as const;
const FIRST_PAUSE = 200;
const LONGEST_PAUSE = 10_000;

/** The time, on this machine's clock, at which waiting ends. */
export function deadlineOf(
  timeouts: ServiceAccountState["timeouts"],
  step: "create" | "delete",
): number {
  const written = timeouts?.[step] ?? DEFAULT_TIMEOUTS[step];
  return Date.now() + (parseTimeout(written) ?? 0);
}

/** Waits until GitLab has removed a user. Returns the user after the timeout, or undefined once it is gone. */
export async function waitUntilGone(
  userId: number,
  deadline: number,
  context: Context,
): Promise<UserEntity | undefined> {
  for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    const user = await userOrNothing(userId, context);
    const left = deadline - Date.now();
    if (user === undefined || left <= 0 || context.stopped) return user;
    await sleep(Math.min(pause, left));
  }
}
