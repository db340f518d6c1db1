import { dayNumber } from "../../data/days";
import type { Estate } from "../../data/estate";
import { h } from "../dom";
import { hashOf, type Settings } from "../route";
import { count } from "../words";

interface Figure {
  readonly label: string;
  readonly number: number;
  readonly view: string;
  readonly settings?: Settings;
  readonly tone?: string;
}

const SOON = 30;

/** The figures that readers look for first, each a link to what it counts. */
export function summary(estate: Estate): HTMLElement {
  return h(
    "ul",
    { class: "figures" },
    figuresOf(estate).map(({ label, number, view, settings = {}, tone }) =>
      h(
        "li",
        { class: number > 0 && tone !== undefined ? tone : null },
        h("a", { href: hashOf(view, settings) }, h("strong", {}, count(number)), " ", label),
      ),
    ),
  );
}

function figuresOf(estate: Estate): Figure[] {
  const open = estate.findings.filter(({ status }) => status === "open");
  const bySeverity = (severity: string) => open.filter((each) => each.severity === severity).length;
  const live = estate.tokens.filter(({ state }) => state === "active");
  const soon = live.filter(
    ({ expiresAt }) => expiresAt !== null && isSoon(expiresAt, estate.today),
  );
  const findings = (severity: string) => ({ view: "findings", settings: { severity } });
  return [
    { label: "errors", number: bySeverity("error"), ...findings("error"), tone: "error" },
    { label: "warnings", number: bySeverity("warning"), ...findings("warning"), tone: "warning" },
    { label: "notes", number: bySeverity("note"), ...findings("note") },
    {
      label: "service accounts",
      number: estate.accounts.filter(({ kind }) => kind === "service_account").length,
      view: "accounts",
      settings: { class: "service account" },
    },
    {
      label: "agents",
      number: estate.accounts.filter(({ kind }) => kind === "agent").length,
      view: "accounts",
      settings: { class: "agent" },
    },
    { label: "live tokens", number: live.length, view: "tokens" },
    {
      label: `expire within ${SOON} days`,
      number: soon.length,
      view: "tokens",
      settings: { expiry: "within 30 days" },
    },
    {
      label: "never expire",
      number: live.filter(({ expiresAt }) => expiresAt === null).length,
      view: "tokens",
      settings: { expiry: "never" },
    },
    { label: "memberships", number: estate.memberships.length, view: "access" },
  ];
}

export function isSoon(day: string, today: string): boolean {
  return dayNumber(day) <= dayNumber(today) + SOON;
}
