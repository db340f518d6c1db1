import type { Estate } from "../../data/estate";
import type { AccountRow } from "../../data/estate-data";
import { roleInFull } from "../../data/roles";
import { accountText, remembered } from "../../data/search";
import { h, named, type Child } from "../dom";
import { List, type ListColumn } from "../list";
import type { Route } from "../route";
import { accountLink, badge, classOf, count, dayCell, stateBadge, stateOf } from "../words";
import { groupOf } from "./findings";
import type { View } from "./view";

/** What a row shows in addition to the account's own values, computed once. */
interface AccountFigures {
  readonly live: number;
  readonly tokens: number;
  readonly expiry: string | null;
  readonly lastUse: string | null;
  readonly memberships: number;
  readonly highest: { readonly role: string; readonly level: number } | null;
  readonly errors: number;
  readonly warnings: number;
}

export function accountsView(estate: Estate, route: Route): View {
  const list = new List<AccountRow>(
    {
      view: "accounts",
      caption: "Accounts",
      noun: "account",
      rows: estate.accounts,
      searched: searchedIn(estate),
      searchLabel: "Search accounts",
      filters: [
        { id: "class", label: "Class", valueOf: classOf },
        { id: "state", label: "State", valueOf: stateOf },
        { id: "group", label: "Group", valueOf: groupOf },
      ],
      columns: columnsOf(estate),
      initialSort: "account",
      before: agentNote(estate),
    },
    route,
  );
  return {
    title: "Accounts",
    element: list.element,
    drawWhole: (isWhole) => list.drawWhole(isWhole),
  };
}

/** Texts of an estate are created once, however often its views are left and opened again. */
const texts = new WeakMap<Estate, (account: AccountRow) => string>();

export function searchedIn(estate: Estate): (account: AccountRow) => string {
  const known = texts.get(estate) ?? remembered(accountText(estate));
  texts.set(estate, known);
  return known;
}

function agentNote(estate: Estate): Child {
  if (!estate.accounts.some(({ kind }) => kind === "agent")) return null;
  return h(
    "p",
    { class: "note" },
    badge("agent", "agent"),
    " is an account that is named as GitLab names those of its own agents. Any account can be given such a name, so it is held to every rule.",
  );
}

function columnsOf(estate: Estate): ListColumn<AccountRow>[] {
  return [
    {
      id: "account",
      title: "Account",
      cell: accountCell,
      order: ({ username }) => username,
      isRowHeader: true,
    },
    { id: "state", title: "State", cell: stateBadge, order: stateOf },
    {
      id: "owner",
      title: "Owner",
      cell: ({ owner }) => named(owner ?? "not told"),
      order: ({ owner }) => owner,
    },
    ...figureColumns(estate),
  ];
}

/** Counts and dates of what belongs to an account. */
function figureColumns(estate: Estate): ListColumn<AccountRow>[] {
  const figures = new Map(estate.accounts.map((each) => [each, figuresOf(each, estate)]));
  const of = (account: AccountRow) => figures.get(account) as AccountFigures;
  return [
    {
      id: "findings",
      title: "Findings",
      cell: (account) => findingsCell(of(account)),
      order: (account) => of(account).errors * 10_000 + of(account).warnings,
      isNumber: true,
    },
    {
      id: "live",
      title: "Live tokens",
      cell: (account) => tokensCell(account, of(account)),
      order: (account) => of(account).live,
      isNumber: true,
    },
    {
      id: "expiry",
      title: "Next expiry",
      cell: (account) => dayCell(of(account).expiry, estate, of(account).live > 0 ? "never" : "–"),
      order: (account) => of(account).expiry,
    },
    {
      id: "used",
      title: "Last used",
      cell: (account) =>
        dayCell(of(account).lastUse, estate, of(account).tokens > 0 ? "never" : "–"),
      order: (account) => of(account).lastUse,
    },
    {
      id: "memberships",
      title: "Memberships",
      cell: (account) => count(of(account).memberships),
      order: (account) => of(account).memberships,
      isNumber: true,
    },
    {
      id: "role",
      title: "Highest role",
      cell: (account) => roleInFull(of(account).highest?.role ?? "–"),
      order: (account) => of(account).highest?.level ?? null,
    },
  ];
}

function accountCell(account: AccountRow): Child {
  return [
    accountLink(account),
    account.kind === "agent" ? [" ", badge("agent", "agent")] : null,
    h("div", { class: "below" }, named(account.name)),
  ];
}

function findingsCell({ errors, warnings }: AccountFigures): Child {
  if (errors + warnings === 0) return h("span", { class: "faint" }, "–");
  return [
    errors === 0 ? null : badge(`${errors} error${errors === 1 ? "" : "s"}`, "error"),
    " ",
    warnings === 0 ? null : badge(`${warnings} warning${warnings === 1 ? "" : "s"}`, "warning"),
  ];
}

function tokensCell({ tokensSeen }: AccountRow, { live, tokens }: AccountFigures): Child {
  if (!tokensSeen) return badge("not seen", "state");
  return [String(live), " ", h("span", { class: "faint" }, `of ${tokens}`)];
}

function figuresOf({ id }: AccountRow, estate: Estate): AccountFigures {
  const tokens = estate.tokensOf(id);
  const live = tokens.filter(({ state }) => state === "active");
  const memberships = estate.membershipsOf(id);
  const open = estate.findingsOf(id).filter(({ status }) => status === "open");
  const highest = memberships.reduce<AccountFigures["highest"]>(
    (best, { role, level }) => (best === null || level > best.level ? { role, level } : best),
    null,
  );
  return {
    live: live.length,
    tokens: tokens.length,
    expiry: earliest(live.map(({ expiresAt }) => expiresAt)),
    lastUse: latest(tokens.map(({ lastUsedAt }) => lastUsedAt)),
    memberships: memberships.length,
    highest,
    errors: open.filter(({ severity }) => severity === "error").length,
    warnings: open.filter(({ severity }) => severity === "warning").length,
  };
}

function earliest(days: readonly (string | null)[]): string | null {
  return days.reduce(
    (first, day) => (first === null || (day !== null && day < first) ? day : first),
    null,
  );
}

function latest(moments: readonly (string | null)[]): string | null {
  return moments.reduce(
    (last, each) => (last === null || (each !== null && each > last) ? each : last),
    null,
  );
}
