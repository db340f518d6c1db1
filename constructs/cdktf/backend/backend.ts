import type { TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import type {
  AccessTokenOptions,
  AccountOptions,
  AccountOwner,
  Addresses,
  ContainerRef,
  DeclarationProblem,
  Delivery,
  MembershipOptions,
  Role,
  Scope,
} from "../../words";
import type { TakeOverOptions } from "../take-over-options";
import type { GlsaAccessToken, GlsaMembership, GlsaServiceAccount } from "../generated";

/** The provider whose resources the declarations become. Constructs use a provider only through this interface. */
export interface Backend {
  /** The parts of a declaration that this provider does not support. Missing if it supports all of them. */
  accountProblems?(account: AccountDeclaration): DeclarationProblem[];
  membershipProblems?(membership: MembershipDeclaration): DeclarationProblem[];
  tokenProblems?(token: TokenDeclaration): DeclarationProblem[];
  /** The same, for an account that is managed elsewhere. */
  lookupProblems?(lookup: LookupDeclaration): DeclarationProblem[];

  /** Creates the resources of a declaration below its construct. */
  account(construct: Construct, account: AccountDeclaration, addresses: Addresses): AccountObject;
  membership(
    construct: Construct,
    membership: MembershipDeclaration,
    addresses: Addresses,
  ): MembershipObject;
  token(construct: Construct, token: TokenDeclaration, addresses: Addresses): TokenObject;
  lookup(construct: Construct, lookup: LookupDeclaration): FoundAccount;
}

/** An account, with its declared or default username. */
export interface AccountDeclaration extends AccountOptions, TakeOverOptions {
  readonly username: string;
  readonly provider?: TerraformProvider;
}

/** How to find an account that is managed elsewhere. */
export type LookupDeclaration = Pick<AccountDeclaration, "owner" | "username" | "provider">;

/** What a token or membership takes from its account. */
export interface AccountFacts {
  readonly id: string;
  readonly userId: number;
  readonly owner: AccountOwner;
  readonly provider?: TerraformProvider;
  readonly description?: string;
}

export interface MembershipDeclaration extends MembershipOptions, TakeOverOptions {
  readonly account: AccountFacts;
  readonly group?: ContainerRef;
  readonly project?: ContainerRef;
  readonly role: Role;
}

export interface TokenDeclaration
  extends Omit<AccessTokenOptions, "scopes" | "deliverTo">, TakeOverOptions {
  readonly account: AccountFacts;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly deliverTo: readonly Delivery[];
}

/** The resource of an account, glsa's or the official one. Values that a provider does not expose are undefined. */
export type AccountObject = Readable<GlsaServiceAccount, "id" | "userId", "status">;

/** What is known of an account that is managed elsewhere. */
export type FoundAccount = Pick<GlsaServiceAccount, "id" | "userId">;

export type MembershipObject = Readable<GlsaMembership, "id", "status">;

export type TokenObject = Readable<
  GlsaAccessToken,
  "id" | "validUntil" | "value",
  "tokenId" | "rotatesAt" | "status"
>;

/** What every provider exposes of its resource, and what only glsa's does. */
type Readable<T, Always extends keyof T, Glsas extends keyof T> = Pick<T, Always> &
  Partial<Pick<T, Glsas>>;
