import type { Construct } from "constructs";
import {
  accountFacts,
  accountProblems,
  assertValid,
  defaultDescription,
  defaultUsername,
  type AccountOptions,
  type AccountOwner,
} from "../words";
import { addressesOf } from "./account-reference";
import { asText, isLate } from "./late";
import { placeAt } from "./place";
import { judgeAtSynth } from "./policy";
import { DataGlsaServiceAccount } from "./raw/data-service-account";
import type { GlsaProvider } from "./raw/provider";
import { GlsaServiceAccount } from "./raw/service-account";
import { ServiceAccountBase, type IServiceAccount } from "./service-account-base";

/** How to find an account that something else made. */
export interface ServiceAccountLookup {
  /**
   * The provider of the instance that has the account.
   * @default - the stack's GlsaProvider
   */
  readonly provider?: GlsaProvider;
  /**
   * What the account's tokens say of themselves, at most 210 characters.
   * @default - none
   */
  readonly description?: string;
}

/** A service account. */
export interface ServiceAccountProps extends AccountOptions {
  /**
   * The provider of the instance that the account lives on.
   * @default - the stack's GlsaProvider
   */
  readonly provider?: GlsaProvider;
}

/** An account that something else made. */
class ImportedServiceAccount extends ServiceAccountBase {
  override readonly provider?: GlsaProvider;
  override readonly description?: string;
  private readonly found: DataGlsaServiceAccount;
  private reference?: string;

  constructor(
    scope: Construct,
    id: string,
    owner: AccountOwner,
    readonly username: string,
    { provider, description }: ServiceAccountLookup,
  ) {
    super(scope, id);
    assertValid(this.node.path, accountProblems({ owner, username }, isLate));
    this.provider = provider;
    this.description = description;
    this.found = new DataGlsaServiceAccount(this, "Resource", {
      provider,
      ...ownerConfig(owner),
      username,
    });
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

  /** The Terraform resource behind it. */
  readonly resource: GlsaServiceAccount;
  readonly owner: AccountOwner;
  readonly username: string;
  override readonly formerUsername?: string;
  override readonly provider?: GlsaProvider;
  override readonly description?: string;
  /** Made once: cdktf records a stack trace for every reference, and an account has many that refer to it. */
  private reference?: string;

  constructor(scope: Construct, id: string, props: ServiceAccountProps) {
    super(scope, id);
    const { owner, provider, formerUsername } = props;
    const username = props.username ?? defaultUsername(owner, id, isLate);
    assertValid(this.node.path, accountProblems({ ...props, username }, isLate));
    this.owner = owner;
    this.username = username ?? "";
    this.formerUsername = formerUsername;
    this.provider = provider;
    this.description = defaultDescription(props);
    this.resource = new GlsaServiceAccount(this, "Resource", {
      provider,
      ...ownerConfig(owner),
      username: this.username,
      name: props.name,
      email: props.email,
      deletionProtection: props.deletionProtection,
      onDestroy: props.onDestroy,
      hardDelete: props.hardDelete,
      timeouts: props.timeouts,
    });
    placeAt(this.resource, addressesOf(this));
    judgeAtSynth(this, () => accountFacts({ ...props, username: this.username }, isLate));
  }

  get id(): string {
    return (this.reference ??= this.resource.id);
  }

  get userId(): number {
    return this.resource.userId;
  }

  /** `active`, or `awaiting_email_confirmation`. */
  get status(): string {
    return this.resource.status;
  }
}

function ownerConfig({ kind, container }: AccountOwner): {
  readonly group?: string;
  readonly project?: string;
  readonly instance?: boolean;
} {
  return container === undefined ? { instance: true } : { [kind]: asText(container) };
}
