import { quantity } from "../../quantity";
import type { Removals, RunFacts } from "../facts";
import type { Rule } from "./rule";

/** An account's user cannot be restored, and its tokens and memberships are removed with it. */
const WEIGHT_OF_ACCOUNT = 5;

/** The weight of a run's removals: an account counts as five, a token or membership as one. */
export function removalWeight({ accounts, tokens, memberships }: Removals): number {
  return accounts * WEIGHT_OF_ACCOUNT + tokens + memberships;
}

const maxRemovals: Rule<RunFacts> = {
  name: "max-removals",
  judges: "run",
  summary: `One run removes at most \`max_removals\`. An account counts as ${WEIGHT_OF_ACCOUNT}, a token or membership as 1.`,
  severity: "error",
  stages: ["plan", "review"],
  setting: "maxRemovals",
  breach({ removals, total }, { maxRemovals }) {
    const weight = removalWeight(removals);
    if (weight <= maxRemovals) return undefined;
    const known = total === undefined ? "" : `, of ${total} objects`;
    return {
      attribute: null,
      detail:
        `It removes ${listed(removals)}${known}: that counts as ${weight} (an account as ${WEIGHT_OF_ACCOUNT}), ` +
        `and one run may remove ${maxRemovals}.`,
      remedy:
        "Remove in smaller steps if it is intended, or raise max_removals for this run; to remove a whole stack, " +
        'add an exception for the object "run".',
    };
  },
};

function listed({ accounts, tokens, memberships }: Removals): string {
  const counts = [
    counted(accounts, "account"),
    counted(tokens, "token"),
    counted(memberships, "membership"),
  ].filter((count) => count !== "");
  const last = counts.pop() ?? "nothing";
  return counts.length === 0 ? last : `${counts.join(", ")} and ${last}`;
}

function counted(count: number, noun: string): string {
  return count === 0 ? "" : quantity(count, noun);
}

const ownAccountRemoval: Rule<RunFacts> = {
  name: "own-account-removal",
  judges: "run",
  summary: "A run does not remove the account whose token it uses.",
  severity: "error",
  stages: ["plan", "review"],
  setting: null,
  breach({ removesOwnAccount }) {
    if (removesOwnAccount !== true) return undefined;
    return {
      attribute: null,
      detail:
        "It removes the account whose token it uses, and would lose access before it is finished.",
      remedy:
        'Remove that account with another account\'s token, or keep it (on_destroy = "retain").',
    };
  },
};

const ownPower: Rule<RunFacts> = {
  name: "own-power",
  judges: "run",
  summary:
    "A run does not reduce, shorten or remove the membership or the token that gives it its rights.",
  severity: "error",
  stages: ["plan", "review"],
  setting: null,
  breach({ powerLoss }) {
    if (powerLoss === undefined) return undefined;
    const { change, object, attribute } = powerLoss;
    return {
      attribute,
      detail: `It ${change} the ${object}, which gives this run its own rights: everything after that would be refused.`,
      remedy: "Do that with another account's token, or leave it as it is.",
    };
  },
};

export const RUN_RULES = [maxRemovals, ownAccountRemoval, ownPower];
