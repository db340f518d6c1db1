import { isAtLeast } from "../../../src/model";
import { OFFICIAL_TYPES, officialRefusals, refusal, toOfficialRole } from "../../../src/official";
import type { AccountOptions } from "../account-options";
import type { AccountOwner } from "../account-owner";
import type { DeclarationProblem } from "../declaration-problem";
import type { IsLate } from "../late";
import type { Role } from "../role";
import type { Rotation } from "../rotation";
import type { AccessTokenOptions } from "../token-options";

/** The parts of an account that the official provider does not support. */
export function accountRefusals(account: AccountOptions, isLate: IsLate): DeclarationProblem[] {
  return [...ownerRefusals(account, isLate), ...officialRefusals("account", account)];
}

/** The accounts managed elsewhere that the official provider cannot find. */
export function ownerRefusals(
  { owner }: { readonly owner: AccountOwner },
  isLate: IsLate,
): DeclarationProblem[] {
  const { kind, container } = owner;
  if (kind !== "group" || isLate(container) || typeof container !== "string") return [];
  const path = container.replace(/^\/+|\/+$/g, "");
  if (!path.includes("/")) return [];
  return [
    refusal(
      "owner",
      `supports accounts of top-level groups only; got "${path}"`,
      `Write AccountOwner.group("${path.split("/")[0]}")`,
    ),
  ];
}

/**
 * Bindings from before accounts of projects.
 * @param version of the provider that the bindings were generated from; undefined if they do not state it
 */
export function projectAccountRefusals(
  { owner }: { readonly owner: AccountOwner },
  version: string | undefined,
): DeclarationProblem[] {
  const { since } = OFFICIAL_TYPES.projectServiceAccount;
  if (owner.kind !== "project" || isAtLeast(version ?? "", since)) return [];
  const seen = version === undefined ? "do not state their version" : `are of ${version}`;
  return [
    refusal(
      "owner",
      `supports accounts of projects from ${since}, and its bindings ${seen}`,
      "Write AccountOwner.group, or use newer bindings",
    ),
  ];
}

/** The parts of a membership that the official provider does not support. */
export function membershipRefusals({ role }: { role: Role }, isLate: IsLate): DeclarationProblem[] {
  if (isLate(role.name) || toOfficialRole(role.name) !== null) return [];
  return [
    refusal(
      "role",
      `does not support the role "${role.name}"`,
      "Write another role, such as Role.REPORTER",
    ),
  ];
}

interface TokenDeclaration extends Omit<AccessTokenOptions, "scopes"> {
  readonly account: { readonly owner: AccountOwner };
}

/** The parts of a token that the official provider does not support. */
export function tokenRefusals(token: TokenDeclaration, isLate: IsLate): DeclarationProblem[] {
  const { rotation, deliverTo = [] } = token;
  return [
    ...officialRefusals("token", token),
    ...descriptionRefusals(token),
    ...(rotation === undefined ? [] : inPlaceRefusals(rotation)),
    ...officialRefusals("rotation", token),
    ...(rotation === undefined ? [] : lateRefusals(rotation, isLate)),
    ...deliverTo.flatMap(({ destination }, index) =>
      officialRefusals("destination", destination, `deliverTo[${index}].`),
    ),
  ];
}

function descriptionRefusals({ description, account }: TokenDeclaration): DeclarationProblem[] {
  const { owner } = account;
  if (description === undefined || owner.kind === "instance") return [];
  const cannot = `cannot describe the token of a ${owner.kind}'s account`;
  return [refusal("description", cannot, "Leave description out")];
}

function inPlaceRefusals({ overlap, allowInPlaceRotation }: Rotation): DeclarationProblem[] {
  // A late value is not enough: the outage must be accepted in the program itself.
  if (allowInPlaceRotation === true) return [];
  return [
    refusal(
      overlap === undefined ? "rotation" : "rotation.overlap",
      "rotates in place, without overlap: the old value stops working before the new one is delivered",
      "Write allowInPlaceRotation: true to accept the outage",
    ),
  ];
}

function lateRefusals(
  { every, overlap, lifetime }: Rotation,
  isLate: IsLate,
): DeclarationProblem[] {
  if (![every, overlap, lifetime].some((duration) => isLate(duration?.amount))) return [];
  return [
    refusal(
      "rotation",
      "counts from the day on which a token expires, so the durations must be known now",
      "Write them as numbers",
    ),
  ];
}
