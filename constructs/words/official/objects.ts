import {
  datesOfNewToken,
  daysBetween,
  DEFAULT_MAX_LIFETIME_DAYS,
  type UtcDate,
} from "../../../src/model";
import { officialObject, toOfficialRole, type OfficialObject } from "../../../src/official";
import type { AccountOptions } from "../account-options";
import type { AccountOwner, ContainerRef } from "../account-owner";
import { edgeWords } from "../address";
import type { CiVariableDelivery } from "../delivery";
import type { IsLate, Spell } from "../late";
import type { MembershipOptions } from "../membership-options";
import type { Role } from "../role";
import type { Rotation } from "../rotation";
import { asPolicy } from "../rotation-rules";
import type { Scope } from "../scope";

/** How a constructs library handles values that may come late. Other values are used directly. */
export interface OfficialFront {
  readonly isLate: IsLate;
  /** A path or number as a string. */
  text(value: ContainerRef | undefined): string | undefined;
  not(value: boolean): boolean;
  /** Names as GitLab spells them. */
  scopeNames(scopes: readonly Scope[]): string[];
}

/**
 * The account as a resource of the official provider. Without a name, the username is its display name, as with glsa.
 */
export function officialAccount(
  { owner, username, name, email, timeouts }: AccountOptions & { readonly username: string },
  front: OfficialFront,
): OfficialObject {
  return officialObject("account", owner.kind, front.text(owner.container), {
    username,
    name: name ?? username,
    email,
    timeouts: timeouts?.delete === undefined ? undefined : { delete: timeouts.delete },
  });
}

interface MembershipDeclaration extends MembershipOptions {
  readonly role: Role;
  /** The user's number. */
  readonly userId: number;
  /** The group's number, which is the only way to name a group in the official provider. */
  readonly groupId?: number;
  readonly project?: ContainerRef;
}

/** A project has nothing below it, so nothing is removed there. */
export function officialMembership(
  membership: MembershipDeclaration,
  front: OfficialFront,
): OfficialObject {
  const { userId, role, expiresAt, groupId, project, removeMembershipsBelow = false } = membership;
  const accessLevel = front.isLate(role.name)
    ? role.name
    : (toOfficialRole(role.name) ?? role.name);
  const properties = { userId, accessLevel, memberRoleId: role.customRoleId, expiresAt };
  return groupId === undefined
    ? officialObject("membership", "project", front.text(project), properties)
    : officialObject("membership", "group", groupId, {
        ...properties,
        skipSubresourcesOnDestroy: front.not(removeMembershipsBelow),
      });
}

interface TokenDeclaration {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly expiresAt?: string;
  readonly rotation?: Rotation;
  readonly description?: string;
  /** The owner of the account, and the number of its user. */
  readonly owner: AccountOwner;
  readonly userId: number;
}

/** The token as a resource of the official provider. Only the token of an instance's account can have a description. */
export function officialToken(token: TokenDeclaration, front: OfficialFront): OfficialObject {
  const { owner, userId, name, expiresAt, rotation, description } = token;
  return officialObject("token", owner.kind, front.text(owner.container), {
    userId,
    name,
    scopes: front.scopeNames(token.scopes),
    expiresAt,
    rotationConfiguration: rotation && rotationConfiguration(rotation),
    ...(owner.kind === "instance" && { description }),
  });
}

/** Differences of dates do not depend on it. */
const SOME_DAY: UtcDate = "2026-01-01";

/** The dates that glsa's provider would give the token. */
function rotationConfiguration(rotation: Rotation) {
  const policy = asPolicy(rotation);
  const lifetime = DEFAULT_MAX_LIFETIME_DAYS;
  const { expiresAt, rotatesAt } = datesOfNewToken(policy, SOME_DAY, lifetime);
  return {
    expirationDays: daysBetween(SOME_DAY, expiresAt),
    rotateBeforeDays: daysBetween(rotatesAt, expiresAt),
  };
}

/** The CI/CD variable that receives a token's value. Unset settings have the defaults of glsa's provider. */
export function officialVariable(
  variable: CiVariableDelivery,
  value: string,
  front: OfficialFront,
): OfficialObject {
  const { project, group, key, environmentScope, hidden } = variable;
  const kind = project === undefined ? "group" : "project";
  return officialObject("variable", kind, front.text(project ?? group), {
    key,
    value,
    environmentScope,
    protected: variable.protected,
    masked: variable.masked ?? true,
    // If unset, releases before 18.8 destroy and recreate the variable whenever its value changes.
    hidden: hidden ?? false,
    raw: variable.raw ?? true,
  });
}

/** What identifies a variable. Neither another token nor a rename of its token changes it. */
export function variableWords(variable: CiVariableDelivery, spell: Spell): string[] {
  const scope = spell(variable.environmentScope ?? "*");
  return [...edgeWords(variable, spell), spell(variable.key), ...(scope === "*" ? [] : [scope])];
}
