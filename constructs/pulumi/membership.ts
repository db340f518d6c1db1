import { ComponentResource, type Output } from "@pulumi/pulumi";
import {
  assertValid,
  edgeWords,
  membershipFacts,
  membershipProblems,
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
import { asText, isLate } from "./late";
import { judgeDeclaration } from "./policy";
import { Program } from "./program";
import { GlsaMembership } from "./raw/membership";
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
  /** The resource behind it. */
  readonly resource: GlsaMembership;
  readonly account: AccountReference;
  readonly role: Role;

  constructor(
    /** The name that it was declared with. */
    readonly path: string,
    props: MembershipProps,
    options: DeclarationOptions = {},
  ) {
    const { account, group, project, expiresAt, removeMembershipsBelow } = props;
    const role = Role.from(props.role);
    const written = asWritten<Parameters<typeof membershipProblems>[0]>({
      group,
      project,
      role,
      expiresAt,
    });
    assertValid(path, membershipProblems(written, isLate));
    const words = isLate(project ?? group) ? [localName(path)] : edgeWords(written, String);
    const addresses = addressesOf(account, words);
    const property = project === undefined ? "group" : "project";
    Program.current().addObject(`${GlsaMembership.type} ${addresses.current}`, path, property);
    const judged = asWritten<Parameters<typeof membershipFacts>[0]>({
      username: account.username,
      container: project ?? group,
      role,
    });
    const parent = options.parent ?? account;
    judgeDeclaration({ path, parent }, () => membershipFacts(judged, isLate));

    super("glsa:constructs:Membership", path, {}, componentOptions(options, { parent: account }));
    this.account = account;
    this.role = role;
    this.resource = new GlsaMembership(
      addresses.current,
      {
        serviceAccountId: account.id,
        group: asText(group),
        project: asText(project),
        role: role.name,
        customRoleId: role.customRoleId,
        expiresAt,
        removeMembershipsBelow,
      },
      resourceOptions(this, addresses, account.provider, options),
    );
    this.registerOutputs();
  }

  /** `group:GROUP:USER` or `project:PROJECT:USER`, in numbers. */
  get id(): Output<string> {
    return this.resource.id;
  }

  /** `active`, or `expired`. */
  get status(): Output<string> {
    return this.resource.status;
  }
}
