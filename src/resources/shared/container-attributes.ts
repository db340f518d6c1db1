import { isGitLabError } from "../../gitlab";
import { samePath, type Container } from "../../model";
import type { KnownContainer } from "../../inventory";
import { isUnknown, type Diagnostic } from "../../provider/contract";
import type { ContainerSpelling } from "./container-spelling";
import type { Context } from "./context";
import { missingContainer } from "./missing-container";
import { attempt, explain } from "./failures";

/** In the apply, when a container must exist. */
export function resolveContainer(
  { kind, spelling }: ContainerSpelling,
  context: Context,
): Promise<KnownContainer> {
  return attempt(
    `Cannot find ${kind} "${spelling}"`,
    () => context.inventory.containers.resolve(kind, spelling),
    [kind],
  );
}

/**
 * In the plan, for an object that is created: whether its container exists. If this same apply creates the container,
 * its path is not known yet. So a written path that does not exist is wrong.
 */
export async function foreseeContainer(
  { kind, spelling }: ContainerSpelling,
  context: Context,
): Promise<{ container?: KnownContainer; diagnostics: Diagnostic[] }> {
  try {
    return {
      container: await context.inventory.containers.resolve(kind, spelling),
      diagnostics: [],
    };
  } catch (cause) {
    if (!isGitLabError(cause, "not_found")) {
      throw explain(`Cannot find ${kind} "${spelling}"`, cause, [kind]);
    }
    return { diagnostics: [await missingContainer({ kind, spelling }, context)] };
  }
}

/**
 * Whether a declaration still names the container of an object, however it is written. Undefined while there is no
 * server.
 */
export async function meansContainer(
  written: ContainerSpelling,
  current: Container & { readonly spelling: string | null },
  context: Context,
): Promise<boolean | undefined> {
  if (written.kind !== current.kind) return false;
  if (written.spelling === String(current.id)) return true;
  if (current.spelling !== null && samePath(written.spelling, current.spelling)) return true;
  if (!context.ready) return undefined;
  const found = await resolveContainer(written, context);
  return found.id === current.id;
}

/**
 * The planned value if the container is not completely known: the written value is assumed to be the same until it is
 * known to be another, so that the plan stays valid either way.
 */
export function keepUntilKnown<Names extends string>(
  written: Readonly<Record<Names, unknown>>,
  prior: Readonly<Record<Names, unknown>>,
  names: readonly Names[],
): Record<string, unknown> {
  return Object.fromEntries(
    names.map((name) => {
      const isOpen = written[name] === null || isUnknown(written[name]);
      return [name, isOpen ? written[name] : (prior[name] ?? written[name])];
    }),
  );
}

/** A value of `group` or `project` that is not known yet cannot be compared with anything. */
export function containerIsUnknown(values: {
  readonly group: unknown;
  readonly project: unknown;
}): boolean {
  return isUnknown(values.group) || isUnknown(values.project);
}
