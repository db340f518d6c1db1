export type DeliveryFailure = Partial<
  Pick<DeliveryError, "mayHoldValue" | "isLocal" | "isUnexpected">
>;

/** A destination that refuses, cannot be reached, or holds what is not ours. */
export class DeliveryError extends Error {
  /** Whether the destination may hold the new value although the delivery did not end well. */
  readonly mayHoldValue: boolean;
  /** Whether another machine, or another login, may find it otherwise. */
  readonly isLocal: boolean;
  /** Whether it is an unexpected failure, so that its text is useful to maintainers only. */
  readonly isUnexpected: boolean;

  constructor(
    readonly destination: string,
    message: string,
    /** What to do now. */
    readonly remedy: string,
    { mayHoldValue = false, isLocal = false, isUnexpected = false }: DeliveryFailure = {},
  ) {
    super(`${destination}: ${message}`);
    this.name = "DeliveryError";
    this.mayHoldValue = mayHoldValue;
    this.isLocal = isLocal;
    this.isUnexpected = isUnexpected;
  }
}
