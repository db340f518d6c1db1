/**
 * Tells a value that the engine fills in later (another resource's output, a variable) from one that is in the program.
 * No rule is applied to a late value. Each library passes its own test.
 */
export type IsLate = (value: unknown) => boolean;

/**
 * The value as a string that is the same in every run. A late value becomes its reference. Equal lists give equal
 * strings, and different lists different ones.
 */
export type Spell = (value: string | number | readonly string[]) => string;
