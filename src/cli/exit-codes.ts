/** The same for every command. */
export const EXIT = {
  /** Nothing to report. */
  nothing: 0,
  /** The command itself did not get through. */
  failed: 1,
  /** There are changes, or something is due. */
  changes: 2,
  /** Something that must stop a pipeline. */
  stop: 3,
  /** Something could not be seen, so that what was found is not all. */
  incomplete: 4,
} as const;
