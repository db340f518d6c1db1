import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import {
  addressOf,
  edgeWords,
  InvalidDeclarationError,
  Role,
  twiceJoinedProblem,
  twiceNamedProblem,
  type AccountOwner,
  type ContainerRef,
  type RoleLike,
} from "../words";
import { AccessToken, type AccessTokenOptions } from "./access-token";
import type { AccountReference } from "./account-reference";
import { spell } from "./late";
import { Membership, type MembershipOptions } from "./membership";

/** A service account, declared here or managed elsewhere. */
export interface IServiceAccount extends AccountReference {
  /**
   * Makes the account a member of a group or subgroup.
   * @param group full path or number
   * @param role a string is the name of a default role
   */
  joinGroup(group: ContainerRef, role: RoleLike, options?: MembershipOptions): Membership;

  /**
   * Makes the account a member of a project.
   * @param project full path or number
   * @param role a string is the name of a default role
   */
  joinProject(project: ContainerRef, role: RoleLike, options?: MembershipOptions): Membership;

  /**
   * Creates a token for the account.
   * @param name the name that GitLab shows; unique among the account's declared tokens
   */
  addToken(name: string, options: AccessTokenOptions): AccessToken;
}

/** What declared and looked-up accounts have in common. */
export abstract class ServiceAccountBase extends Construct implements IServiceAccount {
  abstract readonly id: string;
  abstract readonly userId: number;
  abstract readonly owner: AccountOwner;
  abstract readonly username: string;
  readonly formerUsername?: string;
  readonly provider?: TerraformProvider;
  readonly description?: string;

  joinGroup(group: ContainerRef, role: RoleLike, options: MembershipOptions = {}): Membership {
    return this.join({ group }, role, options);
  }

  joinProject(project: ContainerRef, role: RoleLike, options: MembershipOptions = {}): Membership {
    return this.join({ project }, role, options);
  }

  addToken(name: string, options: AccessTokenOptions): AccessToken {
    const id = addressOf(["token", spell(this, name)]);
    const earlier = this.node.tryFindChild(id);
    if (earlier !== undefined) {
      throw new InvalidDeclarationError(earlier.node.path, twiceNamedProblem(name));
    }
    return new AccessToken(this, id, { ...options, account: this, name });
  }

  private join(
    place: { readonly group?: ContainerRef; readonly project?: ContainerRef },
    role: RoleLike,
    options: MembershipOptions,
  ): Membership {
    const [kind, container] = edgeWords(place, (value) => spell(this, value));
    const id = addressOf([kind, container]);
    const earlier = this.node.tryFindChild(id);
    if (earlier instanceof Membership) {
      const problems = twiceJoinedProblem(`${kind} "${container}"`, earlier.role, Role.from(role));
      throw new InvalidDeclarationError(earlier.node.path, problems);
    }
    return new Membership(this, id, { ...options, ...place, account: this, role });
  }
}
