import type { RoleName } from "../roles";
import type { RotationPolicy } from "../rotation";

interface ObjectFacts {
  /** For a reader: `token "ci" of platform-deployer`. */
  readonly label: string;
  /** What exceptions name it by; see `accountAddress`, `tokenAddress` and `membershipAddress`. */
  readonly address: string;
  /** Attributes that are declared, and whose value only the apply will tell. */
  readonly unknown?: readonly UnknownAttribute[];
}

export type UnknownAttribute =
  "scopes" | "description" | "never_expires" | "expires_at" | "rotation" | "role";

/*
 * What a rule may know of an object. A fact that a stage may lack is optional: left out it is unknown, and no rule judges
 * what it does not know. Null is known to be nothing.
 */

export interface AccountFacts extends ObjectFacts {
  readonly kind: "account";
  /** Known to the constructs alone: GitLab keeps no such words. */
  readonly purpose?: string | null;
  readonly contact?: string | null;
}

export interface TokenFacts extends ObjectFacts {
  readonly kind: "token";
  /** As GitLab spells them. */
  readonly scopes?: readonly string[];
  /** The owner's words, without a marker. */
  readonly description?: string | null;
  readonly neverExpires?: boolean;
  /**
   * Days from its creation to its expiry; from today, where it is not created yet or its creation is unknown, since it
   * lives at least so long. Left out where `rotation` decides.
   */
  readonly lifetimeDays?: number;
  readonly rotation?: RotationPolicy;
  /** Itself, and those it replaced that still work. */
  readonly liveTokens?: number;
}

export interface MembershipFacts extends ObjectFacts {
  readonly kind: "membership";
  /** The base role, also under a custom role. */
  readonly role?: RoleName;
}

/** What a whole run does; at plan of one resource, what has been planned so far. */
export interface RunFacts {
  readonly kind: "run";
  readonly removals: Removals;
  /** How many objects the run knows, removed ones too. */
  readonly total?: number;
  /** Whether the account whose token the run uses is removed. */
  readonly removesOwnAccount?: boolean;
  /** What gives the run its rights, and is lowered or removed. */
  readonly powerLoss?: PowerLoss;
}

/** Such as `It removes the membership of user 345 in group 12`. */
export interface PowerLoss {
  readonly change: "lowers" | "removes" | "narrows" | "shortens";
  /** For a reader: `membership of user 345 in group 12`. */
  readonly object: string;
  /** The attribute whose change it is; null where the object goes. */
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
