import type { EngineName } from "../engine";
import type { DeclaredToken } from "../review";

/** `dead`: the value does not work, and which token it was is known only where a state has its fingerprint. */
export type LeakedState = "active" | "revoked" | "expired" | "dead" | "unknown";

export interface DeclaredLeak {
  /** Undefined for a state that no engine was asked for. */
  readonly engine: EngineName | undefined;
  /** Where it was read. */
  readonly state: string;
  readonly token: DeclaredToken;
}

export interface ReachedPlace {
  readonly kind: "group" | "project";
  readonly path: string;
  /** `maintainer`; null for a level that this release does not know. */
  readonly role: string | null;
}

export interface LiveToken {
  readonly tokenId: number;
  readonly name: string;
}

/** Everything that is known of a leaked token. What could not be seen is null, and told in `unseen`. */
export interface Sighting {
  readonly tokenId: number | null;
  readonly userId: number | null;
  readonly username: string | null;
  readonly name: string | null;
  readonly scopes: readonly string[] | null;
  readonly state: LeakedState;
  readonly createdAt: string | null;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
  readonly lastUsedIps: readonly string[] | null;
  /** Whether glsa made it. */
  readonly isMarked: boolean;
  readonly declared: DeclaredLeak | null;
  readonly reach: readonly ReachedPlace[] | null;
  /** Other live tokens of the account. */
  readonly others: readonly LiveToken[] | null;
  readonly foundAt: readonly string[];
  /** A sentence each. */
  readonly unseen: readonly string[];
}
