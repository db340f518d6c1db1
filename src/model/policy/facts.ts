import type { Grant } from "../granular";
import type { RoleName } from "../roles";
import type { RotationPolicy } from "../rotation";

interface ObjectFacts {
  /** For messages: `token "ci" of platform-deployer`. */
  readonly label: string;
  /** The name of the object in exceptions; see `accountAddress`, `tokenAddress` and `membershipAddress`. */
  readonly address: string;
  /** Declared attributes whose value is known only in the apply. */
  readonly unknown?: readonly UnknownAttribute[];
}

export type UnknownAttribute =
  | "scopes"
  | "granular_scopes"
  | "description"
  | "never_expires"
  | "expires_at"
  | "rotation"
  | "role";

/*
 * What a rule may know of an object. A fact that a stage may lack is optional: if it is left out it is unknown, and no
 * rule checks it. Null is a known value that means nothing.
 */

export interface AccountFacts extends ObjectFacts {
  readonly kind: "account";
  /** Known to the constructs only: GitLab has no such attribute. */
  readonly purpose?: string | null;
  readonly contact?: string | null;
}

export interface TokenFacts extends ObjectFacts {
  readonly kind: "token";
  /** As GitLab spells them. */
  readonly scopes?: readonly string[];
  /** Of a fine-grained token, which has no scopes. */
  readonly permissions?: readonly Grant[];
  /** The user's description, without a marker. */
  readonly description?: string | null;
  readonly neverExpires?: boolean;
  /**
   * Days from its creation to its expiry. From today if it is not created yet or its creation is unknown, since that is
   * a minimum. Left out if `rotation` decides.
   */
  readonly lifetimeDays?: number;
  readonly rotation?: RotationPolicy;
  /** The token itself, and those that it replaced and that still work. */
  readonly liveTokens?: number;
}

export interface MembershipFacts extends ObjectFacts {
  readonly kind: "membership";
  /** The default role, also for a custom role. */
  readonly role?: RoleName;
}

/** What a whole run does. In the plan of one resource, what has been planned so far. */
export interface RunFacts {
  readonly kind: "run";
  readonly removals: Removals;
  /** The number of objects that the run knows, removed ones included. */
  readonly total?: number;
  /** Whether the account whose token the run uses is removed. */
  readonly removesOwnAccount?: boolean;
  /** What gives the run its rights, and is reduced or removed. */
  readonly powerLoss?: PowerLoss;
}

/** Such as `It removes the membership of user 345 in group 12`. */
export interface PowerLoss {
  readonly change: "lowers" | "removes" | "narrows" | "shortens";
  /** For messages: `membership of user 345 in group 12`. */
  readonly object: string;
  /** The attribute that changes. Null if the object is removed. */
  readonly attribute: string | null;
}

/** Replaced objects count: the old one is removed. */
export interface Removals {
  readonly accounts: number;
  readonly tokens: number;
  readonly memberships: number;
}

export const NO_REMOVALS: Removals = { accounts: 0, tokens: 0, memberships: 0 };

export type Facts = AccountFacts | TokenFacts | MembershipFacts | RunFacts;
