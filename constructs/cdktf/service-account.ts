import type { Construct } from "constructs";
import {
  accountProblems,
  defaultDescription,
  defaultUsername,
  type AccountOnDestroy,
  type AccountOwner,
  type AccountTimeouts,
} from "../words";
import { addressesOf } from "./account-reference";
import { assertValid } from "./invalid-declaration-error";
import { asText, isLate } from "./late";
import { placeAt } from "./place";
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
export interface ServiceAccountProps {
  /** Where the account lives. Changing it replaces the account. */
  readonly owner: AccountOwner;
  /**
   * Unique among the users and groups of the instance: 1 to 255 letters, digits, hyphens, dots and underscores.
   * @default - owner and construct id, as in `platform-deployer`; none where the owner is given by number or late
   * @see https://docs.gitlab.com/user/reserved_names/
   */
  readonly username?: string;
  /**
   * The username before a rename: the account keeps its user id, and with it tokens and memberships. Remove it
   * after the next apply.
   * @default - the account was not renamed
   */
  readonly formerUsername?: string;
  /**
   * The name that GitLab shows, at most 255 characters.
   * @default - the username
   */
  readonly name?: string;
  /**
   * E-mail address.
   * @default - one that GitLab makes up
   */
  readonly email?: string;
  /**
   * What the account is for; with `contact` the default description of its tokens, together at most 210 characters.
   * @default - unsaid
   */
  readonly purpose?: string;
  /**
   * Whom to ask about it.
   * @default - unsaid
   */
  readonly contact?: string;
  /**
   * A plan that would delete or replace the account is an error.
   * @default false
   */
  readonly deletionProtection?: boolean;
  /**
   * What destroying does: `delete` the user; `disable` it, which removes its memberships, revokes its tokens and
   * keeps the user; or `retain` it as it is.
   * @default "delete"
   */
  readonly onDestroy?: AccountOnDestroy;
  /**
   * Delete what the account contributed, too, instead of giving it to GitLab's ghost user.
   * @default false
   * @see https://docs.gitlab.com/user/profile/account/delete_account/#associated-records
   */
  readonly hardDelete?: boolean;
  /**
   * How long to wait for the server.
   * @default - 10 minutes for a username, 1 minute for a deletion
   */
  readonly timeouts?: AccountTimeouts;
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
    assertValid(this, accountProblems({ owner, username }, isLate));
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
    assertValid(this, accountProblems({ ...props, username }, isLate));
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
