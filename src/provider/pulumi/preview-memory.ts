import {
  DiagnosticError,
  error,
  type Attributes,
  type RunMemory,
  type StateOf,
  type Fields,
} from "../contract";

/*
 * An update of Pulumi decides again, with values that its preview may not have known. Engines pass nothing from one to
 * the other, and silently replace objects that the preview showed as updated in place. Both are walks of one run,
 * though.
 */
const IN_PLACE = "planned-in-place";
const REPLACED = "planned-as-replaced";
const GOING = "output-of-replaced";

/** An object as a plan found it. */
interface Found {
  readonly urn: string;
  readonly state: StateOf<Attributes>;
}

/** What the preview of a run showed, for the update of the same run. */
export class PreviewMemory {
  constructor(
    private readonly attributes: Attributes,
    private readonly memory: RunMemory | undefined,
  ) {}

  keeps(urn: string): void {
    this.memory?.tell(IN_PLACE, urn);
  }

  /** Objects that refer to this one must be replaced with it, which the preview does show. */
  replaces(urn: string, state: Fields): void {
    this.memory?.tell(REPLACED, urn);
    for (const [name, { computed }] of Object.entries(this.attributes)) {
      const value = state[name];
      if (computed && (typeof value === "string" || typeof value === "number"))
        this.memory?.tell(GOING, `${name} ${value}`);
    }
  }

  /** Whether the preview showed the object in place, and nothing that leads to its replacement. */
  showedInPlace({ urn, state }: Found, replace: readonly string[]): boolean {
    // Engines also request the dependents of a replaced object before they evaluate its declaration.
    if (this.memory?.isTold(IN_PLACE, urn) !== true || this.memory.isTold(REPLACED, urn))
      return false;
    return !replace.some((name) => this.isGoing(name, state[name]));
  }

  private isGoing(name: string, value: unknown): boolean {
    return [name, "id"].some((output) => this.memory?.isTold(GOING, `${output} ${value}`));
  }
}

/** Thrown before any request, since the preview showed something else. */
export function lateReplacement(id: string, attribute: string): DiagnosticError {
  return new DiagnosticError(
    error(
      "late-replacement",
      `${id} would have to be replaced`,
      `${attribute} was not known in the preview, or had another value, so the preview showed a change in place. Now it ` +
        `differs from the object's. Nothing was changed. Run the update again: its preview shows the replacement.`,
      [attribute],
    ),
  );
}
