import { Construct, type IConstruct } from "constructs";
import { addressOf, at, Role, type ContainerRef } from "../words";
import { AccessToken, type AccessTokenOptions } from "./access-token";
import type { AccountReference } from "./account-reference";
import { InvalidDeclarationError } from "./invalid-declaration-error";
import { spell } from "./late";
import { edgeWords, Membership, type MembershipOptions } from "./membership";
import type { GlsaProvider } from "./raw/provider";

/** A service account, be it declared here or made elsewhere. */
export interface IServiceAccount extends AccountReference {
  /** GitLab's number of the user. */
  readonly userId: number;

  /**
   * Makes the account a member of a group or subgroup.
   * @param group full path or number
   * @param role a text is the name of a base role
   */
  joinGroup(group: ContainerRef, role: Role | string, options?: MembershipOptions): Membership;

  /**
   * Makes the account a member of a project.
   * @param project full path or number
   * @param role a text is the name of a base role
   */
  joinProject(project: ContainerRef, role: Role | string, options?: MembershipOptions): Membership;

  /**
   * Gives the account a token.
   * @param name as GitLab shows it; unique among the account's declared tokens
   */
  addToken(name: string, options: AccessTokenOptions): AccessToken;
}

/** What a declared account and a looked-up one have in common. */
export abstract class ServiceAccountBase extends Construct implements IServiceAccount {
  abstract readonly id: string;
  abstract readonly userId: number;
  abstract readonly username: string;
  readonly formerUsername?: string;
  readonly provider?: GlsaProvider;
  readonly description?: string;

  joinGroup(group: ContainerRef, role: Role | string, options: MembershipOptions = {}): Membership {
    return this.join({ group }, role, options);
  }

  joinProject(
    project: ContainerRef,
    role: Role | string,
    options: MembershipOptions = {},
  ): Membership {
    return this.join({ project }, role, options);
  }

  addToken(name: string, options: AccessTokenOptions): AccessToken {
    const id = addressOf(["token", spell(this, name)]);
    const earlier = this.node.tryFindChild(id);
    if (earlier !== undefined) throw twiceNamed(name, earlier);
    return new AccessToken(this, id, { ...options, account: this, name });
  }

  private join(
    place: { readonly group?: ContainerRef; readonly project?: ContainerRef },
    role: Role | string,
    options: MembershipOptions,
  ): Membership {
    const [kind, container] = edgeWords(this, place);
    const id = addressOf([kind, container]);
    const earlier = this.node.tryFindChild(id);
    if (earlier instanceof Membership) {
      throw twiceJoined(`${kind} "${container}"`, earlier, Role.from(role));
    }
    return new Membership(this, id, { ...options, ...place, account: this, role });
  }
}

function twiceNamed(name: string, earlier: IConstruct): InvalidDeclarationError {
  return new InvalidDeclarationError(
    earlier,
    at("name", {
      summary: `Two tokens are named "${name}"`,
      detail: `An account's declared tokens must have different names; got "${name}" twice. Give one another name, or remove it.`,
    }),
  );
}

function twiceJoined(place: string, earlier: Membership, role: Role): InvalidDeclarationError {
  return new InvalidDeclarationError(
    earlier,
    at("role", {
      summary: `Two memberships in ${place}`,
      detail: `An account is a member of one place once; got ${earlier.role} first and ${role} now. Keep the one that is meant.`,
    }),
  );
}
