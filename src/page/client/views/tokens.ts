import { dayNumber } from "../../data/days";
import type { Estate } from "../../data/estate";
import { lanesOf, type Lane } from "../../data/lanes";
import { joined, remembered } from "../../data/search";
import { h, named, svg, type Child } from "../dom";
import { List, type ListColumn } from "../list";
import type { Route } from "../route";
import { axis, laneChart, rangeAround, type Range } from "../time-line";
import { accountLink, badge, dayCell, generationInWords } from "../words";
import { isSoon } from "./summary";
import type { View } from "./view";

/** The generations of tokens beside each other, those with the next event first. */
export function tokensView(estate: Estate, route: Route): View {
  const span = h(
    "select",
    {},
    Object.entries(SPANS).map(([value, words]) => h("option", { value }, words)),
  );
  span.value = route.settings["span"] ?? FIRST_SPAN;
  if (span.selectedIndex === -1) span.value = FIRST_SPAN;
  const list = new List<Lane>(
    {
      view: "tokens",
      caption: "Time line of tokens",
      noun: "time line",
      rows: lanesOf(estate.tokens),
      searched: remembered((lane) => laneText(lane, estate)),
      searchLabel: "Search tokens and accounts",
      filters: [
        { id: "alive", label: "Alive", valueOf: aliveOf, values: ["one", "several", "none"] },
        {
          id: "expiry",
          label: "Expiry",
          valueOf: (lane) => expiryOf(lane, estate),
          values: ["within 30 days", "later", "never", "over"],
        },
      ],
      columns: columnsOf(estate, () => rangeOf(span.value, estate)),
      controls: h("label", {}, h("span", {}, "Shown"), span),
      before: legend(),
    },
    route,
  );
  span.addEventListener("change", () => list.change({ span: span.value }));
  return {
    title: "Tokens",
    element: list.element,
    drawWhole: (isWhole) => list.drawWhole(isWhole),
  };
}

const FIRST_SPAN = "quarter";
const SPANS: Readonly<Record<string, string>> = {
  quarter: "45 days back, 90 ahead",
  year: "half a year back, a year ahead",
  all: "everything",
};

function rangeOf(span: string, { today, tokens }: Estate): Range {
  if (span === "quarter") return rangeAround(today, 45, 90);
  if (span !== "all") return rangeAround(today, 183, 366);
  const now = dayNumber(today);
  const first = tokens.reduce((day, { createdAt }) => Math.min(day, dayNumber(createdAt)), now);
  const last = tokens.reduce(
    (day, { expiresAt }) => (expiresAt === null ? day : Math.max(day, dayNumber(expiresAt))),
    now,
  );
  return rangeAround(today, now - first + 10, last - now + 10);
}

function columnsOf(estate: Estate, range: () => Range): ListColumn<Lane>[] {
  return [
    {
      id: "account",
      title: "Account",
      cell: ({ userId }) => ownerCell(userId, estate),
      order: ({ userId }) => estate.account(userId)?.username ?? "",
    },
    {
      id: "token",
      title: "Token",
      cell: laneCell,
      order: ({ name }) => name,
      isRowHeader: true,
    },
    {
      id: "next",
      title: "Next",
      cell: ({ next, live }) =>
        next === null
          ? h("span", { class: "faint" }, live === 0 ? "over" : "never expires")
          : [`${next.kind} `, dayCell(next.day, estate, "")],
      order: ({ next, live }) => next?.day ?? (live > 0 ? "9999" : null),
    },
    {
      id: "line",
      title: "Generations",
      cell: (lane) => laneChart(lane, range()),
      head: () => axis(range()),
      wide: true,
    },
  ];
}

function ownerCell(userId: number, estate: Estate): Child {
  const account = estate.account(userId);
  return account === undefined ? `user ${userId}` : accountLink(account);
}

function laneCell({ name, key, tokens, live }: Lane): Child {
  const newest = tokens.at(-1);
  return [
    named(name),
    " ",
    live > 1 ? badge(`${live} live`, "status") : null,
    h(
      "div",
      { class: "below" },
      key === null ? "not made by glsa" : generationInWords(newest?.generation ?? null),
    ),
  ];
}

function laneText({ userId, name, key, tokens }: Lane, estate: Estate): string {
  const account = estate.account(userId);
  const ids = tokens.map(({ id }) => String(id));
  return joined([name, key, account?.username ?? null, account?.name ?? null, ...ids]);
}

function aliveOf({ live }: Lane): string {
  return live === 0 ? "none" : live === 1 ? "one" : "several";
}

function expiryOf({ tokens }: Lane, { today }: Estate): string {
  const live = tokens.filter(({ state }) => state === "active");
  const first = live.flatMap(({ expiresAt }) => expiresAt ?? []).sort()[0];
  if (first !== undefined) return isSoon(first, today) ? "within 30 days" : "later";
  return live.length === 0 ? "over" : "never";
}

/** Drawn with the same shapes as the lanes. */
export function legend(): HTMLElement {
  const item = (shape: SVGElement, words: string) =>
    h(
      "li",
      {},
      svg("svg", { class: "lane", width: 22, height: 14, "aria-hidden": "true" }, shape),
      words,
    );
  const bar = (kind: string) =>
    svg("rect", { class: `bar ${kind}`, x: 1, y: 3, width: 20, height: 9, rx: 2 });
  const mark = (kind: string, d: string) => svg("path", { class: `mark ${kind}`, d });
  return h(
    "ul",
    { class: "legend" },
    item(bar("active"), "active"),
    item(bar("expired"), "expired"),
    item(
      bar("revoked open"),
      "revoked; GitLab does not return the day, so its last use or its replacement is drawn",
    ),
    item(mark("rotates", "M11 3 L15.5 7.5 L11 12 L6.5 7.5 Z"), "rotation due"),
    item(mark("revoked", "M7.5 4 L14.5 11 M14.5 4 L7.5 11"), "old one revoked"),
    item(mark("expires", "M11 1 V14"), "expires"),
    item(svg("line", { class: "today", x1: 11, x2: 11, y1: 0, y2: 14 }), "today"),
  );
}
