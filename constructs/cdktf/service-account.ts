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

/** How to find an account that is managed elsewhere. */
export interface ServiceAccountLookup {
  /**
   * The provider of the account's instance.
   * @default - the stack's GlsaProvider, else its official GitlabProvider
   */
  readonly provider?: TerraformProvider;
  /**
   * The default description of the account's tokens, at most 210 characters.
   * @default - none
   */
  readonly description?: string;
}

/** A service account. */
export interface ServiceAccountProps extends AccountOptions, TakeOverOptions {
  /**
   * The provider of the account's instance.
   * @default - the stack's GlsaProvider, else its official GitlabProvider
   */
  readonly provider?: TerraformProvider;
}

/** An account that is managed elsewhere. */
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
 * A service account of a group, a project or the instance. Name, username and email address are updated in place.
 * @see https://docs.gitlab.com/user/profile/service_accounts/
 */
export class ServiceAccount extends ServiceAccountBase {
  /**
   * References an account that is managed elsewhere. It can get tokens and memberships, and is otherwise left
   * unchanged.
   */
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
  /** The username. Unique among the users and groups of the instance. */
  readonly username: string;
  /** The username before a rename, while the rename is under way. */
  override readonly formerUsername?: string;
  /** The provider that manages the account. Undefined for the default one. */
  override readonly provider?: TerraformProvider;
  /** The default description of the account's tokens. */
  override readonly description?: string;
  private readonly object: AccountObject;
  /** Created once: cdktf records a stack trace for every reference, and many objects refer to an account. */
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

  /**
   * The underlying Terraform resource, if glsa's provider manages it.
   * @throws InvalidDeclarationError if the official provider manages it
   */
  get resource(): GlsaServiceAccount {
    return toldAs(this.node.path, "resource", this.object, GlsaServiceAccount);
  }

  /**
   * The underlying Terraform resource, if the official GitLab provider manages it.
   * @throws InvalidDeclarationError if glsa's provider manages it
   */
  get officialResource(): OfficialResource {
    return toldAs(this.node.path, "officialResource", this.object, OfficialResource);
  }

  /** The resource's id: `group:GROUP:USER`, `project:PROJECT:USER` or `instance:USER`, with numbers. */
  get id(): string {
    return (this.reference ??= this.object.id);
  }

  /** The user's ID in GitLab. */
  get userId(): number {
    return this.object.userId;
  }

  /** `active` or `awaiting_email_confirmation`. Not available with the official provider. */
  get status(): string {
    return told(this.node.path, "status", this.object.status);
  }
}
