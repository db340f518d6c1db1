import type { Attributes, ConfigOf, ResourceType } from "../../provider/contract";
import type { Run } from "../../run";
import type { Context } from "./context";
import { tellName, VALIDATED } from "./written-names";

/** The same type, which reports to the run that blocks are validated, and their token names. */
export function tellingNames<A extends Attributes>(
  type: ResourceType<Context, A>,
  run: Run,
  nameIn?: (config: ConfigOf<A>) => unknown,
): ResourceType<Context, A> {
  return {
    ...type,
    validate(config, context) {
      // The context exists once the provider is configured, which is after that walk.
      if (context === undefined) run().tell(VALIDATED, "");
      if (nameIn !== undefined) {
        if (context === undefined) tellName(run(), nameIn(config));
        else context.writtenNames.add(nameIn(config));
      }
      return type.validate?.(config, context) ?? [];
    },
  };
}
