import "../../support/quick-pauses";
import type { DESTINATIONS } from "../../../src/destinations";
import { ciVariableUnderTest } from "./ci-variable";
import { commandUnderTest, fileUnderTest } from "./local";
import { keepsThePromises } from "./promises";
import type { Conforming } from "./under-test";
import { vaultUnderTest } from "./vault";

/** Every kind, so that none can be added without keeping the promises. */
const KINDS: Readonly<Record<keyof typeof DESTINATIONS, Conforming>> = {
  ci_variable: ciVariableUnderTest,
  file: fileUnderTest,
  vault: vaultUnderTest,
  command: commandUnderTest,
};

describe.each(Object.entries(KINDS))("%s", (_kind, conforming) => {
  keepsThePromises(conforming);
});
