import { objectName } from "../changes/object-name";
import { roleInWords } from "../changes/roles";
import { previousOf } from "../changes/revocation-changes";
import type { PreviousForm, TokenForm } from "../objects/forms";
import type { PlannedMembership, PlannedToken } from "../objects/planned-object";
import { inWords, isKnown, known } from "../objects/values";
import type { CalendarEntry } from "./entry";

export type Dated = Pick<CalendarEntry, "date" | "kind" | "object" | "detail">;

export function tokenDates(token: PlannedToken): Dated[] {
  const form = token.after ?? token.before;
  if (form === null) return [];
  const object = objectName(token);
  return [
    ...rotation(form).map((each) => ({ ...each, object })),
    ...expiry(form).map((each) => ({ ...each, object })),
    ...replacedTokens(token)
      .flatMap((entry) => revocation(entry))
      .map((each) => ({ ...each, object })),
  ];
}

export function membershipDates(membership: PlannedMembership): Dated[] {
  const form = membership.after ?? membership.before;
  const date = form === null ? undefined : known(form.expiresAt);
  if (form === null || date === undefined || form.status === "expired") return [];
  const object = objectName(membership);
  return [{ date, kind: "access-expires", object, detail: `${roleInWords(form)} until then` }];
}

function rotation(form: TokenForm): Omit<Dated, "object">[] {
  const { rotatesAt, schedule } = form;
  if (!isKnown(rotatesAt)) return [];
  const every = isKnown(schedule) ? known(schedule.every) : undefined;
  const old = isKnown(form.tokenId) ? `token ${form.tokenId} is replaced` : "it is replaced";
  const detail = every === undefined ? old : `${old}, as every ${every}`;
  return [{ date: rotatesAt, kind: "rotates", detail }];
}

/** Of a token that no rotation replaces before. */
function expiry({ expiresAt, rotatesAt, status }: TokenForm): Omit<Dated, "object">[] {
  if (!isKnown(expiresAt) || status === "revoked") return [];
  if (isKnown(rotatesAt) && rotatesAt < expiresAt) return [];
  return [{ date: expiresAt, kind: "expires", detail: "it does not work from this day on" }];
}

/** Those after the plan, or where only the apply tells, those before it. */
function replacedTokens({ after, before }: PlannedToken): readonly PreviousForm[] {
  if (after !== null && isKnown(after.previous)) return previousOf(after);
  return before === null ? [] : previousOf(before);
}

function revocation({ tokenId, revokeAt, note }: PreviousForm): Omit<Dated, "object">[] {
  if (!isKnown(revokeAt)) return [];
  const why = known(note);
  const detail = `token ${inWords(tokenId)}, which is replaced${why === undefined ? "" : `: ${why}`}`;
  return [{ date: revokeAt.slice(0, 10), kind: "revoked", detail }];
}
