import {
  ComponentResource,
  type ComponentResourceOptions,
  type Input,
  type Output,
  type ProviderResource,
} from "@pulumi/pulumi";
import {
  addressOf,
  edgeWords,
  InvalidDeclarationError,
  twiceJoinedProblem,
  twiceNamedProblem,
  type AccountOwner,
  type ContainerRef,
} from "../words";
import { AccessToken, type AccessTokenOptions } from "./access-token";
import { providerOf, type AccountReference, type DeclarationOptions } from "./account-reference";
import type { Backend } from "./backend";
import { asWritten, type Late } from "./inputs";
import { isLate, wordOf } from "./late";
import { Membership, type MembershipOptions } from "./membership";
import type { RoleLike } from "../words";
import { Role } from "./words";

/** A service account, declared here or managed elsewhere. */
export interface IServiceAccount extends AccountReference {
  /**
   * Makes the account a member of a group or subgroup.
   * @param group full path or number
   * @param role a string is the name of a default role
   */
  joinGroup(
    group: Late<ContainerRef>,
    role: Late<RoleLike>,
    options?: MembershipOptions,
    resourceOptions?: DeclarationOptions,
  ): Membership;

  /**
   * Makes the account a member of a project.
   * @param project full path or number
   * @param role a string is the name of a default role
   */
  joinProject(
    project: Late<ContainerRef>,
    role: Late<RoleLike>,
    options?: MembershipOptions,
    resourceOptions?: DeclarationOptions,
  ): Membership;

  /**
   * Creates a token for the account.
   * @param name the name that GitLab shows; unique among the account's declared tokens
   */
  addToken(
    name: Input<string>,
    options: AccessTokenOptions,
    resourceOptions?: DeclarationOptions,
  ): AccessToken;
}

interface Place {
  readonly group?: Late<ContainerRef>;
  readonly project?: Late<ContainerRef>;
}

/** What declared and looked-up accounts have in common. */
export abstract class ServiceAccountBase extends ComponentResource implements IServiceAccount {
  abstract readonly id: Output<string>;
  abstract readonly userId: Output<number>;
  abstract readonly owner: AccountOwner;
  abstract readonly username: Input<string>;
  readonly formerUsername?: string;
  readonly provider?: ProviderResource;
  readonly description?: Input<string>;
  private readonly tokens = new Map<string, AccessToken>();
  private readonly memberships = new Map<string, Membership>();

  protected constructor(
    /** The component's name in the program. */
    readonly path: string,
    backend: Backend,
    options: ComponentResourceOptions,
  ) {
    super("glsa:constructs:ServiceAccount", path, {}, options);
    this.provider = providerOf(this, backend);
  }

  joinGroup(
    group: Late<ContainerRef>,
    role: Late<RoleLike>,
    options: MembershipOptions = {},
    resourceOptions?: DeclarationOptions,
  ): Membership {
    return this.join({ group }, role, options, resourceOptions);
  }

  joinProject(
    project: Late<ContainerRef>,
    role: Late<RoleLike>,
    options: MembershipOptions = {},
    resourceOptions?: DeclarationOptions,
  ): Membership {
    return this.join({ project }, role, options, resourceOptions);
  }

  addToken(
    name: Input<string>,
    options: AccessTokenOptions,
    resourceOptions?: DeclarationOptions,
  ): AccessToken {
    const { path } = this;
    const wayOut = `Write new AccessToken("name", { account, name, ... }), with a name of your own.`;
    const word = isLate(name) ? wordOf(name, { path, property: "name", wayOut }) : name;
    const child = `${path}/${addressOf(["token", word])}`;
    const earlier = this.tokens.get(child);
    if (earlier !== undefined) {
      throw new InvalidDeclarationError(earlier.path, twiceNamedProblem(word));
    }
    const { formerName } = options;
    const aliases =
      formerName === undefined ? [] : [{ name: `${path}/${addressOf(["token", formerName])}` }];
    const props = { ...options, account: this, name };
    const token = new AccessToken(child, props, { aliases, ...resourceOptions });
    this.tokens.set(child, token);
    return token;
  }

  private join(
    place: Place,
    role: Late<RoleLike>,
    options: MembershipOptions,
    resourceOptions?: DeclarationOptions,
  ): Membership {
    const [kind, container] = edgeWords(asWritten<Parameters<typeof edgeWords>[0]>(place), (late) =>
      this.spellPlace(late, place),
    );
    const child = `${this.path}/${addressOf([kind, container])}`;
    const earlier = this.memberships.get(child);
    if (earlier !== undefined) {
      const where = `${kind} "${container}"`;
      const problems = twiceJoinedProblem(where, earlier.role, Role.from(role));
      throw new InvalidDeclarationError(earlier.path, problems);
    }
    const props = { ...options, ...place, account: this, role };
    const membership = new Membership(child, props, resourceOptions);
    this.memberships.set(child, membership);
    return membership;
  }

  private spellPlace(value: unknown, { project }: Place): string {
    if (!isLate(value)) return String(value);
    const property = project === undefined ? "group" : "project";
    const wayOut = `Write new Membership("name", { account, ${property}, role }), with a name of your own.`;
    return wordOf(value, { path: this.path, property, wayOut });
  }
}
