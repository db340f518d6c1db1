import { addDays } from "../clock";
import type { Call } from "../http/call";
import { failure, forbidden, notFound, type ApiError } from "../http/errors";
import { created } from "../http/reply";
import { route, type Route } from "../http/route";
import { integer, required } from "../params/types";
import { auditUser } from "../rules/audit";
import type { User } from "../state/rows";
import { requireAdmin } from "./find";

const dormantAfterDays = 90;

type State = User["state"];

/** The result of an action: another state, only a response, or a refusal. */
type Outcome = { readonly to: State } | { readonly answer: boolean | null } | ApiError;

/** An administrator's action on a user's account. */
interface Action {
  /** The text of the audit event. */
  readonly deed: string;
  /** GitLab's name of the action. */
  readonly event: string;
  readonly outcomes: Readonly<Record<State, (call: Call, user: User) => Outcome>>;
}

const become = (to: State) => () => ({ to });
const answer = (value: boolean | null) => () => ({ answer: value });
/** The text of a service, passed on unchanged. */
const refuse = (text: string) => () => failure(403, text);
const blockedNeedsUnblock = refuse(
  "Error occurred. A blocked user must be unblocked to be activated",
);
const blockedStays = refuse("Error occurred. A blocked user cannot be deactivated");
const cannot = (verb: string, state: State) => refuse(`You cannot ${verb} ${state} users.`);

function block(call: Call, user: User): Outcome {
  return user === call.caller.user
    ? forbidden("The API initiating user cannot be blocked by the API")
    : { to: "blocked" };
}

/** A user who was never active counts as dormant. */
function deactivate({ instance }: Call, { last_activity_on }: User): Outcome {
  const bound = addDays(instance.clock.today(), -dormantAfterDays);
  if (last_activity_on === null || last_activity_on <= bound) return { to: "deactivated" };
  return failure(
    403,
    `The user you are trying to deactivate has been active in the past ${dormantAfterDays} days and cannot be deactivated`,
  );
}

/** Every action by the state of the user. */
const actions: Readonly<Record<string, Action>> = {
  block: {
    deed: "Blocked user",
    event: "user_blocked",
    outcomes: {
      active: block,
      deactivated: block,
      blocked: answer(null),
      banned: answer(null),
    },
  },
  unblock: {
    deed: "Unblocked user",
    event: "unblock_user",
    outcomes: {
      active: answer(false),
      deactivated: () => forbidden("Deactivated users cannot be unblocked by the API"),
      blocked: become("active"),
      banned: become("active"),
    },
  },
  deactivate: {
    deed: "Deactivated user",
    event: "user_deactivate",
    outcomes: {
      active: deactivate,
      deactivated: answer(null),
      blocked: blockedStays,
      banned: blockedStays,
    },
  },
  activate: {
    deed: "Activated user",
    event: "user_activate",
    outcomes: {
      active: answer(true),
      deactivated: become("active"),
      blocked: blockedNeedsUnblock,
      banned: blockedNeedsUnblock,
    },
  },
  ban: {
    deed: "Banned user",
    event: "ban_user",
    outcomes: {
      active: become("banned"),
      deactivated: cannot("ban", "deactivated"),
      blocked: cannot("ban", "blocked"),
      banned: cannot("ban", "banned"),
    },
  },
  unban: {
    deed: "Unbanned user",
    event: "unban_user",
    outcomes: {
      active: cannot("unban", "active"),
      deactivated: cannot("unban", "deactivated"),
      blocked: cannot("unban", "blocked"),
      banned: become("active"),
    },
  },
};

function stateRoute(name: string, { deed, event, outcomes }: Action): Route {
  return route({
    method: "POST",
    path: `/users/:id/${name}`,
    before: requireAdmin,
    params: { id: required(integer()) },
    handle(call, { id }) {
      const { store, clock } = call.instance;
      const user = store.users.get(id);
      if (user === undefined) throw notFound("User");
      const outcome = outcomes[user.state](call, user);
      if (outcome instanceof Error) throw outcome;
      if ("answer" in outcome) return created(outcome.answer);
      // A user who waits for deletion stays blocked.
      if (user.deletion === null) {
        auditUser(call, user, { name: event, message: deed });
        store.users.update(user, { state: outcome.to, updated_at: clock.now() });
      }
      return created(true);
    },
  });
}

/** Blocking, deactivating and banning users, and the reverse. */
export const userStateRoutes = Object.entries(actions).map(([name, action]) =>
  stateRoute(name, action),
);
