/** A setting of the machine or the user that makes requests impossible. */
export class SetupError extends Error {
  constructor(
    message: string,
    /** What to do now. */
    readonly remedy: string,
  ) {
    super(message);
    this.name = "SetupError";
  }
}
