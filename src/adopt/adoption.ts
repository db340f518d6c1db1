import type { Container, RoleName, UtcDate } from "../model";
import type { PicturedOwner } from "../estate";

/** The objects that code is written for, and those that are left out. */
export interface Adoption {
  /** By username. */
  readonly accounts: readonly AdoptedAccount[];
  readonly leftOut: readonly LeftOut[];
}

export interface AdoptedAccount {
  readonly userId: number;
  readonly username: string;
  readonly owner: PicturedOwner;
  /** Null if it equals the username, or cannot be declared. */
  readonly displayName: string | null;
  /** Null if GitLab generated it. */
  readonly email: string | null;
  /** Such as `blocked`; null for an active one. */
  readonly inactive: string | null;
  /** The name of a file or construct: `platform-deployer`. */
  readonly name: string;
  /** Null for an account that is already declared: only objects of it are new. */
  readonly origin: Origin | null;
  /** By name. */
  readonly tokens: readonly AdoptedToken[];
  /** By path. */
  readonly memberships: readonly AdoptedMembership[];
}

export interface AdoptedToken {
  readonly tokenId: number;
  readonly tokenName: string;
  /** The name of its resource: `platform-deployer-ci`. */
  readonly name: string;
  readonly description: string | null;
  /** As declarations spell them. */
  readonly scopes: readonly string[];
  /** Null for one that never expires. */
  readonly expiresAt: UtcDate | null;
  readonly lastUsedOn: UtcDate | null;
  readonly origin: Origin;
}

export interface AdoptedMembership {
  readonly container: Container & { readonly path: string };
  /** The name of its resource: `platform-deployer-platform-apps`. */
  readonly name: string;
  readonly role: RoleName;
  readonly customRoleId: number | null;
  readonly expiresAt: UtcDate | null;
  readonly origin: Origin;
}

/** How an object is brought into the state. */
export interface Origin {
  readonly importId: string;
  /** The address in the state that has it as a resource of the official provider. Null if none has. */
  readonly officialAddress: string | null;
}

/** An object that is left out. */
export interface LeftOut {
  /** For messages: `token "ci" (34) of bot`. */
  readonly label: string;
  /** The reason, as the end of a sentence: `is made by an agent of GitLab`. */
  readonly reason: string;
}
