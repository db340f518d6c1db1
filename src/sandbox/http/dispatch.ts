import { isUsable, presentedToken } from "../auth/authenticate";
import type { Instance } from "../instance";
import { purgeDeletedUsers } from "../rules/delete-user";
import { removeExpiredMembers } from "../rules/expire-members";
import { purgeMarkedContainers } from "../rules/mark-for-deletion";
import type { Incoming } from "./call";
import { ApiError, failure, malformedStrings } from "./errors";
import { localized } from "./locale";
import type { Reply } from "./reply";
import type { Match } from "./router";
import type { Throttle } from "./throttle";

/** A response with the username of the recognised caller. */
export interface Dispatched {
  readonly reply: Reply;
  readonly user: string | null;
}

/** Handles a request: jobs that are due, throttle, authentication and its handler. */
export function dispatch(
  instance: Instance,
  throttle: Throttle,
  incoming: Incoming,
  match: Match,
): Dispatched {
  purgeDeletedUsers(instance, "due");
  removeExpiredMembers(instance);
  purgeMarkedContainers(instance);
  const basicAuth = match.kind === "found" && match.route.basicAuth === true;
  const token = presentedToken(instance, incoming, { basicAuth });
  // A token that no longer works does not identify its caller.
  const isKnown = token !== undefined && isUsable(instance, token);
  const user = isKnown ? (instance.store.users.get(token.user_id)?.username ?? null) : null;
  const { headers, refusal } = throttle.count(isKnown ? token.user_id : undefined, incoming.ip);
  if (refusal !== undefined) return { reply: refusal, user };
  const answer = answerOf(() => {
    if (match.kind !== "found") throw noRoute(match);
    if (incoming.refusal !== undefined) throw incoming.refusal;
    const { jobToken = [] } = match.route;
    return match.route.answer({ instance, incoming, token, jobToken, path: match.path });
  });
  const reply = localized(answer, instance.locale);
  return { reply: { ...reply, headers: { ...headers, ...reply.headers } }, user };
}

function answerOf(handle: () => Reply): Reply {
  try {
    return handle();
  } catch (error) {
    if (error instanceof ApiError) return error.reply;
    // A bug of the stand-in itself: shown to its user, and answered as GitLab would.
    process.stderr.write(
      `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    return failure(500, "500 Internal Server Error").reply;
  }
}

function noRoute(match: Exclude<Match, { kind: "found" }>): ApiError {
  switch (match.kind) {
    case "malformed":
      return malformedStrings();
    case "gone":
      return new ApiError({
        status: 410,
        body: { error: "API V3 is no longer supported. Use API V4 instead." },
      });
    case "unknown":
      return new ApiError({ status: 404, body: { error: "404 Not Found" } });
    case "options":
      return new ApiError({ status: 204, headers: { Allow: match.allowed.join(", ") } });
    case "other methods":
      return new ApiError({
        status: 405,
        body: { error: "405 Not Allowed" },
        headers: { Allow: match.allowed.join(", ") },
      });
  }
}
