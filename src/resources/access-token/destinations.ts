import { CiVariable, TokenFile, type Destination } from "../../delivery";
import type { Context } from "../shared/context";
import { containerSpelling } from "../shared/container-attributes";
import type { DestinationMemory } from "./private-state";
import type { DeliveryState } from "./schema";

export interface PlacedDestination {
  readonly destination: Destination;
  readonly containerId: number | null;
  readonly keepOnDestroy: boolean;
  /** Whether the generation before was delivered there too. */
  readonly deliveredBefore: boolean;
}

/** The destination that an entry of `deliver_to` names. Its container's number is asked for once, then remembered. */
export async function placeDestination(
  entry: DeliveryState,
  memory: DestinationMemory | undefined,
  context: Context,
): Promise<PlacedDestination> {
  const deliveredBefore = memory !== undefined;
  const { ci_variable: variable, file } = entry;
  if (variable !== null) {
    const spelling = containerSpelling(variable);
    if (spelling === undefined) throw new Error("a ci_variable names no project or group");
    const { kind } = spelling;
    const id =
      memory?.containerId ??
      (await context.inventory.containers.resolve(kind, spelling.spelling)).id;
    const address = {
      container: { kind, id },
      key: variable.key,
      environmentScope: variable.environment_scope ?? "*",
    };
    const options = {
      protected: variable.protected ?? false,
      masked: variable.masked ?? true,
      hidden: variable.hidden ?? false,
      raw: variable.raw ?? true,
      overwrite: variable.overwrite ?? false,
    };
    return {
      destination: new CiVariable(context.gitlab, context.inventory, address, options),
      containerId: id,
      keepOnDestroy: variable.on_destroy === "keep",
      deliveredBefore,
    };
  }
  if (file === null) throw new Error("an entry of deliver_to names no destination");
  const { path, mode, overwrite } = file;
  const options = { path, mode: mode ?? "0600", overwrite: overwrite ?? false };
  return {
    destination: new TokenFile(context.gitlab, options),
    containerId: null,
    keepOnDestroy: file.on_destroy === "keep",
    deliveredBefore,
  };
}

/** What tells two entries apart: settings of a destination may change in place, this may not. */
export function identityOf(entry: {
  readonly ci_variable: unknown;
  readonly file: unknown;
}): string {
  const { ci_variable: variable, file } = entry as DeliveryState;
  if (variable !== null) {
    const { project, group, key, environment_scope: scope, hidden } = variable;
    return JSON.stringify(["ci_variable", project, group, key, scope, hidden]);
  }
  return JSON.stringify(["file", file?.path ?? null]);
}
