import type { Estate } from "../../data/estate";
import type { FindingRow } from "../../data/estate-data";
import { findingText, remembered } from "../../data/search";
import { h, named, type Child } from "../dom";
import { List, type ListColumn } from "../list";
import type { Route } from "../route";
import { accountLink, badge, severityBadge } from "../words";
import { summary } from "./summary";
import type { View } from "./view";

const SEVERITIES = ["error", "warning", "note"];
const STATUSES = ["open", "accepted", "excepted", "ignored"];

const searched = remembered(findingText);

/** The findings, most severe first. */
export function findingsView(estate: Estate, route: Route): View {
  const list = new List<FindingRow>(
    {
      view: "findings",
      caption: "Findings, worst first",
      noun: "finding",
      rows: estate.findings,
      searched,
      searchLabel: "Search findings",
      filters: [
        {
          id: "severity",
          label: "Severity",
          valueOf: ({ severity }) => severity,
          values: SEVERITIES,
        },
        { id: "kind", label: "Kind", valueOf: ({ code }) => code },
        { id: "group", label: "Group", valueOf: groupOf },
        {
          id: "status",
          label: "Status",
          valueOf: ({ status }) => status,
          values: STATUSES,
          initial: "open",
        },
      ],
      columns: columnsOf(estate),
      initialSort: "severity",
    },
    route,
  );
  const element = h("div", {}, summary(estate), list.element);
  return { title: "Findings", element, drawWhole: (isWhole) => list.drawWhole(isWhole) };
}

export function groupOf({ group }: { readonly group: string | null }): string {
  return group ?? "not told";
}

function columnsOf(estate: Estate): ListColumn<FindingRow>[] {
  return [
    {
      id: "severity",
      title: "Severity",
      cell: ({ severity, status }) => [
        severityBadge(severity),
        status === "open" ? null : [" ", badge(status, "status")],
      ],
      order: ({ severity }) => SEVERITIES.indexOf(severity),
    },
    {
      id: "object",
      title: "Object",
      cell: (finding) => objectCell(finding, estate),
      order: ({ object }) => object,
      isRowHeader: true,
    },
    { id: "reason", title: "What was found, and what to do", cell: findingCell, wide: true },
    {
      id: "kind",
      title: "Kind",
      cell: ({ code }) => h("code", {}, code),
      order: ({ code }) => code,
    },
    { id: "group", title: "Group", cell: (row) => named(groupOf(row)), order: groupOf },
  ];
}

function objectCell({ object, userId, container }: FindingRow, estate: Estate): Child {
  const account = userId === null ? undefined : estate.account(userId);
  const isNamed = account !== undefined && object.endsWith(` ${account.username}`);
  const label = isNamed ? object.slice(0, -account.username.length) : object;
  return [
    h("div", {}, named(label), isNamed ? accountLink(account) : null),
    account === undefined || isNamed
      ? null
      : h("div", { class: "below" }, "account ", accountLink(account)),
    container === null ? null : h("div", { class: "below" }, "in ", named(container)),
  ];
}

export function findingCell({ reason, remedy, declared, waiver }: FindingRow): Child {
  return [
    h("div", {}, named(reason)),
    h("div", { class: "remedy" }, named(remedy)),
    waiver === null ? null : h("div", { class: "below" }, "Why it does not count: ", named(waiver)),
    declared === ""
      ? null
      : h("div", { class: "below" }, "Declared as ", declared.split("\n").map(declaration)),
  ];
}

function declaration(line: string, index: number): Child {
  return [index === 0 ? null : ", ", h("code", {}, named(line))];
}
