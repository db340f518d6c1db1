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

/** Which provider's resources declarations become. Components know none of them but through this. */
export interface Backend {
  /** A type of resource that says to Pulumi which of a component's providers is meant. */
  readonly memberType: string;

  /** What of a declaration this provider cannot do; missing where it can do all. */
  accountProblems?(account: AccountDeclaration): DeclarationProblem[];
  membershipProblems?(membership: MembershipDeclaration): DeclarationProblem[];
  tokenProblems?(token: TokenDeclaration): DeclarationProblem[];
  /** The same for an account that something else made. */
  lookupProblems?(lookup: LookupDeclaration): DeclarationProblem[];

  /** Makes the resources of a declaration below its component. */
  account(account: AccountDeclaration, place: Place): AccountObject;
  membership(membership: MembershipDeclaration, place: Place): MembershipObject;
  token(token: TokenDeclaration, place: Place): TokenObject;
  lookup(
    lookup: LookupDeclaration,
    options: { readonly parent: Resource; readonly provider?: ProviderResource },
  ): FoundAccount;
}

/** Under which name a resource is made, and where in the program. */
export interface Place {
  readonly name: string;
  /** The name that the component was declared with. */
  readonly path: string;
  readonly options: CustomResourceOptions;
}

/** An account, with the username that was given or made. */
export interface AccountDeclaration extends Inputs<Omit<AccountOptions, "formerUsername">> {
  readonly username: Input<string>;
  readonly formerUsername?: string;
}

/** How to find an account that something else made. */
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

/** An account's resource. What a provider does not tell is undefined. */
export type AccountObject = Made<GlsaServiceAccount, "id" | "userId", "status">;

/** What is known of an account that something else made. */
export type FoundAccount = Pick<GlsaServiceAccount, "id" | "userId">;

export type MembershipObject = Made<GlsaMembership, "id", "status">;

export type TokenObject = Made<
  GlsaAccessToken,
  "id" | "validUntil" | "value",
  "tokenId" | "rotatesAt" | "status"
>;

/** What every provider tells of its resource, what only glsa's does, and the resource. */
type Made<T, Always extends keyof T, Glsas extends keyof T> = Pick<T, Always> &
  Partial<Pick<T, Glsas>> & { readonly glsa?: T; readonly official?: OfficialResource };
