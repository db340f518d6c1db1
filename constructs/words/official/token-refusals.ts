import type { AccountOwner } from "../account-owner";
import type { DeclarationProblem } from "../declaration-problem";
import type { DeliveryDestination } from "../delivery";
import type { Rotation } from "../rotation";
import type { AccessTokenOptions } from "../token-options";
import type { OfficialFront } from "./front";
import { isSet, refusal } from "./refusal";

interface TokenDeclaration extends Omit<AccessTokenOptions, "scopes"> {
  readonly owner: AccountOwner;
}

/** What of a token the official provider cannot do. */
export function tokenRefusals(token: TokenDeclaration, front: OfficialFront): DeclarationProblem[] {
  const { rotation, deliverTo = [] } = token;
  return [
    ...settingRefusals(token),
    ...(rotation === undefined ? [] : rotationRefusals(rotation, front)),
    ...deliverTo.flatMap(({ destination }, index) =>
      destinationRefusals(`deliverTo[${index}]`, destination),
    ),
  ];
}

function settingRefusals(token: TokenDeclaration): DeclarationProblem[] {
  const { storeValue, neverExpires, keepers, revokeNow, formerName, description, owner } = token;
  const rows: [isRefused: boolean, property: string, cannot: string, wayOut: string][] = [
    [
      !isSet(storeValue),
      "storeValue",
      "keeps every token's value in the state",
      "Write storeValue: true to accept it",
    ],
    [
      isSet(neverExpires),
      "neverExpires",
      "does not tell when the server sets a date after all",
      "Write expiresAt",
    ],
    [isSet(keepers), "keepers", "makes no new token for a word of yours", "Leave keepers out"],
    [
      isSet(revokeNow),
      "revokeNow",
      "cannot replace a token that leaked before it revokes it",
      "Leave revokeNow out",
    ],
    [
      formerName !== undefined,
      "formerName",
      "cannot keep a token's place: another name makes another token, and revokes this one",
      "Leave formerName out to have that",
    ],
    [
      description !== undefined && owner.kind !== "instance",
      "description",
      `cannot describe the token of a ${owner.kind}'s account`,
      "Leave description out",
    ],
  ];
  return rows.flatMap(([isRefused, property, cannot, wayOut]) =>
    isRefused ? [refusal(property, cannot, wayOut)] : [],
  );
}

function rotationRefusals(rotation: Rotation, { isLate }: OfficialFront): DeclarationProblem[] {
  const { every, overlap, lifetime, quietFor, holdAtMost, allowInPlaceRotation } = rotation;
  const problems: DeclarationProblem[] = [];
  // A late word is not enough: whoever accepts an outage says so in the program.
  if (allowInPlaceRotation !== true) {
    problems.push(
      refusal(
        overlap === undefined ? "rotation" : "rotation.overlap",
        "rotates in place, without overlap: the old value stops working before the new one is delivered",
        "Write allowInPlaceRotation: true to accept the outage",
      ),
    );
  }
  if (quietFor !== undefined) {
    problems.push(
      refusal(
        "rotation.quietFor",
        "revokes the old token at once, in use or not",
        "Leave quietFor out",
      ),
    );
  }
  if (holdAtMost !== undefined) {
    problems.push(
      refusal(
        "rotation.holdAtMost",
        "does not hold an old token that is in use",
        "Leave holdAtMost out",
      ),
    );
  }
  if ([every, overlap, lifetime].some((duration) => isLate(duration?.amount))) {
    problems.push(
      refusal(
        "rotation",
        "counts from the day on which a token ends, so the durations must be known now",
        "Write them as numbers",
      ),
    );
  }
  return problems;
}

function destinationRefusals(
  property: string,
  { ciVariable, vault, file, command }: DeliveryDestination,
): DeclarationProblem[] {
  const elsewhere = { vault, file, command };
  const problems = Object.entries(elsewhere).flatMap(([kind, destination]) =>
    destination === undefined
      ? []
      : [
          refusal(
            `${property}.${kind}`,
            "delivers to CI/CD variables only",
            `Use the token's value, which the state holds, for it yourself`,
          ),
        ],
  );
  if (isSet(ciVariable?.overwrite)) {
    problems.push(
      refusal(
        `${property}.ciVariable.overwrite`,
        "does not take over a variable that something else made",
        "Remove that variable or import it, and leave overwrite out",
      ),
    );
  }
  if (ciVariable?.onDestroy !== undefined && ciVariable.onDestroy !== "remove") {
    problems.push(
      refusal(
        `${property}.ciVariable.onDestroy`,
        "removes a variable with its declaration",
        "Leave onDestroy out",
      ),
    );
  }
  return problems;
}
