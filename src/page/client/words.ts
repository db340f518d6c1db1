import { distance, minute } from "../data/days";
import type { Estate } from "../data/estate";
import type { AccountRow } from "../data/estate-data";
import { h, named, type Child } from "./dom";
import { hashOf } from "./route";

export function accountLink({ id, username }: Pick<AccountRow, "id" | "username">): HTMLElement {
  return h("a", { href: hashOf(`account/${id}`) }, named(username));
}

export function classOf({ kind }: AccountRow): string {
  return kind === "agent" ? "agent" : "service account";
}

/** Only what GitLab returns. If that is less than expected, the text says so. */
export function stateOf({ state, isDeletionPending }: AccountRow): string {
  if (isDeletionPending === true) return "deletion pending";
  return state ?? "not told";
}

export function stateBadge(account: AccountRow): Child {
  const state = stateOf(account);
  return state === "active" ? state : badge(state, "state");
}

export function badge(text: string, kind: string): HTMLElement {
  return h("span", { class: `badge ${kind}` }, text);
}

export function severityBadge(severity: string): HTMLElement {
  return badge(severity, severity);
}

/** A day, and how far it is from today. */
export function dayCell(day: string | null, estate: Estate, otherwise: string): Child {
  if (day === null) return h("span", { class: "faint" }, otherwise);
  return [
    h("time", { datetime: day }, day.slice(0, 10)),
    " ",
    h("span", { class: "faint" }, distance(day, estate.today)),
  ];
}

export function momentCell(moment: string | null, otherwise: string): Child {
  if (moment === null) return h("span", { class: "faint" }, otherwise);
  return h("time", { datetime: moment }, minute(moment));
}

/** An ephemeral token has no successor. */
export function generationInWords(generation: number | null): string {
  return generation === 0 ? "of one run" : `generation ${generation ?? "not told"}`;
}

export function count(number: number): string {
  return number.toLocaleString("en");
}

/** `1 token`, `2 tokens`. */
export function counted(number: number, noun: string): string {
  return `${count(number)} ${noun}${number === 1 ? "" : "s"}`;
}
