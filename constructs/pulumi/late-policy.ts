import { output, type Input, type Resource } from "@pulumi/pulumi";
import {
  InvalidDeclarationError,
  membershipFacts,
  refusedRoles,
  refusedScopes,
  Role,
  Scope,
  tokenFacts,
  type LateRefusal,
} from "../words";
import { isLate } from "./late";
import { judgingAt } from "./policy";

/*
 * A scope or role whose value comes later is checked where the value is known: in the update, before the resource is
 * registered. A preview that does not know the value reports nothing.
 */

interface Place {
  readonly path: string;
  readonly parent: Resource | undefined;
}

/** The scopes. A late scope ends the program if the policy refuses its value. */
export function judgedScopes(
  { path, parent }: Place,
  token: Parameters<typeof tokenFacts>[0],
): readonly Scope[] {
  if (!token.scopes.some(({ name }) => isLate(name))) return token.scopes;
  const judging = judgingAt(parent);
  const refusals = refusedScopes(tokenFacts(token, isLate, judging.today), judging);
  return token.scopes.map((scope) =>
    isLate(scope.name) ? Scope.from(judged(path, scope.name, refusals)) : scope,
  );
}

/** The same for a role. */
export function judgedRole(
  { path, parent }: Place,
  membership: Parameters<typeof membershipFacts>[0],
): Role {
  const { role } = membership;
  if (!isLate(role.name)) return role;
  const refusals = refusedRoles(membershipFacts(membership, isLate), judgingAt(parent));
  const base = Role.from(judged(path, role.name, refusals));
  return role.customRoleId === undefined ? base : Role.custom(base, role.customRoleId);
}

/** A list that comes late counts as one late scope. */
function judged(path: string, late: unknown, refusals: readonly LateRefusal[]): string {
  const checked = output(late as Input<string | string[]>).apply((value) => {
    const names = [value].flat().map((name) => name.toLowerCase());
    const broken = refusals.filter(({ values }) => names.some((name) => values.includes(name)));
    if (broken.length === 0) return value;
    const problems = broken.map(({ problem }) => problem);
    throw new InvalidDeclarationError(path, problems);
  });
  return checked as unknown as string;
}
