import { addDays, formatDays, isUtcDate, type UtcDate } from "../../model";
import { objectName } from "../changes/object-name";
import type { PlannedToken } from "../objects/planned-object";
import { isKnown } from "../objects/values";
import type { CalendarOptions, CalendarWarning } from "./entry";

export interface Horizon extends CalendarOptions {
  readonly last: UtcDate;
}

/** Where the schedule of a token cannot meet its expiry. At most one for a token. */
export function tokenWarnings(
  token: PlannedToken,
  horizon: Horizon,
): Pick<CalendarWarning, "object" | "text">[] {
  const form = token.after ?? token.before;
  if (form === null || !isKnown(form.expiresAt) || !isUtcDate(form.expiresAt)) return [];
  const { expiresAt, rotatesAt } = form;
  const isDated = isKnown(rotatesAt) && isUtcDate(rotatesAt);
  const text = isDated
    ? rotationWarning(rotatesAt, expiresAt, horizon)
    : form.schedule === null
      ? expiryWarning(expiresAt, horizon)
      : undefined;
  return text === undefined ? [] : [{ object: objectName(token), text }];
}

function rotationWarning(rotatesAt: UtcDate, expiresAt: UtcDate, { today, every }: Horizon) {
  if (expiresAt <= today) {
    return `It expired on ${expiresAt}; the next apply makes a new one. Find out why no run did so from ${rotatesAt} on.`;
  }
  if (rotatesAt >= expiresAt) {
    return `It is due on ${rotatesAt}, and expires on ${expiresAt} already. Rotate more often, or leave lifetime out.`;
  }
  if (every === undefined) return undefined;
  const due = rotatesAt < today ? today : rotatesAt;
  const latest = addDays(due, every - 1);
  if (latest < expiresAt) return undefined;
  return (
    `It is due from ${due} on and expires on ${expiresAt}, so that with a run every ${formatDays(every)} ` +
    `the next run may come as late as ${latest}. Let runs follow each other sooner.`
  );
}

function expiryWarning(expiresAt: UtcDate, { today, last }: Horizon) {
  if (expiresAt <= today) {
    return `It expired on ${expiresAt}, and nothing replaces it. Write a later expires_at, or let it rotate.`;
  }
  if (expiresAt > last) return undefined;
  return `It expires on ${expiresAt}, and nothing replaces it. Write a later expires_at before that, or let it rotate.`;
}
