import type { Packed } from "./columns";

/*
 * The data of an estate's page, as JSON. Texts are escaped before: nothing in them is invisible or reorders the text
 * around it. Days are YYYY-MM-DD and times ISO 8601, both in UTC. Null means that GitLab did not return the value.
 */

export interface EstateData {
  readonly today: string;
  /** Null if its address is not one that a browser can open. */
  readonly instanceUrl: string | null;
  readonly accounts: Packed<AccountRow>;
  readonly tokens: Packed<TokenRow>;
  readonly memberships: Packed<MembershipRow>;
  readonly sharedAccess: Packed<SharedAccessRow>;
  readonly variables: Packed<VariableRow>;
  readonly containers: Packed<ContainerRow>;
  readonly findings: Packed<FindingRow>;
  readonly gaps: Packed<GapRow>;
  readonly requests: Packed<RequestRow>;
  readonly facts: readonly Fact[];
}

/** A remark about the pass as a whole. */
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
  /** The top-level group that it belongs to; `the instance`, or null if it is not known. */
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
  /** Separated by a blank. */
  readonly scopes: string;
  readonly isGranular: boolean;
  /** Of a fine-grained token, by places, which semicolons separate. Null where they are not told. */
  readonly permissions: string | null;
  readonly state: TokenRowState;
  readonly createdAt: string;
  /** First day on which it does not work. Null if it never expires. */
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
  /** Separated by a comma. */
  readonly ips: string | null;
  /** Of glsa's marker. */
  readonly key: string | null;
  readonly generation: number | null;
  readonly origin: string | null;
  /** The day from which it is due for rotation by a state, and the day from which a replaced one is revoked. */
  readonly rotatesOn: string | null;
  readonly revokesOn: string | null;
}

export interface MembershipRow {
  readonly userId: number;
  /** The container's `ref`. */
  readonly container: string;
  readonly role: string;
  readonly level: number;
  /** The name of the custom role. */
  readonly customRole: string | null;
  readonly expiresAt: string | null;
  readonly createdAt: string | null;
  /** The role from a group above, if that is higher. */
  readonly inheritedRole: string | null;
  readonly inheritedLevel: number | null;
  readonly inheritedFrom: string | null;
}

/** Access through an invited group. */
export interface SharedAccessRow {
  readonly userId: number;
  /** The `ref`s of the place, of the invited group, and of the group with the membership. */
  readonly container: string;
  readonly through: string;
  readonly memberOf: string;
  readonly role: string;
  readonly expiresAt: string | null;
}

export interface VariableRow {
  readonly container: string;
  readonly key: string;
  readonly environment: string;
  /** `masked`, `hidden` and so on, separated by commas. */
  readonly settings: string;
  readonly tokenId: number;
  readonly generation: number;
}

export interface ContainerRow {
  /** Kind and number, since groups and projects are counted separately: `group 7`. */
  readonly ref: string;
  readonly path: string;
  /** The top-level group that contains it. */
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
  /** Separated by a comma. */
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
