import { daysBetween, isUtcDate, parseRole, scopeName, type UtcDate } from "../../../src/model";
import {
  accountAddress,
  membershipAddress,
  tokenAddress,
  type AccountFacts,
  type MembershipFacts,
  type TokenFacts,
} from "../../../src/model/policy";
import { knownGrants, type GranularScope } from "../granular-scope";
import type { IsLate } from "../late";
import type { Role } from "../role";
import type { Rotation } from "../rotation";
import { rotationPolicyOf } from "../rotation-rules";
import type { Scope } from "../scope";

interface AccountDeclaration {
  readonly username: string;
  readonly purpose?: string;
  readonly contact?: string;
}

/** What the policy can know of a declared account. */
export function accountFacts(account: AccountDeclaration, isLate: IsLate): AccountFacts {
  const username = known(account.username, isLate);
  const purpose = known(account.purpose ?? null, isLate);
  const contact = known(account.contact ?? null, isLate);
  return {
    kind: "account",
    label: `account ${username ?? "whose username comes later"}`,
    address: accountAddress(username),
    ...(purpose !== undefined && { purpose }),
    ...(contact !== undefined && { contact }),
  };
}

interface TokenDeclaration {
  readonly username: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly granularScopes?: readonly GranularScope[];
  readonly description?: string;
  readonly expiresAt?: string;
  readonly rotation?: Rotation;
  readonly neverExpires?: boolean;
}

/** What the policy can know of a declared token. Today is the date of this machine: synth sends no requests. */
export function tokenFacts(token: TokenDeclaration, isLate: IsLate, today: UtcDate): TokenFacts {
  const username = known(token.username, isLate);
  const name = known(token.name, isLate);
  const description = known(token.description ?? null, isLate);
  const neverExpires = known(token.neverExpires ?? false, isLate);
  const expiresAt = known(token.expiresAt, isLate);
  const rotation = rotationPolicyOf(token.rotation, isLate);
  return {
    kind: "token",
    label: `token "${name ?? "?"}" of ${username ?? "an account"}`,
    address: tokenAddress(username, name),
    scopes: token.scopes
      .filter(({ name: each }) => !isLate(each))
      .map((each) => scopeName(each.name)),
    permissions: knownGrants(token.granularScopes, isLate),
    ...(description !== undefined && { description }),
    ...(neverExpires !== undefined && { neverExpires }),
    ...(rotation !== undefined && { rotation }),
    ...(expiresAt !== undefined &&
      isUtcDate(expiresAt) && { lifetimeDays: daysBetween(today, expiresAt) }),
  };
}

interface MembershipDeclaration {
  readonly username: string;
  readonly container: string | number | undefined;
  readonly role: Role;
}

/** What the policy can know of a declared membership. */
export function membershipFacts(
  { username: declared, container, role }: MembershipDeclaration,
  isLate: IsLate,
): MembershipFacts {
  const username = known(declared, isLate);
  const place = known(container, isLate)?.toString();
  const name = isLate(role.name) ? undefined : parseRole(role.name);
  return {
    kind: "membership",
    label: `membership of ${username ?? "an account"} in ${place ?? "a place that comes later"}`,
    address: membershipAddress(username, place),
    ...(name !== undefined && { role: name }),
  };
}

function known<T>(value: T, isLate: IsLate): T | undefined {
  return isLate(value) ? undefined : value;
}
