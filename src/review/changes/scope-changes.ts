import { grantsBeyond, placesInWords, type GranularScope, type Grant } from "../../model";
import type { TokenForm } from "../objects/forms";
import { inWords, isKnown, known, sameValue, type Told } from "../objects/values";
import type { Change } from "../review";
import type { Tell } from "./change";

/** One for each scope that comes or goes, and for each place in which permissions do. */
export function scopeChanges(before: TokenForm, after: TokenForm, tell: Tell): Change[] {
  return [...changesOfScopes(before, after, tell), ...permissionChanges(before, after, tell)];
}

function changesOfScopes(before: TokenForm, after: TokenForm, tell: Tell): Change[] {
  if (sameValue(before.scopes, after.scopes)) return [];
  const [were, are] = [listed(before.scopes), listed(after.scopes)];
  if (were === undefined || are === undefined) {
    return [
      tell("scope-gained", "gains", "scopes changed, and the plan does not tell how", {
        from: scopesInWords(before),
        to: scopesInWords(after),
      }),
    ];
  }
  const had = new Set(were.map(inWords));
  const has = new Set(are.map(inWords));
  return [
    ...[...has]
      .filter((scope) => !had.has(scope))
      .map((scope) => tell("scope-gained", "gains", "scope gained", { to: scope })),
    ...[...had]
      .filter((scope) => !has.has(scope))
      .map((scope) => tell("scope-lost", "loses", "scope lost", { from: scope })),
  ];
}

function permissionChanges(before: TokenForm, after: TokenForm, tell: Tell): Change[] {
  const [had, has] = [listed(before.permissions), listed(after.permissions)];
  if (had === undefined || has === undefined) {
    if (before.permissions === after.permissions) return [];
    return [
      tell("permission-gained", "gains", "permissions changed, and the plan does not tell how", {
        from: permissionsInWords(before.permissions),
        to: permissionsInWords(after.permissions),
      }),
    ];
  }
  return [
    ...byPlace(grantsBeyond(has, had)).map(([place, permissions]) =>
      tell("permission-gained", "gains", `permissions gained in ${place}`, { to: permissions }),
    ),
    ...byPlace(grantsBeyond(had, has)).map(([place, permissions]) =>
      tell("permission-lost", "loses", `permissions lost in ${place}`, { from: permissions }),
    ),
  ];
}

/** Undefined for a list that the plan does not tell. */
function listed<T>(list: Told<readonly T[]>): readonly T[] | undefined {
  return list === null ? [] : known(list);
}

function byPlace(grants: readonly Grant[]): [string, string][] {
  const places = new Map<string, string>();
  for (const { place, permission } of grants) {
    const others = places.get(place);
    places.set(place, others === undefined ? permission : `${others}, ${permission}`);
  }
  return [...places];
}

function permissionsInWords(permissions: Told<readonly GranularScope[]>): string {
  if (permissions === null) return "nothing";
  return isKnown(permissions) ? placesInWords(permissions).join("; ") : inWords(permissions);
}

/** In the order of their names. */
export function scopesInWords({ scopes, permissions }: TokenForm): string {
  if (scopes === null && permissions !== null) return permissionsInWords(permissions);
  return isKnown(scopes) ? scopes.map(inWords).sort().join(", ") || "nothing" : inWords(scopes);
}
