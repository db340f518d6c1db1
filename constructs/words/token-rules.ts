import { dateProblem, LONGEST_DESCRIPTION, scopeProblem, type Problem } from "../../src/model";
import { exactlyOne, lengthProblems, nameProblems, ruleProblems } from "./common-rules";
import { at, type DeclarationProblem } from "./declaration-problem";
import { destinationProblems, type Delivery } from "./delivery";
import type { IsLate } from "./late";
import type { Rotation } from "./rotation";
import { rotationProblems } from "./rotation-rules";
import type { Scope } from "./scope";

interface TokenDeclaration {
  readonly name: string;
  readonly description?: string;
  readonly scopes: readonly Scope[];
  readonly expiresAt?: string;
  readonly rotation?: Rotation;
  readonly neverExpires?: boolean;
  readonly revokeNow?: readonly number[];
  readonly deliverTo: readonly Delivery[];
  readonly storeValue?: boolean;
  /** Whether it is imported, so that its value is already in use. */
  readonly exists?: boolean;
}

/** All problems of a token's declaration. */
export function tokenProblems(token: TokenDeclaration, isLate: IsLate): DeclarationProblem[] {
  const { name, description, scopes, expiresAt, rotation, deliverTo } = token;
  return [
    ...nameProblems("name", name, isLate),
    ...lengthProblems("description", description, LONGEST_DESCRIPTION, isLate),
    ...scopesProblems(scopes, isLate),
    ...endProblems(token, isLate),
    ...ruleProblems("expiresAt", expiresAt, (date) => dateProblem("expiresAt", date), isLate),
    ...rotationProblems(rotation, isLate),
    ...revokeNowProblems(token.revokeNow, isLate),
    ...deliverTo.flatMap(({ destination }, index) =>
      destinationProblems(`deliverTo[${index}]`, destination, isLate),
    ),
    ...nowhereProblems(token),
  ];
}

/** The account has two tokens of one name. */
export function twiceNamedProblem(name: string): DeclarationProblem[] {
  return at("name", {
    code: "repeated-token-name",
    summary: `Two tokens are named "${name}"`,
    detail: `An account's declared tokens must have different names; got "${name}" twice. Give one another name, or remove it.`,
  });
}

/** The program uses a value that only its destinations hold. */
export function valueNotKeptProblem(): DeclarationProblem[] {
  return at("value", {
    code: "value-not-kept",
    summary: "The value is not stored",
    detail:
      "The program can use the value only if the state holds it, and storeValue is not true. Set storeValue: true, or deliver the value to where it is used.",
  });
}

function endProblems(token: TokenDeclaration, isLate: IsLate): DeclarationProblem[] {
  const { expiresAt, rotation, neverExpires } = token;
  // A late flag may turn out false, which leaves room for another expiry, or true, which does not.
  if (isLate(neverExpires)) return [];
  return exactlyOne(
    { expiresAt, rotation, neverExpires },
    "Write rotation: Rotation.every(Duration.days(30)), the day on which the token expires, such as 2027-03-31, or neverExpires: true.",
  );
}

function scopesProblems(scopes: readonly Scope[], isLate: IsLate): DeclarationProblem[] {
  // A whole list that is known later.
  if (isLate(scopes.map(({ name }) => name))) return [];
  if (scopes.length === 0) {
    return at("scopes", {
      code: "missing-scopes",
      summary: "No scopes",
      detail:
        "A token needs at least one scope; got none. Write what it is used for, such as Scope.READ_API.",
    });
  }
  return scopes.flatMap(({ name }, index) =>
    ruleProblems(`scopes[${index}]`, name, scopeProblem, isLate),
  );
}

function revokeNowProblems(
  numbers: readonly number[] | undefined,
  isLate: IsLate,
): DeclarationProblem[] {
  if (numbers === undefined || isLate(numbers)) return [];
  return numbers.flatMap((number, index) =>
    ruleProblems(`revokeNow[${index}]`, number, tokenNumberProblem, isLate),
  );
}

function tokenNumberProblem(number: number): Problem | undefined {
  if (Number.isInteger(number) && number > 0) return undefined;
  return {
    code: "malformed-token-number",
    summary: `"${number}" is not a token's ID`,
    detail: `The ID must be a whole number above zero; got "${number}". The state shows the IDs as token_id, the older ones in previous.`,
  };
}

/** GitLab shows a token's value once: without a destination, nothing could use it. */
function nowhereProblems({
  deliverTo,
  storeValue,
  exists = false,
}: TokenDeclaration): DeclarationProblem[] {
  if (exists || deliverTo.length > 0 || (storeValue !== undefined && storeValue !== false))
    return [];
  return at("deliverTo", {
    code: "value-goes-nowhere",
    summary: "The token has no destination",
    detail:
      "GitLab shows a value once, so it needs a destination; got none. Write a destination such as Delivery.ciVariable({ ... }), or storeValue: true to keep it in the state.",
  });
}
