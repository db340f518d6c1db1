/** The guards over a whole run cannot work, so that nothing may go on. */
export class RunFolderError extends Error {
  readonly remedy =
    "In that folder the provider configurations of one run tell each other what they plan, so that none destroys what " +
    "another keeps. Make it yours and writable, or set TMPDIR to a folder that is.";

  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = "RunFolderError";
  }
}

export function failingAlike<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw cause instanceof RunFolderError ? cause : new RunFolderError(cause);
  }
}
