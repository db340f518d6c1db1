import { Duration } from "./duration";

/** How a rotation handles the old token. Each value is a `Duration`, or a string such as `3d`. */
export interface RotationOptions {
  /**
   * How long the old token works beside the delivered new one. Less than `every`.
   * @default - 3 days
   */
  readonly overlap?: Duration | string;
  /**
   * The time from a token's creation to its expiry. At least `every` and `overlap` together.
   * @default - `every`, `overlap` and 7 days for missed runs, as far as GitLab allows
   * @see https://docs.gitlab.com/user/profile/personal_access_tokens/#access-token-expiration
   */
  readonly lifetime?: Duration | string;
  /**
   * An old token that was used within this time is not revoked yet. `0d` revokes it without this check.
   * @default - 1 day
   */
  readonly quietFor?: Duration | string;
  /**
   * How long after its overlap an old token is revoked even if it is still used.
   * @default - 7 days
   */
  readonly maxHold?: Duration | string;
  /**
   * Gives each token a day of its own within `every`, so that tokens that were created on one day do not all rotate in
   * one night. The first rotation comes early.
   * @default false
   */
  readonly spread?: boolean;
  /**
   * Accepts the outage of a provider that rotates in place: the official one invalidates the old value before the new
   * one is delivered. glsa's provider never does that, and keeps its overlap.
   * @default false
   */
  readonly allowInPlaceRotation?: boolean;
}

/**
 * When a token is replaced by the next. Every apply on or after that date creates a new token, checks and delivers it,
 * and revokes the old one after an overlap.
 */
export class Rotation {
  /**
   * Creates a new token after this time; at least 1 day, and together with `overlap` at most the lifetime that GitLab
   * allows.
   */
  static every(every: Duration | string, options: RotationOptions = {}): Rotation {
    return new Rotation(Duration.from(every), options);
  }

  /** The given value. Undefined if the default applies. */
  readonly overlap?: Duration;
  /** The given value. Undefined if the default applies. */
  readonly lifetime?: Duration;
  /** The given value. Undefined if the default applies. */
  readonly quietFor?: Duration;
  /** The given value. Undefined if the default applies. */
  readonly maxHold?: Duration;
  /** Whether the token has a day of its own within `every`. */
  readonly spread: boolean;
  /** Whether the outage of a rotation in place is accepted. */
  readonly allowInPlaceRotation: boolean;

  private constructor(
    /** The time from one token to the next. */
    readonly every: Duration,
    {
      overlap,
      lifetime,
      quietFor,
      maxHold,
      spread = false,
      allowInPlaceRotation = false,
    }: RotationOptions,
  ) {
    this.overlap = asDuration(overlap);
    this.lifetime = asDuration(lifetime);
    this.quietFor = asDuration(quietFor);
    this.maxHold = asDuration(maxHold);
    this.spread = spread;
    this.allowInPlaceRotation = allowInPlaceRotation;
  }
}

function asDuration(written: Duration | string | undefined): Duration | undefined {
  return written === undefined ? undefined : Duration.from(written);
}
