import { examineDestination } from "../../resources/access-token/examine-destination";
import type { TouchedDestination } from "../../review";
import type { Check } from "../check";
import { fault, fine, warning, type Finding } from "../finding";
import type { Setup } from "../setup";

/** Whether each destination would take a value. */
export const destinations: Check = {
  name: "destinations",
  needs: ["rights"],
  examine: async (setup) => {
    const { tokens } = await setup.touched();
    const declared = tokens.flatMap((token) => token.destinations);
    const places = [...new Map(declared.map((each) => [keyOf(each), each])).values()];
    if (places.length === 0) return [fine("No token is delivered anywhere")];
    const found: Finding[] = [];
    for (const place of places) found.push(...(await lookAt(place, setup)));
    if (found.length > 0) return found;
    return [fine(`All ${places.length} destinations would take a value`)];
  },
};

function keyOf({ kind, written }: TouchedDestination): string {
  return JSON.stringify([kind, written]);
}

async function lookAt(
  { kind, label, written }: TouchedDestination,
  { gitlab, inventory, given: { purpose } }: Setup,
): Promise<Finding[]> {
  if (written === undefined) return [];
  const refusal = await examineDestination(kind, written, { gitlab, inventory });
  if (refusal === undefined) return [];
  const what = `${label} would take no value: ${refusal.words}`;
  if (refusal.isLocal) return [warning("destination-refuses", what, ELSEWHERE)];
  // A plan looks only at those that a change is for.
  const found = purpose === "plan" ? warning : fault;
  return [found("destination-refuses", what, "No token is made for it until then.")];
}

const ELSEWHERE =
  "Look from the machine that applies: another one, or another login, may see it differently.";
