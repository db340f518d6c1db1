import type { Check } from "../check";
import { fine, type Finding } from "../finding";
import { askFor } from "../rights/ask";
import { neededRights } from "../rights/needed";

/** Whether the run's token may do what is declared, asked of each group and project. */
export const rights: Check = {
  name: "rights",
  needs: ["own-token", "version", "state"],
  examine: async (setup) => {
    const needed = neededRights(await setup.touched(), setup.given.containers);
    const refusals = await Promise.all(needed.map((each) => askFor(each, setup)));
    const found = refusals.filter((each): each is Finding => each !== undefined);
    if (found.length > 0) return found;
    if (needed.length === 0) return [fine("Nothing is declared that needs a right")];
    return [
      fine(
        `The token may ${setup.given.purpose} all ${needed.length} kinds of objects in their places`,
      ),
    ];
  },
};
