import {
  DiagnosticError,
  error,
  type Attributes,
  type RunMemory,
  type StateOf,
  type Fields,
} from "../contract";

/*
 * An update of Pulumi decides anew, from values of which its preview may not have known all. Engines hand nothing from the
 * one to the other, and replace without a word what the preview showed in place. Both are walks of one run, though.
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

  /** What refers to the object must be replaced with it, which follows from what the preview shows. */
  replaces(urn: string, state: Fields): void {
    this.memory?.tell(REPLACED, urn);
    for (const [name, { computed }] of Object.entries(this.attributes)) {
      const value = state[name];
      if (computed && (typeof value === "string" || typeof value === "number"))
        this.memory?.tell(GOING, `${name} ${value}`);
    }
  }

  /** Whether the preview showed the object in place, and showed nothing from which its replacement follows. */
  showedInPlace({ urn, state }: Found, replace: readonly string[]): boolean {
    // Engines also ask for what depends on a replaced object before they ask for what its declaration says.
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
      `${attribute} was not known in the preview, or was another one, so that the preview showed a change in place. Now it ` +
        `is another than the object has. Nothing was done to it. Run the update again: its preview shows the replacement.`,
      [attribute],
    ),
  );
}
