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
import { Role } from "./words";

/** How an account is a member. */
export type MembershipOptions = Inputs<PlainOptions>;

/** A membership: exactly one of `group` and `project` says where. */
export interface MembershipProps extends MembershipOptions {
  /** Who. */
  readonly account: AccountReference;
  /**
   * Full path or number of the group.
   * @default - none; then `project` must be given
   */
  readonly group?: Late<ContainerRef>;
  /**
   * Full path or number of the project.
   * @default - none; then `group` must be given
   */
  readonly project?: Late<ContainerRef>;
  /**
   * As what; a text is the name of a base role.
   * @see https://docs.gitlab.com/user/permissions/
   */
  readonly role: Late<Role | string>;
}

/**
 * The direct membership of a service account in a group or project. Role and expiry change in place.
 * @see https://docs.gitlab.com/user/project/members/
 */
export class Membership extends ComponentResource {
  /** Whose it is. */
  readonly account: AccountReference;
  /** As what the account is a member. */
  readonly role: Role;
  private readonly object: MembershipObject;

  constructor(
    /** The name that it was declared with. */
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

  /** The resource behind it, where that is of glsa's provider. */
  get resource(): GlsaMembership {
    return told(this.path, "resource", this.object.glsa);
  }

  /** The resource behind it, where that is of the official GitLab provider. */
  get officialResource(): OfficialResource {
    return told(this.path, "officialResource", this.object.official);
  }

  /** `group:GROUP:USER` or `project:PROJECT:USER`, in numbers; with the official provider without the first word. */
  get id(): Output<string> {
    return this.object.id;
  }

  /** `active`, or `expired`; the official provider does not tell it. */
  get status(): Output<string> {
    return told(this.path, "status", this.object.status);
  }
}
