/**
 * What the provider configurations of one run report to each other. Each is a process of its own, so others can know
 * its plans only if they are written down.
 * A fact is a topic and a value. Facts are visible within one walk of the engine: the facts of a plan are reported
 * again when the engine plans once more in its apply. A process that reports a fact before it reads the others' ensures
 * that of two contradicting processes at least one sees the other.
 */
export interface Ledger {
  tell(topic: string, value: string): void;
  /** Withdraws a fact of this process. */
  retract(topic: string, value: string): void;
  /** When another configuration of this walk reported it, by `now`. Undefined if none did. */
  heard(topic: string, value: string): bigint | undefined;
  /** Everything that the others reported of a topic. A value is not legible, but equal values look equal. */
  heardAll(topic: string): ReadonlySet<string>;
  /** Whether another process of this run reported it, in this walk or in an earlier one. */
  heardInRun(topic: string, value: string): boolean;
  /** The form of a value in `heardAll`. */
  sealed(value: string): string;
  /** Shares a legible text with all walks of the run. Nothing secret. */
  share(topic: string, text: string): void;
  /** What was shared so far, including this process's own texts. */
  shared(topic: string): readonly string[];
  /** True once in a run, for the first caller of any configuration, over all its walks. */
  isFirst(what: string): boolean;
  /** A clock that all processes of this machine share and that never goes back. */
  now(): bigint;
  /**
   * Whether the order of requests shows dependencies: an engine that requests an object only after another was planned
   * does so because one depends on the other, and keeps that order when it applies.
   */
  readonly orderTells: boolean;
  /** Why the configurations of the run cannot communicate, if they cannot. From then on each is on its own. */
  readonly trouble: string | undefined;
}
