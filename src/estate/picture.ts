import type { Container, Marker, Owner, RoleName, UtcDate } from "../model";

/**
 * What one pass over a live GitLab saw. Pure data: it can be written as JSON and read again. What is null was not told;
 * what could not be asked stands in `gaps`, so that nothing that is missing here is certainly absent while there is a
 * gap that hides its kind.
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
  /** Only what glsa delivered: variables that carry its delivery note. */
  readonly variables: readonly PicturedVariable[];
  /** By path: groups and projects that were looked into, or that a membership is in. */
  readonly containers: readonly PicturedContainer[];
  readonly gaps: readonly Gap[];
  /** Whether nothing that was asked for is missing: there are no gaps but expected ones. */
  readonly isComplete: boolean;
  /** Requests that were sent, by route. */
  readonly requests: readonly RequestCount[];
}

export interface PicturedInstance {
  /** Without `/api/v4`: `https://gitlab.example.com`. */
  readonly url: string;
  /** Such as `19.1.1-ee`. */
  readonly version: string;
  /** Null where it is not shown to this caller. */
  readonly tier: string | null;
}

/** Whose token asked. */
export interface PicturedCaller {
  readonly userId: number | null;
  readonly username: string | null;
  readonly isAdministrator: boolean;
  /** Null for a token that is no personal access token. */
  readonly token: {
    readonly id: number;
    readonly name: string;
    readonly scopes: readonly string[];
    readonly expiresAt: UtcDate | null;
  } | null;
}

/** How far the pass went. */
export type Scope =
  | { readonly kind: "instance" }
  /** A group and everything below it. */
  | { readonly kind: "group"; readonly id: number; readonly path: string }
  | { readonly kind: "project"; readonly id: number; readonly path: string };

/**
 * `agent`: named as GitLab names the accounts of its own agents (Duo flows). Anybody can name an account so: the class
 * exempts from no finding.
 */
export type AccountKind = "service_account" | "agent";

export interface PicturedAccount {
  readonly userId: number;
  readonly username: string;
  readonly name: string;
  /** Null where GitLab does not show it. */
  readonly email: string | null;
  readonly kind: AccountKind;
  /** `active`, `blocked`, `deactivated`, `banned`; null where GitLab does not tell. */
  readonly state: string | null;
  /** Whether GitLab has begun to delete it. Null where it cannot be told from a block. */
  readonly isDeletionPending: boolean | null;
  readonly createdAt: string | null;
  /** Null where GitLab does not tell whose it is. */
  readonly owner: PicturedOwner | null;
  /** Whether it is of an owner outside of the scope, and seen only as a member in it: its tokens are not. */
  readonly isForeign: boolean;
  /** Whether its tokens were listed, so that an absence among them is one. */
  readonly tokensSeen: boolean;
}

/** An owner and how it is called; the instance has no path. */
export type PicturedOwner = Owner & { readonly path: string | null };

export type TokenState = "active" | "expired" | "revoked";

export interface PicturedToken {
  readonly tokenId: number;
  readonly userId: number;
  readonly name: string;
  /** The owner's words, without glsa's marker. */
  readonly description: string | null;
  /** As GitLab spells them; `granular` for a fine-grained token. */
  readonly scopes: readonly string[];
  readonly isGranular: boolean;
  readonly state: TokenState;
  readonly createdAt: string;
  /** The first day on which it does not work; null when it never expires. */
  readonly expiresAt: UtcDate | null;
  /** Null when it was never used. */
  readonly lastUsedAt: string | null;
  /** Null where GitLab does not tell, as before 19.4. */
  readonly lastUsedIps: readonly string[] | null;
  /** What glsa wrote into the description; null on a token that it did not make. */
  readonly marker: Marker | null;
}

export interface PicturedMembership {
  readonly userId: number;
  readonly container: PicturedContainer;
  /** The base role, also under a custom role; null for an access level that this release does not know. */
  readonly role: RoleName | null;
  readonly accessLevel: number;
  readonly customRole: { readonly id: number; readonly name: string | null } | null;
  readonly expiresAt: UtcDate | null;
  readonly createdAt: string | null;
  /**
   * The membership above it that gives more, so that this role says too little; null where none does or none was seen.
   * Only direct memberships are listed: what is inherited without one of its own is that of the group above.
   */
  readonly inherited: {
    readonly role: RoleName | null;
    readonly accessLevel: number;
    readonly from: PicturedContainer;
  } | null;
}

export interface PicturedContainer extends Container {
  readonly path: string;
  /** Null for a top-level group, and where it was not seen. */
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
  /** What glsa wrote beside the value: whose it is, which declaration's, and of which generation. */
  readonly note: { readonly tokenId: number; readonly marker: Marker };
}

/** Something that could not be seen, or that was left out on purpose. */
export interface Gap {
  /** What is not known because of it. */
  readonly hides: readonly GapKind[];
  /** Where: a group or project, or an account; null for the whole scope. */
  readonly container: PicturedContainer | null;
  readonly userId: number | null;
  /** With names for the variable parts: `/groups/:id/members`. Null where nothing was asked. */
  readonly route: string | null;
  /** Null where no answer came, or nothing was asked. */
  readonly status: number | null;
  /** One sentence. */
  readonly reason: string;
  /** What to do in order to see it. */
  readonly remedy: string;
  /** Whether it follows from what was asked and by whom, so that it makes nothing incomplete. */
  readonly isExpected: boolean;
}

export type GapKind =
  "accounts" | "states" | "tokens" | "memberships" | "variables" | "containers" | "owners";

export interface RequestCount {
  readonly method: string;
  readonly route: string;
  readonly count: number;
}
