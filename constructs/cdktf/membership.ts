import { Construct } from "constructs";
import {
  assertValid,
  edgeWords,
  membershipFacts,
  membershipProblems,
  Role,
  type ContainerRef,
  type MembershipOptions,
} from "../words";
import { addressesOf, type AccountReference } from "./account-reference";
import { asText, isLate, spell } from "./late";
import { placeAt } from "./place";
import { judgeAtSynth } from "./policy";
import { GlsaMembership } from "./raw/membership";

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
  /** The Terraform resource behind it. */
  readonly resource: GlsaMembership;
  readonly account: AccountReference;
  readonly role: Role;

  constructor(scope: Construct, id: string, props: MembershipProps) {
    super(scope, id);
    const { account, group, project, expiresAt, removeMembershipsBelow } = props;
    const role = Role.from(props.role);
    assertValid(this.node.path, membershipProblems({ group, project, role, expiresAt }, isLate));
    this.account = account;
    this.role = role;
    this.resource = new GlsaMembership(this, "Resource", {
      provider: account.provider,
      serviceAccountId: account.id,
      group: asText(group),
      project: asText(project),
      role: role.name,
      customRoleId: role.customRoleId,
      expiresAt,
      removeMembershipsBelow,
    });
    const words = edgeWords({ group, project }, (value) => spell(this, value));
    placeAt(this.resource, addressesOf(account, words));
    const judged = { username: account.username, container: project ?? group, role };
    judgeAtSynth(this, () => membershipFacts(judged, isLate));
  }

  /** `group:GROUP:USER` or `project:PROJECT:USER`, in numbers. */
  get id(): string {
    return this.resource.id;
  }

  /** `active`, or `expired`. */
  get status(): string {
    return this.resource.status;
  }
}
