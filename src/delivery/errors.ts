/** A destination that refuses, cannot be reached, or holds what is not ours. */
export class DeliveryError extends Error {
  constructor(
    readonly destination: string,
    message: string,
    /** What to do now. */
    readonly remedy: string,
  ) {
    super(`${destination}: ${message}`);
    this.name = "DeliveryError";
  }
}
