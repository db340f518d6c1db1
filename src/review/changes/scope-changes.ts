import type { TokenForm } from "../objects/forms";
import { inWords, isKnown, sameValue } from "../objects/values";
import type { Change } from "../review";
import type { Tell } from "./change";

/** One for each scope that comes or goes. */
export function scopeChanges(before: TokenForm, after: TokenForm, tell: Tell): Change[] {
  if (sameValue(before.scopes, after.scopes)) return [];
  if (!isKnown(before.scopes) || !isKnown(after.scopes)) {
    return [
      tell("scope-gained", "gains", "scopes changed, and the plan does not tell how", {
        from: scopesInWords(before),
        to: scopesInWords(after),
      }),
    ];
  }
  const had = new Set(before.scopes.map(inWords));
  const has = new Set(after.scopes.map(inWords));
  return [
    ...[...has]
      .filter((scope) => !had.has(scope))
      .map((scope) => tell("scope-gained", "gains", "scope gained", { to: scope })),
    ...[...had]
      .filter((scope) => !has.has(scope))
      .map((scope) => tell("scope-lost", "loses", "scope lost", { from: scope })),
  ];
}

/** In the order of their names. */
export function scopesInWords({ scopes }: TokenForm): string {
  return isKnown(scopes) ? scopes.map(inWords).sort().join(", ") || "nothing" : inWords(scopes);
}
