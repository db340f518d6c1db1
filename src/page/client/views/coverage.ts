import type { Estate } from "../../data/estate";
import type { GapRow } from "../../data/estate-data";
import { joined, remembered } from "../../data/search";
import { h, named, type Child } from "../dom";
import { List, scrollable, type ListColumn } from "../list";
import type { Route } from "../route";
import { accountLink, count } from "../words";
import { table } from "./account";
import type { View } from "./view";

const searched = remembered(({ hides, where, reason, route }: GapRow) =>
  joined([hides, where, reason, route]),
);

/** How the picture was made, and what is missing from it. */
export function coverageView(estate: Estate, route: Route): View {
  const list = new List<GapRow>(
    {
      view: "coverage",
      caption: "What is not in this picture",
      noun: "gap",
      rows: estate.gaps,
      searched,
      searchLabel: "Search gaps",
      filters: [
        { id: "cause", label: "Cause", valueOf: causeOf },
        { id: "hides", label: "Not known", valueOf: ({ hides }) => hides },
      ],
      columns: columnsOf(estate),
    },
    route,
  );
  const element = h(
    "div",
    {},
    h("h3", {}, "What is not in this picture"),
    estate.gaps.length === 0 ? h("p", {}, "Nothing is missing.") : list.element,
    requests(estate),
  );
  return { title: "Coverage", element, drawWhole: (isWhole) => list.drawWhole(isWhole) };
}

function causeOf({ isExpected }: GapRow): string {
  return isExpected ? "by scope or token" : "could not be seen";
}

function columnsOf(estate: Estate): ListColumn<GapRow>[] {
  return [
    { id: "hides", title: "Not known", cell: ({ hides }) => hides, order: ({ hides }) => hides },
    {
      id: "where",
      title: "Where",
      cell: (gap) => placeCell(gap, estate),
      order: ({ where }) => where,
      isRowHeader: true,
    },
    { id: "cause", title: "Cause", cell: causeOf, order: causeOf },
    {
      id: "reason",
      title: "Why, and how to see it",
      cell: ({ reason, remedy }) => [
        h("div", {}, named(reason)),
        h("div", { class: "remedy" }, named(remedy)),
      ],
      wide: true,
    },
    { id: "route", title: "Request", cell: routeCell, order: ({ route }) => route },
  ];
}

function placeCell({ where, userId }: GapRow, estate: Estate): Child {
  const account = userId === null ? undefined : estate.account(userId);
  return account === undefined ? named(where) : ["account ", accountLink(account)];
}

function routeCell({ route, status }: GapRow): Child {
  if (route === null) return "–";
  return [h("code", {}, named(route)), status === null ? null : `, status ${status}`];
}

function requests(estate: Estate): HTMLElement {
  const rows = table("Requests", estate.requests, [
    ["Method", ({ method }) => method],
    ["Route", ({ route }) => h("code", {}, named(route))],
    ["Sent", (row) => count(row.count)],
  ]);
  return h("section", {}, h("h3", {}, "Requests that made it"), scrollable("Requests", rows));
}
