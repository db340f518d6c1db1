/**
 * Tells a value that the engine fills in later (another resource's output, a variable) from one that stands in the
 * program. No rule is applied to a late value: each front passes its own test.
 */
export type IsLate = (value: unknown) => boolean;
