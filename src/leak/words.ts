import { shown, type Medium } from "../review/outputs";
import type { Answer, Outcome } from "./respond";
import type { Sighting } from "./sighting";

/** `token 12 "ci" of bot`; names are shown harmlessly. */
export function nameOf({ tokenId, name, username, userId }: Sighting, medium: Medium): string {
  const words = [
    tokenId === null ? "a token" : `token ${tokenId}`,
    ...(name === null ? [] : [JSON.stringify(name)]),
    ...(username === null && userId === null ? [] : [`of ${username ?? `user ${userId}`}`]),
  ];
  return shown(words.join(" "), medium);
}

const STATES: Readonly<Record<Sighting["state"], string>> = {
  active: "it works",
  revoked: "it is revoked already",
  expired: "it has expired",
  dead: "GitLab does not take it: it is revoked, expired, or of another instance",
  unknown: "whether it works could not be seen",
};

/** Who, where and what: a line each, the most urgent first. */
export function factsOf(sighting: Sighting): string[] {
  const { scopes, lastUsedAt, lastUsedIps, declared, reach, others } = sighting;
  const known = <T>(value: T | null, said: (value: T) => string) =>
    value === null ? [] : [said(value)];
  return [
    `State: ${STATES[sighting.state]}`,
    ...known(scopes, (list) => `Scopes: ${list.join(", ")}`),
    ...known(reach, (places) => `Its account reaches: ${placesInWords(places)}`),
    ...known(lastUsedAt, (at) => `Last used: ${at}${from(lastUsedIps)}`),
    ...known(sighting.expiresAt, (day) => `Ends by itself: ${day}`),
    ...(declared === null
      ? [
          sighting.isMarked
            ? "Declared: by glsa, in a state that was not given"
            : "Declared: by no state that was given",
        ]
      : [
          `Declared: ${declared.token.address} in ${declared.state}`,
          `Delivered to: ${declared.token.destinations.join(", ") || "nowhere"}`,
        ]),
    ...known(others, (list) => `Other live tokens of the account: ${othersInWords(list)}`),
    ...sighting.foundAt.map((place) => `Found in: ${place}`),
    ...sighting.unseen,
  ];
}

function placesInWords(places: NonNullable<Sighting["reach"]>): string {
  const words = places.map(({ kind, path, role }) => `${kind} ${path} (${role ?? "another role"})`);
  return words.join(", ") || "nothing";
}

function from(ips: readonly string[] | null): string {
  return ips === null || ips.length === 0 ? "" : ` from ${ips.join(", ")}`;
}

function othersInWords(others: NonNullable<Sighting["others"]>): string {
  return others.map(({ tokenId, name }) => `${tokenId} (${name})`).join(", ") || "none";
}

const REVOCATIONS: Readonly<Record<Outcome["revocation"], string>> = {
  revoked: "revoked now",
  dead: "it was dead before",
  "by the apply": "revoked by the apply, after the next one was delivered",
  refused: "NOT REVOKED: none of the tokens at hand may revoke it",
};

const PROOFS: Readonly<Record<Outcome["proof"], string>> = {
  "value refused": "the value was tried, and GitLab returns 401",
  "shown revoked": "GitLab shows it as not active",
  "not proved": "NOT PROVED",
};

/** What happened, a line each. */
export function outcomeLines({ revocation, proof, others, replacement }: Outcome): string[] {
  return [
    `Done: ${REVOCATIONS[revocation]}`,
    `Proof: ${PROOFS[proof]}`,
    ...others.map(
      ({ tokenId, name, revocation: done }) => `Token ${tokenId} (${name}): ${REVOCATIONS[done]}`,
    ),
    ...(replacement === null ? [] : [replacementLine(replacement)]),
  ];
}

function replacementLine(replacement: NonNullable<Outcome["replacement"]>): string {
  const { address, tokenId, isAnother, destinations, stillHeld } = replacement;
  if (stillHeld.length > 0)
    return `STILL DELIVERED: ${stillHeld.join(", ")} holds the leaked value`;
  if (!isAnother) return `NOT REPLACED: ${address} has no other token yet`;
  return `Consumers: ${destinations.join(", ") || "none"} of ${address} hold token ${tokenId}`;
}

/** Whether the value is dead and every consumer that is declared here has another one. */
export function isOver({ proof, others, replacement }: Outcome): boolean {
  const isReplaced =
    replacement === null || (replacement.isAnother && replacement.stillHeld.length === 0);
  return (
    proof !== "not proved" && isReplaced && others.every((each) => each.revocation !== "refused")
  );
}

/** What is left for a person: a line each. */
export function leftToDo({ sighting, replacement }: Outcome, hasEngine: boolean): string[] {
  const { declared } = sighting;
  if (replacement !== null) return [];
  if (declared !== null) {
    return [
      `Consumers of ${declared.token.address} have no working token: apply ${declared.state}, for instance with glsa rotate.`,
    ];
  }
  if (sighting.isMarked) {
    return [
      "Another state declares it: apply that one. It finds the token revoked and creates the next.",
    ];
  }
  return sighting.state === "active" && hasEngine
    ? ["No code declares it: its users need another token."]
    : [];
}

export function verdictOf({ outcomes, failure }: Answer): string {
  const open = outcomes.filter((outcome) => !isOver(outcome)).length;
  if (failure !== null || open > 0) {
    const why = failure === null ? "" : ` ${failure}`;
    return `NOT OVER: ${open} of ${outcomes.length} leaked tokens are not done with.${why} Run it again once that is mended.`;
  }
  return `Over: ${outcomes.length === 1 ? "the token is" : `all ${outcomes.length} tokens are`} dead.`;
}
