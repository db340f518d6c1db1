import type { Container, RoleName, UtcDate } from "../model";
import type { PicturedOwner } from "../estate";

/** What code is written for, and what it is not written for. */
export interface Adoption {
  /** By username. */
  readonly accounts: readonly AdoptedAccount[];
  readonly leftOut: readonly LeftOut[];
}

export interface AdoptedAccount {
  readonly userId: number;
  readonly username: string;
  readonly owner: PicturedOwner;
  /** Null where it is the username, or could not be declared. */
  readonly displayName: string | null;
  /** Null where GitLab made it up. */
  readonly email: string | null;
  /** Such as `blocked`; null for an active one. */
  readonly inactive: string | null;
  /** What a file or a construct is called: `platform-deployer`. */
  readonly name: string;
  /** Null for an account that something declares already: only something of it is new. */
  readonly origin: Origin | null;
  /** By name. */
  readonly tokens: readonly AdoptedToken[];
  /** By path. */
  readonly memberships: readonly AdoptedMembership[];
}

export interface AdoptedToken {
  readonly tokenId: number;
  readonly tokenName: string;
  /** What its resource is called: `platform-deployer-ci`. */
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
  /** What its resource is called: `platform-deployer-platform-apps`. */
  readonly name: string;
  readonly role: RoleName;
  readonly customRoleId: number | null;
  readonly expiresAt: UtcDate | null;
  readonly origin: Origin;
}

/** How an object comes into the state. */
export interface Origin {
  readonly importId: string;
  /** Where a state has it as a resource of the official provider; null where none has. */
  readonly officialAddress: string | null;
}

/** Something that is not offered. */
export interface LeftOut {
  /** For a reader: `token "ci" (34) of bot`. */
  readonly label: string;
  /** Why, as the end of a sentence: `is made by an agent of GitLab`. */
  readonly reason: string;
}
