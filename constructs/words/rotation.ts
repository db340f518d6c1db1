import { Duration } from "./duration";

/** How a rotation treats the old token; each a `Duration`, or a text such as `3d`. */
export interface RotationOptions {
  /**
   * Days for which the old token still works beside the delivered new one; fewer than `every`.
   * @default - 3 days
   */
  readonly overlap?: Duration | string;
  /**
   * Days from a token's creation to its expiry, at least `every` and `overlap`.
   * @default - `every`, `overlap` and 7 days for missed runs, as far as GitLab allows
   * @see https://docs.gitlab.com/user/profile/personal_access_tokens/#access-token-expiration
   */
  readonly lifetime?: Duration | string;
  /**
   * An old token that was used within so many days is not revoked yet; `0d` revokes without asking.
   * @default - 1 day
   */
  readonly quietFor?: Duration | string;
  /**
   * So many days after its overlap an old token is revoked, used or not.
   * @default - 7 days
   */
  readonly maxHold?: Duration | string;
  /**
   * Accepts the outage of a provider that rotates in place: the official one kills the old value before the new one is
   * delivered. glsa's provider never does that, and keeps its overlap.
   * @default false
   */
  readonly allowInPlaceRotation?: boolean;
}

/**
 * When a token gives way to the next: every apply on or after its date makes a new token, checks and delivers it, and
 * revokes the old one after an overlap.
 */
export class Rotation {
  /**
   * A new token so many days after the last one; at least 1 day, and with `overlap` at most what GitLab lets a token
   * live.
   */
  static every(every: Duration | string, options: RotationOptions = {}): Rotation {
    return new Rotation(Duration.from(every), options);
  }

  /** As given; undefined where the default holds. */
  readonly overlap?: Duration;
  /** As given; undefined where the default holds. */
  readonly lifetime?: Duration;
  /** As given; undefined where the default holds. */
  readonly quietFor?: Duration;
  /** As given; undefined where the default holds. */
  readonly maxHold?: Duration;
  /** Whether the outage of a rotation in place is accepted. */
  readonly allowInPlaceRotation: boolean;

  private constructor(
    /** From one token to the next. */
    readonly every: Duration,
    { overlap, lifetime, quietFor, maxHold, allowInPlaceRotation = false }: RotationOptions,
  ) {
    this.overlap = asDuration(overlap);
    this.lifetime = asDuration(lifetime);
    this.quietFor = asDuration(quietFor);
    this.maxHold = asDuration(maxHold);
    this.allowInPlaceRotation = allowInPlaceRotation;
  }
}

function asDuration(written: Duration | string | undefined): Duration | undefined {
  return written === undefined ? undefined : Duration.from(written);
}
