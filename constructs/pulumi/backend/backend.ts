import type {
  CustomResourceOptions,
  Input,
  Output,
  ProviderResource,
  Resource,
} from "@pulumi/pulumi";
import type {
  AccessTokenOptions,
  AccountOptions,
  AccountOwner,
  ContainerRef,
  DeclarationProblem,
  Delivery,
  MembershipOptions,
  Role,
  Scope,
} from "../../words";
import type { Inputs, Late } from "../inputs";
import type { GlsaAccessToken, GlsaMembership, GlsaServiceAccount } from "../generated";
import type { OfficialResource } from "../raw/official";

/** The provider whose resources the declarations become. Components use a provider only through this interface. */
export interface Backend {
  /** A resource type, from which Pulumi finds out which of a component's providers applies. */
  readonly memberType: string;

  /** The parts of a declaration that this provider does not support. Missing if it supports all of them. */
  accountProblems?(account: AccountDeclaration): DeclarationProblem[];
  membershipProblems?(membership: MembershipDeclaration): DeclarationProblem[];
  tokenProblems?(token: TokenDeclaration): DeclarationProblem[];
  /** The same, for an account that is managed elsewhere. */
  lookupProblems?(lookup: LookupDeclaration): DeclarationProblem[];

  /** Creates the resources of a declaration below its component. */
  account(account: AccountDeclaration, place: Place): AccountObject;
  membership(membership: MembershipDeclaration, place: Place): MembershipObject;
  token(token: TokenDeclaration, place: Place): TokenObject;
  lookup(
    lookup: LookupDeclaration,
    options: { readonly parent: Resource; readonly provider?: ProviderResource },
  ): FoundAccount;
}

/** The name of a resource, and its parent in the program. */
export interface Place {
  readonly name: string;
  /** The component's name in the program. */
  readonly path: string;
  readonly options: CustomResourceOptions;
}

/** An account, with its declared or default username. */
export interface AccountDeclaration extends Inputs<Omit<AccountOptions, "formerUsername">> {
  readonly username: Input<string>;
  readonly formerUsername?: string;
}

/** How to find an account that is managed elsewhere. */
export type LookupDeclaration = Pick<AccountDeclaration, "owner" | "username">;

/** What a token or membership takes from its account. */
export interface AccountFacts {
  readonly id: Output<string>;
  readonly userId: Output<number>;
  readonly owner: AccountOwner;
  readonly description?: Input<string>;
}

export interface MembershipDeclaration extends Inputs<MembershipOptions> {
  readonly account: AccountFacts;
  readonly group?: Late<ContainerRef>;
  readonly project?: Late<ContainerRef>;
  readonly role: Role;
}

export interface TokenDeclaration extends Inputs<
  Omit<AccessTokenOptions, "scopes" | "deliverTo" | "formerName">
> {
  readonly account: AccountFacts;
  readonly name: Input<string>;
  readonly scopes: readonly Scope[];
  readonly deliverTo: readonly Delivery[];
  readonly formerName?: string;
}

/** The resource of an account. Values that a provider does not expose are undefined. */
export type AccountObject = Made<GlsaServiceAccount, "id" | "userId", "status">;

/** What is known of an account that is managed elsewhere. */
export type FoundAccount = Pick<GlsaServiceAccount, "id" | "userId">;

export type MembershipObject = Made<GlsaMembership, "id", "status">;

export type TokenObject = Made<
  GlsaAccessToken,
  "id" | "validUntil" | "value",
  "tokenId" | "rotatesAt" | "status"
>;

/** What every provider exposes of its resource, what only glsa's does, and the resource. */
type Made<T, Always extends keyof T, Glsas extends keyof T> = Pick<T, Always> &
  Partial<Pick<T, Glsas>> & { readonly glsa?: T; readonly official?: OfficialResource };
