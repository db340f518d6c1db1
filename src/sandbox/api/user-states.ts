import { addDays } from "../clock";
import type { Call } from "../http/call";
import { forbidden, notFound } from "../http/errors";
import { created } from "../http/reply";
import { route, type Route } from "../http/route";
import { integer, required } from "../params/types";
import { auditUser } from "../rules/audit";
import type { User } from "../state/rows";
import { requireAdmin } from "./find";

const dormantAfterDays = 90;

/** What an administrator does to a user's account: the state it leads to, and when it is refused. */
interface Transition {
  readonly to: User["state"];
  /** What the audit event says. */
  readonly deed: string;
  /** GitLab's name of what is done. */
  readonly event: string;
  readonly refusal: (call: Call, user: User) => string | undefined;
}

function wasActiveLately({ instance }: Call, { last_activity_on, created_at }: User): boolean {
  const bound = addDays(instance.clock.today(), -dormantAfterDays);
  return (last_activity_on ?? created_at.slice(0, 10)) > bound;
}

const transitions: Readonly<Record<string, Transition>> = {
  block: { to: "blocked", deed: "Blocked user", event: "user_blocked", refusal: () => undefined },
  unblock: {
    to: "active",
    deed: "Unblocked user",
    event: "unblock_user",
    refusal: () => undefined,
  },
  deactivate: {
    to: "deactivated",
    deed: "Deactivated user",
    event: "user_deactivate",
    refusal(call, user) {
      if (user.state === "blocked") return "A blocked user cannot be deactivated by the API";
      return wasActiveLately(call, user)
        ? `The user you are trying to deactivate has been active in the past ${dormantAfterDays} days and cannot be deactivated`
        : undefined;
    },
  },
  activate: {
    to: "active",
    deed: "Activated user",
    event: "user_activate",
    refusal: (_, user) =>
      user.state === "blocked" ? "A blocked user must be unblocked to be activated" : undefined,
  },
  ban: {
    to: "banned",
    deed: "Banned user",
    event: "ban_user",
    refusal: (_, { state }) => (state === "active" ? undefined : `You cannot ban ${state} users.`),
  },
  unban: {
    to: "active",
    deed: "Unbanned user",
    event: "unban_user",
    refusal: (_, { state }) =>
      state === "banned" ? undefined : `You cannot unban ${state} users.`,
  },
};

function stateRoute(name: string, { to, deed, event, refusal }: Transition): Route {
  return route({
    method: "POST",
    path: `/users/:id/${name}`,
    before: requireAdmin,
    params: { id: required(integer()) },
    handle(call, { id }) {
      const { store, clock } = call.instance;
      const user = store.users.get(id);
      if (user === undefined) throw notFound("User");
      const problem = refusal(call, user);
      if (problem !== undefined) throw forbidden(problem);
      // Who waits for deletion stays blocked.
      const state = user.deletion === null ? to : user.state;
      if (state !== user.state) auditUser(call, user, { name: event, message: deed });
      store.users.update(user, { state, updated_at: clock.now() });
      return created(true);
    },
  });
}

/** Blocking, deactivating and banning users, and what undoes it. */
export const userStateRoutes = Object.entries(transitions).map(([name, transition]) =>
  stateRoute(name, transition),
);
