import { serverText } from "../../http";
import { quantity } from "../../model";
import { UnreadablePlanError } from "../../review";
import type { Check } from "../check";
import { fault, fine } from "../finding";
import type { Setup } from "../setup";

/** Whether the state can be read, and what is in it. */
export const state: Check = {
  name: "state",
  needs: ["lock-file", "own-token"],
  examine: async (setup) => {
    const { command } = setup.engine;
    const reply = await setup.ask("state");
    if (reply?.succeeded !== true) {
      return [
        fault(
          "state-unreadable",
          `${command} cannot read the state: ${serverText(reply?.words ?? "")}`,
          `Run ${command} ${command === "pulumi" ? "stack export" : "init and show -json"} by hand. A backend over HTTP takes TF_HTTP_USERNAME and TF_HTTP_PASSWORD; on GitLab it needs the role Developer to read, Maintainer to write.`,
        ),
      ];
    }
    try {
      return [fine(await contents(setup))];
    } catch (failure) {
      if (!(failure instanceof UnreadablePlanError)) throw failure;
      const remedy = "Give --plan a plan or state as JSON; without it, mend the state.";
      return [fault("unreadable-plan", failure.message, remedy)];
    }
  },
};

async function contents(setup: Setup): Promise<string> {
  const { owners, memberships, tokens } = await setup.touched();
  const source = setup.given.plans.length > 0 ? "The plan that was given deals" : "The state deals";
  const places = new Set(owners.map((owner) => `${owner?.kind} ${owner?.id ?? owner?.path}`));
  if (owners.length + memberships.length + tokens.length === 0) {
    return `${source} with no object of glsa yet: --plan tells what is needed for one that would be created`;
  }
  const counts = [quantity(tokens.length, "token"), quantity(memberships.length, "membership")];
  return `${source} with ${counts.join(", ")}, and accounts of ${quantity(places.size, "owner")}`;
}
