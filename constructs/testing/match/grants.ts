import { parseRole, roleProblem, samePath } from "../../../src/model";
import type { ContainerRef, RoleLike } from "../../words";
import type { DeclaredMembership } from "../declarations";
import { isLate, spell } from "../late";
import { accountProperty } from "./account-property";
import type { ExpectedGrant } from "./expected";
import type { Kind, Property } from "./kind";
import { plain } from "./plain";

export const GRANTS: Kind<DeclaredMembership, ExpectedGrant> = {
  matcher: "toGrant",
  singular: "membership",
  plural: "memberships",
  list: ({ memberships }) => memberships,
  describe(membership) {
    const { account, on, expiresAt } = membership;
    const end = expiresAt === undefined ? "" : ` until ${spell(expiresAt)}`;
    return `${spell(account)} is granted ${spell(declaredRole(membership))} on ${spell(on)}${end}`;
  },
  properties: {
    account: accountProperty(),
    on: placeProperty(),
    role: roleProperty(),
    expiresAt: plain("expiresAt", (day) => `until ${day}`),
  },
};

function placeProperty(): Property<DeclaredMembership, ContainerRef> {
  return {
    of: ({ on }) => on,
    equals: (expected, declared) => samePath(String(expected), String(declared)),
    say: (expected) => `on ${spell(expected)}`,
    spelled: String,
    isIdentity: true,
  };
}

function roleProperty(): Property<DeclaredMembership, RoleLike> {
  return {
    of: declaredRole,
    equals: (expected, declared) => expectedRole(expected) === declared,
    say: expectedRole,
    spelled: expectedRole,
    problem(role) {
      const name = typeof role === "string" ? role : role.name;
      return isLate(name) ? undefined : roleProblem(name);
    },
  };
}

function declaredRole({ role, customRoleId }: DeclaredMembership): string {
  return roleText(role, customRoleId);
}

function expectedRole(role: RoleLike): string {
  return typeof role === "string" ? roleText(role) : roleText(role.name, role.customRoleId);
}

function roleText(name: string, customRoleId?: number): string {
  const base = parseRole(name) ?? name;
  return customRoleId === undefined ? base : `${base} with custom role ${customRoleId}`;
}
