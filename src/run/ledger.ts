/**
 * What the provider configurations of one run tell each other. Each is a process of its own, so that what one plans the
 * others can only know if it is written down.
 *
 * A fact is a topic and a value. Facts are heard within one walk of the engine: what a plan told is told again when the
 * engine plans once more in its apply. Whoever tells a fact before it listens is sure that one of two that contradict
 * each other hears the other.
 */
export interface Ledger {
  tell(topic: string, value: string): void;
  /** Takes a fact of one's own back. */
  retract(topic: string, value: string): void;
  /** When another configuration of this walk told it, by `now`; undefined when none did. */
  heard(topic: string, value: string): bigint | undefined;
  /** Everything that the others told of a topic. A value is not legible, but equal ones are told alike. */
  heardAll(topic: string): ReadonlySet<string>;
  /** Whether another process of this run told it, in this walk or in one before it. */
  heardInRun(topic: string, value: string): boolean;
  /** The form of a value in `heardAll`. */
  sealed(value: string): string;
  /** Says something in legible words for all walks of the run. Nothing secret. */
  share(topic: string, text: string): void;
  /** What was shared so far, one's own words included. */
  shared(topic: string): readonly string[];
  /** True once in a run, for whichever configuration asks first, over all its walks. */
  isFirst(what: string): boolean;
  /** A clock that all processes of this machine share and that never goes back. */
  now(): bigint;
  /**
   * Whether an engine that was asked for one object only after another was planned did so because the one depends on
   * the other, so that it keeps to that order when it applies.
   */
  readonly orderTells: boolean;
  /** Why the configurations of the run do not hear each other, if they do not; from then on each is on its own. */
  readonly trouble: string | undefined;
}
