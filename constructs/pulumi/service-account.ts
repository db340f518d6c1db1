import { output, type Input, type Output, type ProviderResource } from "@pulumi/pulumi";
import {
  accountFacts,
  accountProblems,
  assertValid,
  defaultDescription,
  defaultUsername,
  type AccountOptions,
  type AccountOwner,
} from "../words";
import {
  addressesOf,
  componentOptions,
  resourceOptions,
  type DeclarationOptions,
} from "./account-reference";
import { asWritten, type Inputs } from "./inputs";
import { asText, isLate } from "./late";
import { judgeDeclaration } from "./policy";
import { Program } from "./program";
import { getServiceAccount, type GetServiceAccountResult } from "./raw/get-service-account";
import { GlsaServiceAccount } from "./raw/service-account";
import { ServiceAccountBase, type IServiceAccount } from "./service-account-base";

/** How to find an account that something else made. */
export interface ServiceAccountLookup {
  /**
   * The provider of the instance that has the account.
   * @default - the program's GlsaProvider, else the engine's default provider
   */
  readonly provider?: ProviderResource;
  /**
   * What the account's tokens say of themselves, at most 210 characters.
   * @default - none
   */
  readonly description?: Input<string>;
}

/** A service account. */
export interface ServiceAccountProps extends Inputs<Omit<AccountOptions, "formerUsername">> {
  /**
   * The username before a rename: the account keeps its user id, and with it tokens and memberships. Remove it
   * after the next update.
   * @default - the account was not renamed
   */
  readonly formerUsername?: string;
  /**
   * The provider of the instance that the account lives on.
   * @default - the program's GlsaProvider, else the engine's default provider
   */
  readonly provider?: ProviderResource;
}

type Written = Parameters<typeof accountProblems>[0];

/** An account that something else made. */
class ImportedServiceAccount extends ServiceAccountBase {
  override readonly description?: Input<string>;
  private readonly found: Output<GetServiceAccountResult>;

  constructor(
    name: string,
    owner: AccountOwner,
    readonly username: Input<string>,
    { provider, description }: ServiceAccountLookup,
    options: DeclarationOptions,
  ) {
    assertValid(name, accountProblems(asWritten<Written>({ owner, username }), isLate));
    super(name, componentOptions(options, { provider }));
    this.description = description;
    this.found = getServiceAccount(
      { ...ownerArgs(owner), username },
      { parent: this, provider: this.provider },
    );
    this.registerOutputs();
  }

  get id(): Output<string> {
    return this.found.id;
  }

  get userId(): Output<number> {
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
    name: string,
    owner: AccountOwner,
    username: Input<string>,
    lookup: ServiceAccountLookup = {},
    options: DeclarationOptions = {},
  ): IServiceAccount {
    return new ImportedServiceAccount(name, owner, username, lookup, options);
  }

  /** The resource behind it. */
  readonly resource: GlsaServiceAccount;
  readonly owner: AccountOwner;
  readonly username: Input<string>;
  override readonly formerUsername?: string;
  override readonly description?: Input<string>;

  constructor(name: string, props: ServiceAccountProps, options: DeclarationOptions = {}) {
    const { owner, provider, formerUsername } = props;
    const username = props.username ?? defaultUsername(owner, name, isLate);
    assertValid(name, accountProblems(asWritten<Written>({ ...props, username }), isLate));

    const about = asWritten<Parameters<typeof accountFacts>[0]>({
      ...props,
      username: username ?? "",
    });
    judgeDeclaration({ path: name, parent: options.parent }, () => accountFacts(about, isLate));

    super(name, componentOptions(options, { provider }));
    this.owner = owner;
    this.username = username ?? "";
    this.formerUsername = formerUsername;
    this.description = describe(props);
    const addresses = addressesOf(this);
    Program.current().addObject(
      `${GlsaServiceAccount.type} ${addresses.current}`,
      name,
      "username",
    );
    this.resource = new GlsaServiceAccount(
      addresses.current,
      {
        ...ownerArgs(owner),
        username: this.username,
        name: props.name,
        email: props.email,
        deletionProtection: props.deletionProtection,
        onDestroy: props.onDestroy,
        hardDelete: props.hardDelete,
        timeouts: props.timeouts,
      },
      {
        ...resourceOptions(this, addresses, this.provider, options),
        ...(props.deletionProtection === true && { protect: true }),
      },
    );
    this.registerOutputs();
  }

  get id(): Output<string> {
    return this.resource.id;
  }

  get userId(): Output<number> {
    return this.resource.userId;
  }

  /** `active`, or `awaiting_email_confirmation`. */
  get status(): Output<string> {
    return this.resource.status;
  }
}

/** What the account's tokens say of themselves. */
function describe({ purpose, contact }: ServiceAccountProps): Input<string> | undefined {
  if (!isLate(purpose) && !isLate(contact)) return defaultDescription({ purpose, contact });
  return output({ purpose, contact }).apply((about) => defaultDescription(about) ?? "");
}

function ownerArgs({ kind, container }: AccountOwner): {
  readonly group?: Input<string>;
  readonly project?: Input<string>;
  readonly instance?: boolean;
} {
  return container === undefined ? { instance: true } : { [kind]: asText(container) };
}
