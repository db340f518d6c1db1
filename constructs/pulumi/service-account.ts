import { output, type Input, type Output, type ProviderResource } from "@pulumi/pulumi";
import {
  accountFacts,
  accountProblems,
  assertValid,
  defaultDescription,
  defaultUsername,
  told,
  type AccountOptions,
  type AccountOwner,
} from "../words";
import {
  addressesOf,
  componentOptions,
  resourceOptions,
  type DeclarationOptions,
} from "./account-reference";
import { backendOf, type AccountObject, type FoundAccount } from "./backend";
import { asWritten, type Inputs } from "./inputs";
import { isLate } from "./late";
import { judgeDeclaration } from "./policy";
import type { OfficialResource } from "./raw/official";
import type { GlsaServiceAccount } from "./generated";
import { ServiceAccountBase, type IServiceAccount } from "./service-account-base";

/** How to find an account that is managed elsewhere. */
export interface ServiceAccountLookup {
  /**
   * The provider of the account's instance.
   * @default - the program's GlsaProvider or official provider, else the engine's default provider
   */
  readonly provider?: ProviderResource;
  /**
   * The default description of the account's tokens, at most 210 characters.
   * @default - none
   */
  readonly description?: Input<string>;
}

/** A service account. */
export interface ServiceAccountProps extends Inputs<Omit<AccountOptions, "formerUsername">> {
  /**
   * The username before a rename. The account keeps its user ID, and with it its tokens and memberships. Remove it
   * after the next update.
   * @default - the account was not renamed
   */
  readonly formerUsername?: string;
  /**
   * The provider of the account's instance.
   * @default - the program's GlsaProvider or official provider, else the engine's default provider
   */
  readonly provider?: ProviderResource;
}

type Written = Parameters<typeof accountProblems>[0];

/** An account that is managed elsewhere. */
class ImportedServiceAccount extends ServiceAccountBase {
  override readonly description?: Input<string>;
  private readonly found: FoundAccount;

  constructor(
    name: string,
    readonly owner: AccountOwner,
    readonly username: Input<string>,
    { provider, description }: ServiceAccountLookup,
    options: DeclarationOptions,
  ) {
    const backend = backendOf(name, provider ?? options.provider);
    assertValid(name, [
      ...accountProblems(asWritten<Written>({ owner, username }), isLate),
      ...(backend.lookupProblems?.({ owner, username }) ?? []),
    ]);
    super(name, backend, componentOptions(options, { provider }));
    this.description = description;
    const lookup = { owner, username };
    this.found = backend.lookup(lookup, { parent: this, provider: this.provider });
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
 * A service account of a group, a project or the instance. Name, username and email address are updated in place.
 * @see https://docs.gitlab.com/user/profile/service_accounts/
 */
export class ServiceAccount extends ServiceAccountBase {
  /**
   * References an account that is managed elsewhere. It can get tokens and memberships, and is otherwise left
   * unchanged.
   */
  static fromUsername(
    name: string,
    owner: AccountOwner,
    username: Input<string>,
    lookup: ServiceAccountLookup = {},
    options: DeclarationOptions = {},
  ): IServiceAccount {
    return new ImportedServiceAccount(name, owner, username, lookup, options);
  }

  /** Where the account lives. */
  readonly owner: AccountOwner;
  /** The username. Unique among the users and groups of the instance. */
  readonly username: Input<string>;
  /** The username before a rename, while the rename is under way. */
  override readonly formerUsername?: string;
  /** The default description of the account's tokens. */
  override readonly description?: Input<string>;
  private readonly object: AccountObject;

  constructor(name: string, props: ServiceAccountProps, options: DeclarationOptions = {}) {
    const { owner, provider, formerUsername } = props;
    const username = props.username ?? defaultUsername(owner, name, isLate);
    const backend = backendOf(name, provider ?? options.provider);
    const declaration = { ...props, username: username ?? "" };
    assertValid(name, [
      ...accountProblems(asWritten<Written>({ ...props, username }), isLate),
      ...(backend.accountProblems?.(declaration) ?? []),
    ]);

    const about = asWritten<Parameters<typeof accountFacts>[0]>({
      ...props,
      username: username ?? "",
    });
    judgeDeclaration({ path: name, parent: options.parent }, () => accountFacts(about, isLate));

    super(name, backend, componentOptions(options, { provider }));
    this.owner = owner;
    this.username = declaration.username;
    this.formerUsername = formerUsername;
    this.description = describe(props);
    const addresses = addressesOf(this);
    this.object = backend.account(declaration, {
      name: addresses.current,
      path: name,
      options: {
        ...resourceOptions(this, addresses, this.provider, options),
        ...(props.deletionProtection === true && { protect: true }),
      },
    });
    this.registerOutputs();
  }

  /**
   * The underlying resource, if glsa's provider manages it.
   * @throws InvalidDeclarationError if the official provider manages it
   */
  get resource(): GlsaServiceAccount {
    return told(this.path, "resource", this.object.glsa);
  }

  /**
   * The underlying resource, if the official GitLab provider manages it.
   * @throws InvalidDeclarationError if glsa's provider manages it
   */
  get officialResource(): OfficialResource {
    return told(this.path, "officialResource", this.object.official);
  }

  /** The resource's id: `group:GROUP:USER`, `project:PROJECT:USER` or `instance:USER`, with numbers. */
  get id(): Output<string> {
    return this.object.id;
  }

  /** The user's ID in GitLab. */
  get userId(): Output<number> {
    return this.object.userId;
  }

  /** `active` or `awaiting_email_confirmation`. Not available with the official provider. */
  get status(): Output<string> {
    return told(this.path, "status", this.object.status);
  }
}

/** The default description of the account's tokens. */
function describe({ purpose, contact }: ServiceAccountProps): Input<string> | undefined {
  if (!isLate(purpose) && !isLate(contact)) return defaultDescription({ purpose, contact });
  return output({ purpose, contact }).apply((about) => defaultDescription(about) ?? "");
}
