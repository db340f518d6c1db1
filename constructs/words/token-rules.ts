import {
  dateProblem,
  granularProblem,
  LONGEST_DESCRIPTION,
  repeatedPlace,
  scopeProblem,
  type Problem,
} from "../../src/model";
import { exactlyOne, lengthProblems, nameProblems, ruleProblems } from "./common-rules";
import { at, type DeclarationProblem } from "./declaration-problem";
import { destinationProblems, type Delivery } from "./delivery";
import { knownGranularScopes, type GranularScope } from "./granular-scope";
import type { IsLate } from "./late";
import type { Rotation } from "./rotation";
import { rotationProblems } from "./rotation-rules";
import type { Scope } from "./scope";

interface TokenDeclaration {
  readonly name: string;
  readonly description?: string;
  readonly scopes: readonly Scope[];
  readonly granularScopes?: readonly GranularScope[];
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
  const { name, description, expiresAt, rotation, deliverTo } = token;
  return [
    ...nameProblems("name", name, isLate),
    ...lengthProblems("description", description, LONGEST_DESCRIPTION, isLate),
    ...powerProblems(token, isLate),
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

/** Scopes or permissions, and not both. */
function powerProblems(
  { scopes, granularScopes }: TokenDeclaration,
  isLate: IsLate,
): DeclarationProblem[] {
  if (granularScopes === undefined) return scopesProblems(scopes, isLate);
  if (scopes.length > 0) {
    return at("granularScopes", {
      code: "exclusive-choices",
      summary: "scopes and granularScopes are mutually exclusive",
      detail:
        "A token has scopes or is fine-grained; got both. Remove scopes, or remove granularScopes.",
    });
  }
  return granularProblems(granularScopes, isLate);
}

function granularProblems(
  granularScopes: readonly GranularScope[],
  isLate: IsLate,
): DeclarationProblem[] {
  if (isLate(granularScopes)) return [];
  if (granularScopes.length === 0) {
    return at("granularScopes", {
      code: "missing-permissions",
      summary: "No permissions",
      detail:
        "A fine-grained token needs at least one permission; got none. Write where it may do what, such as " +
        '{ access: "selected_memberships", permissions: ["read_member"], groupIds: [12] }.',
    });
  }
  const errors = granularScopes.flatMap((scope, index) => {
    const [known] = knownGranularScopes([scope], isLate);
    const found = known && granularProblem(known);
    const property = found && (PROPERTIES[found.attribute] ?? found.attribute);
    return found === undefined ? [] : at(`granularScopes[${index}].${property}`, found.problem);
  });
  const repeated = repeatedPlace(knownGranularScopes(granularScopes, isLate));
  if (errors.length > 0 || repeated === undefined) return errors;
  return at("granularScopes", repeated);
}

const PROPERTIES: Readonly<Record<string, string>> = {
  group_ids: "groupIds",
  project_ids: "projectIds",
};

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
