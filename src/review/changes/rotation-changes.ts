import { DEFAULT_OVERLAP_DAYS, formatDays, isDeclaredReason, parseDays } from "../../model";
import type { TokenForm } from "../objects/forms";
import { inWords, isKnown, known, sameValue } from "../objects/values";
import type { Change, Effect } from "../review";
import type { Tell } from "./change";
import { revokesAtOnce } from "./revocation-changes";

export function isNewGeneration(before: TokenForm, after: TokenForm): boolean {
  return !sameValue(before.generation, after.generation);
}

/** The next token of a declaration, and what becomes of the present one. */
export function rotationChanges(
  before: TokenForm,
  after: TokenForm,
  effect: Effect,
  tell: Tell,
): Change[] {
  if (!isNewGeneration(before, after)) return [];
  const [first, ...others] = reasonsOf(after);
  const summary =
    first === undefined ? "a new token is made for what changed" : `rotates: ${first}`;
  return [
    tell("rotation", effect, summary, {
      from: tokenInWords(before),
      to: tokenInWords(after),
      details: [...others.map((reason) => `Also: ${reason}.`), ...datesOf(before, after)],
    }),
  ];
}

/** Without those that repeat a change of the declaration, which is reported by itself. */
function reasonsOf({ rotationReason, rotationReasons }: TokenForm): string[] {
  if (isKnown(rotationReasons)) {
    return rotationReasons
      .filter(({ code }) => !isDeclaredReason(known(code) ?? ""))
      .map(({ message }) => inWords(message));
  }
  // A plan of an earlier version, whose sentence says all of it at once.
  const text = known(rotationReason);
  if (text !== undefined) return [text];
  return rotationReason === null ? [] : ["the plan does not tell why"];
}

/** Whether a token is due, whatever else was written: a date came, it was found revoked, a run left something. */
export function isDue({ rotationReasons }: TokenForm): boolean {
  return (known(rotationReasons) ?? []).some(({ code }) => !isDeclaredReason(known(code) ?? ""));
}

function tokenInWords({ generation, expiresAt }: TokenForm): string {
  const number = isKnown(generation) ? `generation ${generation}` : "the next generation";
  if (expiresAt === null) return number;
  return isKnown(expiresAt) ? `${number}, expires on ${expiresAt}` : number;
}

function datesOf(before: TokenForm, after: TokenForm): string[] {
  const due = known(after.rotatesAt);
  return [
    fateOfOld(before, after),
    ...(due === undefined ? [] : [`The new one is due on ${due}.`]),
  ];
}

function fateOfOld(before: TokenForm, after: TokenForm): string {
  const old = `Token ${inWords(before.tokenId)}`;
  if (isKnown(before.status) && before.status !== "active") {
    return `${old} does not work any more: it is ${before.status}.`;
  }
  if (revokesAtOnce(before, after)) return `${old} is revoked in the same apply.`;
  const expiry = known(before.expiresAt);
  const end = expiry === undefined ? "" : `, but not after ${expiry}`;
  const overlap = overlapDays(after);
  if (overlap === undefined) return `${old} works on for an overlap${end}.`;
  return overlap === 0
    ? `${old} is revoked in the same apply, once it is quiet.`
    : `${old} works on for ${formatDays(overlap)} after the delivery${end}.`;
}

function overlapDays({ schedule }: TokenForm): number | undefined {
  if (schedule === null) return DEFAULT_OVERLAP_DAYS;
  const written = known(schedule)?.overlap ?? null;
  return isKnown(written) ? parseDays(written) : undefined;
}
