/**
 * Tells a value that the engine fills in later (another resource's output, a variable) from one that stands in the
 * program. No rule is applied to a late value: each front passes its own test.
 */
export type IsLate = (value: unknown) => boolean;

/**
 * The value as a word that does not change from one run to the next: for a late one the reference that stands for it.
 * Equal lists give equal words, and different ones different words.
 */
export type Spell = (value: string | number | readonly string[]) => string;
