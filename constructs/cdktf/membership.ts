import { Construct } from "constructs";
import {
  assertValid,
  edgeWords,
  membershipFacts,
  membershipProblems,
  Role,
  type ContainerRef,
  type MembershipOptions as PlainOptions,
  type RoleLike,
  told,
  toldAs,
} from "../words";
import { addressesOf, type AccountReference } from "./account-reference";
import { backendOf, type MembershipObject } from "./backend";
import { isTakenOver, type TakeOverOptions } from "./take-over-options";
import { isLate, spell } from "./late";
import { judgeLateRole } from "./late-policy";
import { judgeAtSynth } from "./policy";
import { GlsaMembership } from "./generated";
import { StackChecks } from "./stack-checks";
import { OfficialResource } from "./raw/official";

/** The role of an account, and when its membership ends. */
export interface MembershipOptions extends PlainOptions, TakeOverOptions {}

/** A membership. Exactly one of `group` and `project` must be set. */
export interface MembershipProps extends MembershipOptions {
  /** The account that becomes a member. */
  readonly account: AccountReference;
  /**
   * The full path or number of the group.
   * @default - none; then `project` must be set
   */
  readonly group?: ContainerRef;
  /**
   * The full path or number of the project.
   * @default - none; then `group` must be set
   */
  readonly project?: ContainerRef;
  /**
   * The role to grant. A string is the name of a default role.
   * @see https://docs.gitlab.com/user/permissions/
   */
  readonly role: RoleLike;
}

/**
 * A direct membership of a service account in a group or project. Role and expiry are updated in place.
 * @see https://docs.gitlab.com/user/project/members/
 */
export class Membership extends Construct {
  /** The account that is a member. */
  readonly account: AccountReference;
  /** The granted role. */
  readonly role: Role;
  private readonly object: MembershipObject;

  constructor(scope: Construct, id: string, props: MembershipProps) {
    super(scope, id);
    const { account, group, project, expiresAt } = props;
    const role = Role.from(props.role);
    const backend = backendOf(this, account.provider);
    const declaration = { ...props, role };
    assertValid(this.node.path, [
      ...membershipProblems({ group, project, role, expiresAt }, isLate),
      ...(backend.membershipProblems?.(declaration) ?? []),
    ]);
    this.account = account;
    this.role = role;
    const words = edgeWords({ group, project }, (value) => spell(this, value));
    this.object = backend.membership(this, declaration, addressesOf(account, words));
    const judged = { username: account.username, container: props.project ?? group, role };
    judgeAtSynth(this, () => membershipFacts(judged, isLate));
    judgeLateRole(this, this.object, judged);
    this.compareWithInherited(props);
  }

  private compareWithInherited(props: MembershipProps): void {
    const { group, project } = props;
    const place = project ?? group;
    const { username } = this.account;
    const { name: role } = this.role;
    if (typeof place !== "string" || [place, role, username].some(isLate)) return;
    StackChecks.of(this).addMembership({
      account: this.account,
      username,
      container: project === undefined ? "group" : "project",
      place,
      role,
      path: this.node.path,
      exists: isTakenOver(props),
    });
  }

  /**
   * The underlying Terraform resource, if glsa's provider manages it.
   * @throws InvalidDeclarationError if the official provider manages it
   */
  get resource(): GlsaMembership {
    return toldAs(this.node.path, "resource", this.object, GlsaMembership);
  }

  /**
   * The underlying Terraform resource, if the official GitLab provider manages it.
   * @throws InvalidDeclarationError if glsa's provider manages it
   */
  get officialResource(): OfficialResource {
    return toldAs(this.node.path, "officialResource", this.object, OfficialResource);
  }

  /** The resource's id: `group:GROUP:USER` or `project:PROJECT:USER`, with numbers. */
  get id(): string {
    return this.object.id;
  }

  /** `active` or `expired`. Not available with the official provider. */
  get status(): string {
    return told(this.node.path, "status", this.object.status);
  }
}
