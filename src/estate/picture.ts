import type { Container, GranularScope, Marker, Owner, RoleName, UtcDate } from "../model";

/**
 * The result of one pass over a live GitLab. Pure data: it can be written as JSON and read again. Null means that
 * GitLab did not return the value. What could not be read is in `gaps`, so nothing that is missing here is certainly
 * absent while a gap hides its kind.
 */
export interface Picture {
  readonly instance: PicturedInstance;
  readonly askedBy: PicturedCaller;
  readonly scope: Scope;
  /** The server's clock when the pass began and when it ended, ISO 8601. */
  readonly startedAt: string;
  readonly finishedAt: string;
  /** The server's day on which it began. */
  readonly today: UtcDate;
  /** By username. */
  readonly accounts: readonly PicturedAccount[];
  /** By account, the newest of an account first. */
  readonly tokens: readonly PicturedToken[];
  readonly memberships: readonly PicturedMembership[];
  /** Access through invited groups. Empty if the pass was not asked for it, which is then a gap. */
  readonly sharedAccess: readonly PicturedSharedAccess[];
  /** Only variables that glsa delivered, which carry its delivery note. */
  readonly variables: readonly PicturedVariable[];
  /** By path: groups and projects that were read, or that have a membership. */
  readonly containers: readonly PicturedContainer[];
  readonly gaps: readonly Gap[];
  /** Whether nothing that was requested is missing: there are only expected gaps. */
  readonly isComplete: boolean;
  /** Requests that were sent, by route. */
  readonly requests: readonly RequestCount[];
}

export interface PicturedInstance {
  /** Without `/api/v4`: `https://gitlab.example.com`. */
  readonly url: string;
  /** Such as `19.1.1-ee`. */
  readonly version: string;
  /** Null if it is not shown to this caller. */
  readonly tier: string | null;
}

/** The user of the token. */
export interface PicturedCaller {
  readonly userId: number | null;
  readonly username: string | null;
  readonly isAdministrator: boolean;
  /** Null for a token that is not a personal access token. */
  readonly token: {
    readonly id: number;
    readonly name: string;
    readonly scopes: readonly string[];
    readonly expiresAt: UtcDate | null;
  } | null;
}

/** The scope of the pass. */
export type Scope =
  | { readonly kind: "instance" }
  /** A group and everything below it. */
  | { readonly kind: "group"; readonly id: number; readonly path: string }
  | { readonly kind: "project"; readonly id: number; readonly path: string };

/**
 * `agent`: named as GitLab names the accounts of its own agents (Duo flows). Any account can have such a name, so the
 * class exempts from no finding.
 */
export type AccountKind = "service_account" | "agent";

export interface PicturedAccount {
  readonly userId: number;
  readonly username: string;
  readonly name: string;
  /** Null if GitLab does not show it. */
  readonly email: string | null;
  readonly kind: AccountKind;
  /** `active`, `blocked`, `deactivated` or `banned`. Null if GitLab does not return it. */
  readonly state: string | null;
  /** Whether GitLab has begun to delete it. Null if it cannot be distinguished from a block. */
  readonly isDeletionPending: boolean | null;
  readonly createdAt: string | null;
  /** Null if GitLab does not return its owner. */
  readonly owner: PicturedOwner | null;
  /** Whether its owner is outside of the scope and it is seen only as a member: its tokens are not visible. */
  readonly isForeign: boolean;
  /** Whether its tokens were listed, so that a missing token is absent. */
  readonly tokensSeen: boolean;
}

/** An owner and its path; the instance has none. */
export type PicturedOwner = Owner & { readonly path: string | null };

export type TokenState = "active" | "expired" | "revoked";

export interface PicturedToken {
  readonly tokenId: number;
  readonly userId: number;
  readonly name: string;
  /** The user's description, without glsa's marker. */
  readonly description: string | null;
  /** As GitLab spells them; `granular` for a fine-grained token. */
  readonly scopes: readonly string[];
  readonly isGranular: boolean;
  /** Of a fine-grained token. Null for another one, and if GitLab does not tell, as before 19.2. */
  readonly granularScopes: readonly GranularScope[] | null;
  readonly state: TokenState;
  readonly createdAt: string;
  /** First day on which it does not work. Null if it never expires. */
  readonly expiresAt: UtcDate | null;
  /** Null if it was never used. */
  readonly lastUsedAt: string | null;
  /** Null if GitLab does not return it, as before 19.4. */
  readonly lastUsedIps: readonly string[] | null;
  /** Glsa's marker in the description. Null on a token that glsa did not create. */
  readonly marker: Marker | null;
}

export interface PicturedMembership {
  readonly userId: number;
  readonly container: PicturedContainer;
  /** The default role, also for a custom role. Null for an access level that this release does not know. */
  readonly role: RoleName | null;
  readonly accessLevel: number;
  readonly customRole: { readonly id: number; readonly name: string | null } | null;
  readonly expiresAt: UtcDate | null;
  readonly createdAt: string | null;
  /**
   * The membership above it that grants more than this role. Null if none does or none was seen. Only direct
   * memberships are listed: an inherited one is that of the group above.
   */
  readonly inherited: {
    readonly role: RoleName | null;
    readonly accessLevel: number;
    readonly from: PicturedContainer;
  } | null;
}

/** What an account may do in a group or project because a group of which it is a member was invited there (a share). */
export interface PicturedSharedAccess {
  readonly userId: number;
  readonly container: PicturedContainer;
  /** The lower one of its role in the invited group and the share's. */
  readonly role: RoleName | null;
  readonly accessLevel: number;
  /** The invited group. */
  readonly through: PicturedContainer;
  /** Where its membership is: the invited group, or a group above it. */
  readonly memberOf: PicturedContainer;
  /** The end of the share or of the membership, whichever comes first. */
  readonly expiresAt: UtcDate | null;
}

export interface PicturedContainer extends Container {
  readonly path: string;
  /** Null for a top-level group, and if it was not seen. */
  readonly parentId: number | null;
}

export interface PicturedVariable {
  readonly container: PicturedContainer;
  readonly key: string;
  readonly environmentScope: string;
  readonly variableType: string;
  readonly isProtected: boolean;
  readonly isMasked: boolean;
  readonly isHidden: boolean;
  readonly isRaw: boolean;
  /** What glsa wrote beside the value: the account, the declaration and the generation. */
  readonly note: { readonly tokenId: number; readonly marker: Marker };
}

/** Something that could not be seen, or that was left out on purpose. */
export interface Gap {
  /** What is unknown because of it. */
  readonly hides: readonly GapKind[];
  /** A group or project, or an account. Null for the whole scope. */
  readonly container: PicturedContainer | null;
  readonly userId: number | null;
  /** With placeholders for the variable parts: `/groups/:id/members`. Null if nothing was requested. */
  readonly route: string | null;
  /** Null if there was no response, or nothing was requested. */
  readonly status: number | null;
  /** One sentence. */
  readonly reason: string;
  /** How to see it. */
  readonly remedy: string;
  /** Whether it follows from the scope and the caller, so that it does not make the picture incomplete. */
  readonly isExpected: boolean;
}

export type GapKind =
  "accounts" | "states" | "tokens" | "memberships" | "variables" | "containers" | "owners";

export interface RequestCount {
  readonly method: string;
  readonly route: string;
  readonly count: number;
}
