import type { TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import {
  accountFacts,
  accountProblems,
  assertValid,
  defaultDescription,
  defaultUsername,
  type AccountOptions,
  type AccountOwner,
  told,
  toldAs,
} from "../words";
import { addressesOf } from "./account-reference";
import { backendOf, type AccountObject, type FoundAccount } from "./backend";
import type { TakeOverOptions } from "./take-over-options";
import { isLate } from "./late";
import { judgeAtSynth } from "./policy";
import { OfficialResource } from "./raw/official";
import { GlsaServiceAccount } from "./generated";
import { ServiceAccountBase, type IServiceAccount } from "./service-account-base";

/** How to find an account that something else made. */
export interface ServiceAccountLookup {
  /**
   * The provider of the instance that has the account.
   * @default - the stack's GlsaProvider, else its official GitlabProvider
   */
  readonly provider?: TerraformProvider;
  /**
   * What the account's tokens say of themselves, at most 210 characters.
   * @default - none
   */
  readonly description?: string;
}

/** A service account. */
export interface ServiceAccountProps extends AccountOptions, TakeOverOptions {
  /**
   * The provider of the instance that the account lives on.
   * @default - the stack's GlsaProvider, else its official GitlabProvider
   */
  readonly provider?: TerraformProvider;
}

/** An account that something else made. */
class ImportedServiceAccount extends ServiceAccountBase {
  override readonly provider?: TerraformProvider;
  override readonly description?: string;
  private readonly found: FoundAccount;
  private reference?: string;

  constructor(
    scope: Construct,
    id: string,
    readonly owner: AccountOwner,
    readonly username: string,
    { provider, description }: ServiceAccountLookup,
  ) {
    super(scope, id);
    const backend = backendOf(this, provider);
    assertValid(this.node.path, [
      ...accountProblems({ owner, username }, isLate),
      ...(backend.lookupProblems?.({ owner, username, provider }) ?? []),
    ]);
    this.provider = provider;
    this.description = description;
    this.found = backend.lookup(this, { owner, username, provider });
  }

  get id(): string {
    return (this.reference ??= this.found.id);
  }

  get userId(): number {
    return this.found.userId;
  }
}

/**
 * A service account of a group, a project or the instance. Name, username and e-mail change in place.
 * @see https://docs.gitlab.com/user/profile/service_accounts/
 */
export class ServiceAccount extends ServiceAccountBase {
  /** An account that something else made: it can be given tokens and memberships, and stays as it is otherwise. */
  static fromUsername(
    scope: Construct,
    id: string,
    owner: AccountOwner,
    username: string,
    lookup: ServiceAccountLookup = {},
  ): IServiceAccount {
    return new ImportedServiceAccount(scope, id, owner, username, lookup);
  }

  /** Where the account lives. */
  readonly owner: AccountOwner;
  /** Unique among the users and groups of the instance. */
  readonly username: string;
  /** The username before a rename, while the rename is under way. */
  override readonly formerUsername?: string;
  /** The provider that manages the account; undefined for the default one. */
  override readonly provider?: TerraformProvider;
  /** What the tokens say of themselves. */
  override readonly description?: string;
  private readonly object: AccountObject;
  /** Made once: cdktf records a stack trace for every reference, and an account has many that refer to it. */
  private reference?: string;

  constructor(scope: Construct, id: string, props: ServiceAccountProps) {
    super(scope, id);
    const { owner, provider, formerUsername } = props;
    const username = props.username ?? defaultUsername(owner, id, isLate);
    const backend = backendOf(this, provider);
    const declaration = { ...props, username: username ?? "" };
    assertValid(this.node.path, [
      ...accountProblems({ ...props, username }, isLate),
      ...(backend.accountProblems?.(declaration) ?? []),
    ]);
    this.owner = owner;
    this.username = declaration.username;
    this.formerUsername = formerUsername;
    this.provider = provider;
    this.description = defaultDescription(props);
    this.object = backend.account(this, declaration, addressesOf(this));
    judgeAtSynth(this, () => accountFacts({ ...props, username: this.username }, isLate));
  }

  /** The Terraform resource behind it, where that is of glsa's provider. */
  get resource(): GlsaServiceAccount {
    return toldAs(this.node.path, "resource", this.object, GlsaServiceAccount);
  }

  /** The Terraform resource behind it, where that is of the official GitLab provider. */
  get officialResource(): OfficialResource {
    return toldAs(this.node.path, "officialResource", this.object, OfficialResource);
  }

  /** `group:GROUP:USER`, `project:PROJECT:USER` or `instance:USER`, in numbers. */
  get id(): string {
    return (this.reference ??= this.object.id);
  }

  /** GitLab's number of the user. */
  get userId(): number {
    return this.object.userId;
  }

  /** `active`, or `awaiting_email_confirmation`; the official provider does not tell it. */
  get status(): string {
    return told(this.node.path, "status", this.object.status);
  }
}
