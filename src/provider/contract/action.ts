import type { Diagnostic } from "./diagnostic";
import type { Attributes, ConfigOf, Schema, StateOf } from "./schema";

/** Something that is done when a person says so, and that no state keeps. */
export interface ActionType<Context, A extends Attributes = Attributes> {
  readonly schema: Schema<A>;
  validate?(config: ConfigOf<A>): readonly Diagnostic[];
  /** What would fail, as far as reads can tell. An error keeps the engine from doing it. */
  foresee(config: ConfigOf<A>, context: Context): Promise<readonly Diagnostic[]>;
  /** Yields what it has done so far, for the person who waits. */
  invoke(config: StateOf<A>, context: Context): AsyncGenerator<string, readonly Diagnostic[]>;
}
