import type { TokenForm } from "../objects/forms";
import { known } from "../objects/values";
import type { Change } from "../review";
import type { Tell } from "./change";

/** A token that is due and stays, since the policy lets one run rotate only so many. */
export function waitingChanges({ waitsSince }: TokenForm, tell: Tell): Change[] {
  const since = known(waitsSince);
  if (since === undefined) return [];
  return [tell("rotation-waits", "routine", `due since ${since}, and waits for a later run`)];
}
