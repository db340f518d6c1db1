import { SetupError } from "../../http";

export interface StoreFailure {
  /** What to do now. */
  readonly remedy: string;
  /** Whether another machine, or another login, may find it otherwise. */
  readonly isLocal?: boolean;
  /** Whether the request may have been carried out all the same. */
  readonly mayHaveTakenEffect?: boolean;
  /** Whether the login lacks a permission. */
  readonly isDenied?: boolean;
  /** The service's own name of the error. */
  readonly kind?: string;
}

/** A store that refuses or cannot be reached. It never holds a value nor a credential. */
export class StoreError extends Error {
  readonly remedy: string;
  readonly isLocal: boolean;
  readonly mayHaveTakenEffect: boolean;
  readonly isDenied: boolean;
  readonly kind: string;

  constructor(
    message: string,
    {
      remedy,
      isLocal = false,
      mayHaveTakenEffect = false,
      isDenied = false,
      kind = "",
    }: StoreFailure,
  ) {
    super(message);
    this.name = "StoreError";
    this.remedy = remedy;
    this.isLocal = isLocal || isDenied;
    this.mayHaveTakenEffect = mayHaveTakenEffect;
    this.isDenied = isDenied;
    this.kind = kind;
  }
}

/** What keeps a request from being sent at all, as the store's failure; anything else as it is. */
export function asStoreError(error: unknown): unknown {
  if (!(error instanceof SetupError)) return error;
  return new StoreError(error.message, { remedy: error.remedy, isLocal: true });
}
