import type { Packed } from "./columns";

/*
 * What the page of an estate holds as JSON. Texts are made harmless before: nothing in them is hidden or reorders what
 * stands beside it. Days are YYYY-MM-DD and moments ISO 8601, both in UTC. Null is what GitLab does not tell.
 */

export interface EstateData {
  readonly today: string;
  /** Null where its address is none that a browser could open. */
  readonly instanceUrl: string | null;
  readonly accounts: Packed<AccountRow>;
  readonly tokens: Packed<TokenRow>;
  readonly memberships: Packed<MembershipRow>;
  readonly variables: Packed<VariableRow>;
  readonly containers: Packed<ContainerRow>;
  readonly findings: Packed<FindingRow>;
  readonly gaps: Packed<GapRow>;
  readonly requests: Packed<RequestRow>;
  readonly facts: readonly Fact[];
}

/** Something about the pass as a whole, for a reader. */
export interface Fact {
  readonly term: string;
  readonly value: string;
}

export type AccountClass = "service_account" | "agent";

export interface AccountRow {
  readonly id: number;
  readonly username: string;
  readonly name: string;
  readonly email: string | null;
  readonly kind: AccountClass;
  readonly state: string | null;
  readonly isDeletionPending: boolean | null;
  readonly createdAt: string | null;
  /** `instance`, `group platform`. */
  readonly owner: string | null;
  /** The top-level group that it belongs to; `the instance`, or null where nothing tells. */
  readonly group: string | null;
  readonly isForeign: boolean;
  readonly tokensSeen: boolean;
}

export type TokenRowState = "active" | "expired" | "revoked";

export interface TokenRow {
  readonly id: number;
  readonly userId: number;
  readonly name: string;
  readonly description: string | null;
  /** With a blank between two. */
  readonly scopes: string;
  readonly isGranular: boolean;
  readonly state: TokenRowState;
  readonly createdAt: string;
  /** The first day on which it does not work; null when it never expires. */
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
  /** With a comma between two. */
  readonly ips: string | null;
  /** Of glsa's marker. */
  readonly key: string | null;
  readonly generation: number | null;
  readonly origin: string | null;
  /** The day from which a state has it due for rotation, and that from which a superseded one is revoked. */
  readonly rotatesOn: string | null;
  readonly revokesOn: string | null;
}

export interface MembershipRow {
  readonly userId: number;
  /** The container's `ref`. */
  readonly container: string;
  readonly role: string;
  readonly level: number;
  /** The name of the custom role above the base role. */
  readonly customRole: string | null;
  readonly expiresAt: string | null;
  readonly createdAt: string | null;
  /** The role that a group above gives, where that is more. */
  readonly inheritedRole: string | null;
  readonly inheritedLevel: number | null;
  readonly inheritedFrom: string | null;
}

export interface VariableRow {
  readonly container: string;
  readonly key: string;
  readonly environment: string;
  /** `masked`, `hidden` and the like, with a comma between two. */
  readonly settings: string;
  readonly tokenId: number;
  readonly generation: number;
}

export interface ContainerRow {
  /** Kind and number, since groups and projects are counted apart: `group 7`. */
  readonly ref: string;
  readonly path: string;
  /** The top-level group that it is in. */
  readonly group: string;
  readonly parent: string | null;
}

export type FindingRowSeverity = "error" | "warning" | "note";

export interface FindingRow {
  readonly code: string;
  readonly severity: FindingRowSeverity;
  readonly status: string;
  readonly object: string;
  readonly address: string;
  readonly userId: number | null;
  readonly container: string | null;
  readonly group: string | null;
  readonly reason: string;
  readonly remedy: string;
  /** Each on a line of its own. */
  readonly declared: string;
  readonly waiver: string | null;
}

export interface GapRow {
  /** With a comma between two. */
  readonly hides: string;
  readonly where: string;
  /** The container's `ref`. */
  readonly container: string | null;
  readonly userId: number | null;
  readonly route: string | null;
  readonly status: number | null;
  readonly reason: string;
  readonly remedy: string;
  readonly isExpected: boolean;
}

export interface RequestRow {
  readonly method: string;
  readonly route: string;
  readonly count: number;
}
