import { containerSpelling } from "../../resources/shared/container-spelling";
import type { DeclaredContainer, Touched } from "../../review";
import { parseRole } from "../../model";
import type { RightName } from "./table";

/** A right that an apply needs, and where. */
export interface NeededRight {
  readonly name: RightName;
  /** Undefined for the instance. */
  readonly container: DeclaredContainer | undefined;
}

/**
 * Each right once, by what a state or plan deals with.
 * @param everything groups and projects in which every feature is to be possible
 */
export function neededRights(
  { owners, memberships, tokens }: Touched,
  everything: readonly DeclaredContainer[],
): NeededRight[] {
  const variables = tokens
    .flatMap(({ destinations }) => destinations)
    .flatMap(({ kind, written }) => (kind === "ci_variable" ? (placeOf(written) ?? []) : []));
  const needed: NeededRight[] = [
    ...owners.map((container) => ({ name: accountsOf(container), container })),
    ...memberships.map(({ container, role }) => ({
      name: membershipsIn(container, role),
      container,
    })),
    ...variables.map((container) => ({ name: variablesOf(container), container })),
    ...everything.flatMap((container) =>
      [accountsOf(container), membershipsIn(container, undefined), variablesOf(container)].map(
        (name) => ({ name, container }),
      ),
    ),
  ];
  const key = ({ name, container }: NeededRight) => `${name} ${container?.id ?? container?.path}`;
  return [...new Map(needed.map((each) => [key(each), each])).values()];
}

function accountsOf(container: DeclaredContainer | undefined): RightName {
  return container === undefined ? "instance accounts" : `${container.kind} accounts`;
}

function membershipsIn({ kind }: DeclaredContainer, role: string | undefined): RightName {
  return kind === "project" && parseRole(role ?? "") === "owner"
    ? "project owners"
    : `${kind} memberships`;
}

function variablesOf({ kind }: DeclaredContainer): RightName {
  return `${kind} variables`;
}

function placeOf(
  written: Readonly<Record<string, unknown>> | undefined,
): DeclaredContainer | undefined {
  const spelled = containerSpelling({ group: written?.["group"], project: written?.["project"] });
  if (spelled === undefined) return undefined;
  const { kind, spelling } = spelled;
  const isNumber = /^\d+$/.test(String(spelling));
  return {
    kind,
    id: isNumber ? Number(spelling) : undefined,
    path: isNumber ? undefined : String(spelling),
  };
}
