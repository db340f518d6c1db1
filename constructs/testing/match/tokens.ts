import { daysProblem, parseDays, scopeName, scopeProblem } from "../../../src/model";
import type { Duration, ScopeLike } from "../../words";
import type { DeclaredToken } from "../declarations";
import { isLate, spell } from "../late";
import { accountProperty } from "./account-property";
import type { ExpectedToken } from "./expected";
import type { Kind, Property } from "./kind";
import { plain } from "./plain";

export const TOKENS: Kind<DeclaredToken, ExpectedToken> = {
  matcher: "toDeclareToken",
  singular: "token",
  plural: "tokens",
  list: ({ tokens }) => tokens,
  describe(token) {
    const stored = token.storeValue ? ", its value kept in the state" : "";
    return `${spell(token.account)} has the token "${spell(token.name)}" with ${listText(token.scopes)}, ${lifeText(token)}${stored}`;
  },
  properties: {
    account: accountProperty(),
    name: {
      ...plain("name", (name) => `named "${name}"`),
      isIdentity: true,
    },
    scopes: scopesProperty(),
    rotates: rotatesProperty(),
    overlap: overlapProperty(),
    expiresAt: plain("expiresAt", (day) => `expiring on ${day}`),
    neverExpires: plain("neverExpires", (never) => (never ? "never expiring" : "one that ends")),
    storeValue: plain(
      "storeValue",
      (stored) => `its value ${stored ? "" : "not "}kept in the state`,
    ),
    description: plain("description", (text) => `described as "${text}"`),
  },
};

function lifeText({ rotates, overlap, expiresAt, neverExpires }: DeclaredToken): string {
  if (rotates !== undefined) {
    const both = overlap === undefined ? "" : ` with an overlap of ${spell(overlap)}`;
    return `rotating every ${spell(rotates)}${both}`;
  }
  if (expiresAt !== undefined) return `expiring on ${spell(expiresAt)}`;
  return neverExpires ? "never expiring" : "without an end";
}

function listText(words: readonly string[]): string {
  return words.length < 2
    ? spell(words[0] ?? "no scope")
    : `${words.slice(0, -1).map(spell).join(", ")} and ${spell(words.at(-1))}`;
}

function scopesProperty(): Property<DeclaredToken, readonly ScopeLike[]> {
  const names = (scopes: readonly ScopeLike[]) =>
    scopes.map((scope) => scopeName(typeof scope === "string" ? scope : scope.name)).sort();
  return {
    of: ({ scopes }) => scopes,
    equals: (expected, declared) => JSON.stringify(names(expected)) === JSON.stringify(declared),
    say: (expected) => `with ${listText(names(expected))}`,
    spelled: (expected) => names(expected).join(" "),
    problem: (expected) =>
      expected
        .filter((scope) => typeof scope === "string" && !isLate(scope))
        .map((scope) => scopeProblem(String(scope)))
        .find((problem) => problem !== undefined),
  };
}

function rotatesProperty(): Property<DeclaredToken, Duration | string | boolean> {
  return {
    of: ({ rotates }) => rotates ?? false,
    equals(expected, declared) {
      if (typeof expected === "boolean") return expected === (declared !== false);
      return daysOf(expected) === daysOf(String(declared));
    },
    say(expected) {
      if (typeof expected !== "boolean") return `rotating every ${String(expected)}`;
      return expected ? "rotating" : "one that does not rotate";
    },
    spelled: String,
    problem: (expected) =>
      typeof expected === "boolean" ? undefined : daysProblem("rotates", String(expected)),
  };
}

function overlapProperty(): Property<DeclaredToken, Duration | string> {
  return {
    of: ({ overlap }) => overlap,
    equals: (expected, declared) => daysOf(expected) === daysOf(String(declared)),
    say: (expected) => `with an overlap of ${String(expected)}`,
    spelled: String,
    problem: (expected) => daysProblem("overlap", String(expected)),
  };
}

function daysOf(duration: Duration | string): number | undefined {
  return parseDays(String(duration));
}
