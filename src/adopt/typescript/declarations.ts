import { KNOWN_SCOPES, scopeName } from "../../model";
import type { AdoptedAccount, AdoptedMembership, AdoptedToken } from "../adoption";
import { inactiveComment, tokenQuestion } from "../questions";
import { call, list, text, word, type Entry, type Expression } from "./expression";

/* What the constructs of CDKTF and of Pulumi have in common. */

const WORDS = { deliverTo: "deliverTo", expiresAt: "expiresAt", neverExpires: "neverExpires" };

export function ownerExpression({ owner }: AdoptedAccount): Expression {
  if (owner.kind === "instance") return word("AccountOwner.instance()");
  const container = owner.path === null ? word(String(owner.id)) : text(owner.path);
  return call(`AccountOwner.${owner.kind}`, [container]);
}

/** How a string from an untrusted source is written. */
export type Say = (value: string) => Expression;

export function accountEntries(account: AdoptedAccount, say: Say = text): Entry[] {
  const { username, displayName, email } = account;
  const comment = inactiveComment(account);
  return [
    ...(comment === undefined ? [] : [{ comment }]),
    { key: "owner", value: ownerExpression(account) },
    { key: "username", value: text(username) },
    ...optional("name", displayName, say),
    ...optional("email", email, say),
  ];
}

export function tokenEntries(token: AdoptedToken, say: Say = text): Entry[] {
  const { description, scopes, expiresAt } = token;
  return [
    { comment: tokenQuestion(token, WORDS) },
    ...optional("description", description, say),
    { key: "scopes", value: list(scopes.map(scopeExpression)) },
    expiresAt === null
      ? { key: "neverExpires", value: word("true") }
      : { key: "expiresAt", value: text(expiresAt) },
  ];
}

/** The method that joins, and its first arguments. */
export function joinCall({ container, role, customRoleId }: AdoptedMembership): {
  readonly method: string;
  readonly parameters: readonly Expression[];
} {
  const method = container.kind === "group" ? "joinGroup" : "joinProject";
  const base = word(`Role.${role.toUpperCase()}`);
  const as = customRoleId === null ? base : call("Role.custom", [base, word(String(customRoleId))]);
  return { method, parameters: [text(container.path), as] };
}

export function membershipEntries({ expiresAt }: AdoptedMembership): Entry[] {
  return optional("expiresAt", expiresAt);
}

/** The names of our module that declarations use, in alphabetical order. */
export function importedWords(accounts: readonly AdoptedAccount[]): string[] {
  const uses = (count: (account: AdoptedAccount) => number) =>
    accounts.some((account) => count(account) > 0);
  return [
    "AccountOwner",
    ...(uses(({ memberships }) => memberships.length) ? ["Role"] : []),
    ...(uses(({ tokens }) => tokens.length) ? ["Scope"] : []),
    "ServiceAccount",
  ];
}

function scopeExpression(scope: string): Expression {
  const name = scopeName(scope);
  const isKnown = (KNOWN_SCOPES as readonly string[]).includes(name);
  return isKnown ? word(`Scope.${name.toUpperCase()}`) : call("Scope.of", [text(name)]);
}

function optional(key: string, value: string | null, say: Say = text): Entry[] {
  return value === null ? [] : [{ key, value: say(value) }];
}
