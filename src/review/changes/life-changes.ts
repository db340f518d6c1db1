import { formatDays, lifetimeOf, parseDays } from "../../model";
import type { Schedule, TokenForm } from "../objects/forms";
import { rotationPolicyOf } from "../objects/schedule";
import { inWords, isKnown, sameValue, type Told } from "../objects/values";
import type { Change } from "../review";
import type { Tell } from "./change";
import { compareEnds } from "./expiry";
import { fromTo, settingChanges } from "./settings";

/** How long a token lives, or how often it gives way to the next. */
export function lifeInWords(form: TokenForm): string {
  const { schedule, expiresAt } = form;
  if (isKnown(schedule)) return `rotates every ${inWords(schedule.every)}`;
  if (schedule !== null) return `rotates ${inWords(schedule)}`;
  return expiresAt === null ? "never expires" : `expires on ${inWords(expiresAt)}`;
}

/** Changes in the declaration of a token's life. The dates of a rotation follow from its schedule. */
export function lifeChanges(before: TokenForm, after: TokenForm, tell: Tell): Change[] {
  const words = { from: lifeInWords(before), to: lifeInWords(after) };
  if (before.schedule === null && after.schedule === null) {
    return longerOrShorter(compareEnds(before.expiresAt, after.expiresAt), words, tell);
  }
  if (isKnown(before.schedule) && isKnown(after.schedule)) {
    return scheduleChanges(before.schedule, after.schedule, tell);
  }
  if (before.schedule !== null && after.schedule !== null) {
    if (before.schedule === after.schedule) return [];
    return [tell("schedule-changed", "changes", "schedule changed", words)];
  }
  if (isEndless(before)) return longerOrShorter("earlier", words, tell);
  if (isEndless(after)) return longerOrShorter("later", words, tell);
  return [tell("schedule-changed", "changes", "schedule changed", words)];
}

function isEndless({ schedule, expiresAt }: TokenForm): boolean {
  return schedule === null && expiresAt === null;
}

function longerOrShorter(
  comparison: "same" | "later" | "earlier",
  words: { readonly from: string; readonly to: string },
  tell: Tell,
): Change[] {
  switch (comparison) {
    case "same":
      return [];
    case "later":
      return [tell("lifetime-lengthened", "gains", "lifetime lengthened", words)];
    case "earlier":
      return [tell("lifetime-shortened", "loses", "lifetime shortened", words)];
  }
}

function scheduleChanges(before: Schedule, after: Schedule, tell: Tell): Change[] {
  const told = (summary: string, from: Told<string>, to: Told<string>) =>
    sameDays(from, to) ? [] : [tell("schedule-changed", "changes", summary, fromTo(from, to))];
  return [
    ...told("rotates every", before.every, after.every),
    ...told("overlap of old and new token", before.overlap, after.overlap),
    ...lifetimeChanges(before, after, tell),
    ...settingChanges(before.others, after.others, tell, { kind: "schedule-changed" }),
  ];
}

function lifetimeChanges(before: Schedule, after: Schedule, tell: Tell): Change[] {
  if (sameDays(before.lifetime, after.lifetime)) return [];
  const words = { from: lifetimeInWords(before), to: lifetimeInWords(after) };
  const [from, to] = [lifetimeInDays(before), lifetimeInDays(after)];
  if (from === undefined || to === undefined || from === to) {
    return [tell("schedule-changed", "changes", "lifetime of each token", words)];
  }
  return longerOrShorter(to > from ? "later" : "earlier", words, tell);
}

function sameDays(left: Told<string>, right: Told<string>): boolean {
  if (sameValue(left, right)) return true;
  if (!isKnown(left) || !isKnown(right)) return false;
  const days = parseDays(left);
  return days !== undefined && days === parseDays(right);
}

function lifetimeInWords(schedule: Schedule): string {
  if (schedule.lifetime !== null && !isKnown(schedule.lifetime)) return inWords(schedule.lifetime);
  const days = lifetimeInDays(schedule);
  const words = days === undefined ? "as long as every and overlap ask for" : formatDays(days);
  return schedule.lifetime === null ? `${words} (default)` : words;
}

function lifetimeInDays(schedule: Schedule): number | undefined {
  const policy = rotationPolicyOf(schedule);
  return policy && lifetimeOf(policy, null);
}
