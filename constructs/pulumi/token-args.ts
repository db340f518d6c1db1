import { output, type Input } from "@pulumi/pulumi";
import { Scope, type AccessTokenOptions, type ScopeLike } from "../words";
import type { Late } from "./inputs";
import { isLate } from "./late";

/** The scopes, for the rules. A list that comes later counts as one late scope. */
export function scopesOf(
  scopes: Late<NonNullable<AccessTokenOptions["scopes"]>> | undefined,
): Scope[] {
  if (scopes === undefined) return [];
  const items = isLate(scopes) ? [scopes] : (scopes as readonly (Scope | Input<string>)[]);
  return items.map((each) => Scope.from(each as ScopeLike));
}

/** The scopes as the provider expects them. */
export function scopeNames(
  scopes: readonly Scope[],
  spell: (name: string) => string = String,
): Input<string[]> {
  const names: Input<string | string[]>[] = scopes.map(({ name }) => name);
  return output(names).apply((resolved) => resolved.flat().map(spell));
}

/** Whether any setting that identifies the destination comes later. */
export function isLateLabel(values: readonly unknown[]): boolean {
  return values.some((value) => isLate(value) || (Array.isArray(value) && isLateLabel(value)));
}
