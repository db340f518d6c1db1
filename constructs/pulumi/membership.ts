import { ComponentResource, type Output } from "@pulumi/pulumi";
import {
  assertValid,
  edgeWords,
  membershipFacts,
  membershipProblems,
  told,
  type ContainerRef,
  type MembershipOptions as PlainOptions,
} from "../words";
import {
  addressesOf,
  componentOptions,
  localName,
  resourceOptions,
  type AccountReference,
  type DeclarationOptions,
} from "./account-reference";
import { asWritten, type Inputs, type Late } from "./inputs";
import { backendOf, type MembershipObject } from "./backend";
import { isLate } from "./late";
import { judgedRole } from "./late-policy";
import { judgeDeclaration } from "./policy";
import { Program } from "./program";
import type { GlsaMembership } from "./generated";
import type { OfficialResource } from "./raw/official";
import type { RoleLike } from "../words";
import { Role } from "./words";

/** The role of an account, and when its membership ends. */
export type MembershipOptions = Inputs<PlainOptions>;

/** A membership. Exactly one of `group` and `project` must be set. */
export interface MembershipProps extends MembershipOptions {
  /** The account that becomes a member. */
  readonly account: AccountReference;
  /**
   * The full path or number of the group.
   * @default - none; then `project` must be set
   */
  readonly group?: Late<ContainerRef>;
  /**
   * The full path or number of the project.
   * @default - none; then `group` must be set
   */
  readonly project?: Late<ContainerRef>;
  /**
   * The role to grant. A string is the name of a default role.
   * @see https://docs.gitlab.com/user/permissions/
   */
  readonly role: Late<RoleLike>;
}

/**
 * A direct membership of a service account in a group or project. Role and expiry are updated in place.
 * @see https://docs.gitlab.com/user/project/members/
 */
export class Membership extends ComponentResource {
  /** The account that is a member. */
  readonly account: AccountReference;
  /** The granted role. */
  readonly role: Role;
  private readonly object: MembershipObject;

  constructor(
    /** The component's name in the program. */
    readonly path: string,
    props: MembershipProps,
    options: DeclarationOptions = {},
  ) {
    const { account, group, project, expiresAt } = props;
    const role = Role.from(props.role);
    const written = asWritten<Parameters<typeof membershipProblems>[0]>({
      group,
      project,
      role,
      expiresAt,
    });
    const backend = backendOf(path, account.provider);
    const declaration = { ...props, role };
    assertValid(path, [
      ...membershipProblems(written, isLate),
      ...(backend.membershipProblems?.(declaration) ?? []),
    ]);
    const words = isLate(project ?? group) ? [localName(path)] : edgeWords(written, String);
    const addresses = addressesOf(account, words);
    const judged = asWritten<Parameters<typeof membershipFacts>[0]>({
      username: account.username,
      container: project ?? group,
      role,
    });
    const parent = options.parent ?? account;
    judgeDeclaration({ path, parent }, () => membershipFacts(judged, isLate));
    const judgedLate = { ...declaration, role: judgedRole({ path, parent }, judged) };
    const place = project ?? group;
    const { name } = role;
    const { username } = account;
    if (typeof place === "string" && typeof username === "string" && !isLate(name)) {
      const container = project === undefined ? "group" : "project";
      const exists = options.import !== undefined;
      const declared = { account, username, container, place, role: name, path, exists } as const;
      Program.current().addMembership(declared);
    }

    super("glsa:constructs:Membership", path, {}, componentOptions(options, { parent: account }));
    this.account = account;
    this.role = role;
    this.object = backend.membership(judgedLate, {
      name: addresses.current,
      path,
      options: resourceOptions(this, addresses, account.provider, options),
    });
    this.registerOutputs();
  }

  /**
   * The underlying resource, if glsa's provider manages it.
   * @throws InvalidDeclarationError if the official provider manages it
   */
  get resource(): GlsaMembership {
    return told(this.path, "resource", this.object.glsa);
  }

  /**
   * The underlying resource, if the official GitLab provider manages it.
   * @throws InvalidDeclarationError if glsa's provider manages it
   */
  get officialResource(): OfficialResource {
    return told(this.path, "officialResource", this.object.official);
  }

  /**
   * The resource's id: `group:GROUP:USER` or `project:PROJECT:USER`, with numbers. With the official provider, without
   * the first word.
   */
  get id(): Output<string> {
    return this.object.id;
  }

  /** `active` or `expired`. Not available with the official provider. */
  get status(): Output<string> {
    return told(this.path, "status", this.object.status);
  }
}
