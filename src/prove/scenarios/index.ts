import { accountsScenario } from "./accounts";
import { membersScenario } from "./members";
import { ownersScenario } from "./owners";
import { tokensScenario } from "./tokens";
import { variablesScenario } from "./variables";

export { play } from "./play";

/** All scenarios, in order. */
export const SCENARIOS = [
  accountsScenario,
  tokensScenario,
  membersScenario,
  variablesScenario,
  ownersScenario,
] as const;
