import { setTimeout as sleep } from "node:timers/promises";
import { isGitLabError, type NewTokenEntity } from "../../gitlab";
import type { Context } from "../shared/context";

const PAUSES = [0, 250, 500, 1000, 2000, 4000];

/** Uses a new token once. Replicas may lag behind the creation, so a refusal is asked again for a few seconds. */
export async function verifyToken(token: NewTokenEntity, context: Context): Promise<void> {
  const asToken = context.gitlab.withToken(token.token);
  for (const [attempt, pause] of PAUSES.entries()) {
    await sleep(pause);
    try {
      await asToken.tokens.self();
      return;
    } catch (cause) {
      const isLast = attempt === PAUSES.length - 1 || context.stopped;
      if (isLast || !isGitLabError(cause, "unauthorized")) throw cause;
    }
  }
}
