import { Construct } from "constructs";
import {
  assertValid,
  edgeWords,
  membershipFacts,
  membershipProblems,
  Role,
  type ContainerRef,
  type MembershipOptions as PlainOptions,
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

/** How an account is a member. */
export interface MembershipOptions extends PlainOptions, TakeOverOptions {}

/** A membership: exactly one of `group` and `project` says where. */
export interface MembershipProps extends MembershipOptions {
  /** Who. */
  readonly account: AccountReference;
  /**
   * Full path or number of the group.
   * @default - none; then `project` must be given
   */
  readonly group?: ContainerRef;
  /**
   * Full path or number of the project.
   * @default - none; then `group` must be given
   */
  readonly project?: ContainerRef;
  /**
   * As what; a text is the name of a base role.
   * @see https://docs.gitlab.com/user/permissions/
   */
  readonly role: Role | string;
}

/**
 * The direct membership of a service account in a group or project. Role and expiry change in place.
 * @see https://docs.gitlab.com/user/project/members/
 */
export class Membership extends Construct {
  /** Whose it is. */
  readonly account: AccountReference;
  /** As what the account is a member. */
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

  /** The Terraform resource behind it, where that is of glsa's provider. */
  get resource(): GlsaMembership {
    return toldAs(this.node.path, "resource", this.object, GlsaMembership);
  }

  /** The Terraform resource behind it, where that is of the official GitLab provider. */
  get officialResource(): OfficialResource {
    return toldAs(this.node.path, "officialResource", this.object, OfficialResource);
  }

  /** `group:GROUP:USER` or `project:PROJECT:USER`, in numbers. */
  get id(): string {
    return this.object.id;
  }

  /** `active`, or `expired`; the official provider does not tell it. */
  get status(): string {
    return told(this.node.path, "status", this.object.status);
  }
}
