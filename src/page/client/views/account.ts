import type { Estate } from "../../data/estate";
import type {
  AccountRow,
  FindingRow,
  GapRow,
  MembershipRow,
  SharedAccessRow,
  TokenRow,
  VariableRow,
} from "../../data/estate-data";
import { dayNumber } from "../../data/days";
import { lanesOf, type Lane } from "../../data/lanes";
import { roleInFull } from "../../data/roles";
import { h, named, spoken, type Child } from "../dom";
import { scrollable, stackedTable } from "../list";
import { axis, laneChart, rangeAround, type Range } from "../time-line";
import {
  badge,
  classOf,
  counted,
  dayCell,
  generationInWords,
  momentCell,
  severityBadge,
  stateBadge,
} from "../words";
import { findingCell } from "./findings";
import { legend } from "./tokens";
import type { View } from "./view";

/** Everything about one account. */
export function accountView(estate: Estate, id: number): View {
  const account = estate.account(id);
  if (account === undefined) {
    const element = h(
      "p",
      {},
      "This picture holds no account of that number. ",
      h("a", { href: "#accounts" }, "All accounts"),
    );
    return { title: "Unknown account", element };
  }
  const element = h(
    "article",
    { class: "card" },
    facts(account, estate),
    findingsPart(estate.findingsOf(id)),
    gapsPart(account, estate.gapsOf(id)),
    tokensPart(account, estate),
    membershipsPart(estate.membershipsOf(id), estate),
    sharedAccessPart(estate.sharedAccessOf(id), estate),
    variablesPart(estate.variablesOf(id), estate),
  );
  return { title: account.username, element };
}

function facts(account: AccountRow, estate: Estate): HTMLElement {
  const { id, name, email, owner, createdAt, isDeletionPending, isForeign } = account;
  const items: readonly (readonly [string, Child])[] = [
    ["Name", named(name)],
    [
      "Class",
      account.kind === "agent" ? [badge("agent", "agent"), " by its name alone"] : classOf(account),
    ],
    ["State", stateBadge(account)],
    ["Deletion", isDeletionPending === null ? "not told" : isDeletionPending ? "pending" : "no"],
    ["User number", String(id)],
    ["E-mail address", email === null ? "not told" : named(email)],
    [
      "Owner",
      owner === null ? "not told" : [named(owner), isForeign ? ", outside of the scope" : ""],
    ],
    ["Created", momentCell(createdAt, "not told")],
    ["On GitLab", profileLink(account, estate)],
  ];
  return h(
    "dl",
    { class: "facts" },
    items.map(([term, value]) => h("div", {}, h("dt", {}, term), h("dd", {}, value))),
  );
}

function profileLink({ username }: AccountRow, { instanceUrl }: Estate): Child {
  if (instanceUrl === null) return "–";
  const href = `${instanceUrl.replace(/\/+$/, "")}/${encodeURIComponent(username)}`;
  return h(
    "a",
    { href, rel: "noreferrer noopener", target: "_blank" },
    "profile",
    spoken(" (in a new window)"),
  );
}

function findingsPart(findings: readonly FindingRow[]): Child {
  return part("Findings", findings, "Nothing was found.", [
    [
      "Severity",
      ({ severity, status }) => [
        severityBadge(severity),
        status === "open" ? null : [" ", badge(status, "status")],
      ],
    ],
    ["Object", ({ object }) => named(object)],
    ["What was found, and what to do", findingCell],
    ["Kind", ({ code }) => h("code", {}, code)],
  ]);
}

function gapsPart({ tokensSeen }: AccountRow, gaps: readonly GapRow[]): Child {
  if (tokensSeen && gaps.length === 0) return null;
  return h(
    "section",
    { class: "incomplete" },
    h("h3", {}, "Not seen"),
    tokensSeen ? null : h("p", {}, "The tokens of this account were not listed. It may have any."),
    h(
      "ul",
      {},
      gaps.map(({ hides, reason, remedy }) =>
        h(
          "li",
          {},
          h("strong", {}, hides),
          ": ",
          named(reason),
          " ",
          h("span", { class: "remedy" }, named(remedy)),
        ),
      ),
    ),
  );
}

function tokensPart(account: AccountRow, estate: Estate): Child {
  const tokens = estate.tokensOf(account.id);
  const columns: Columns<TokenRow> = [
    [
      "Token",
      ({ name, id, description }) => [
        named(name),
        h(
          "div",
          { class: "below" },
          `token ${id}`,
          description === null ? null : [", ", named(description)],
        ),
      ],
    ],
    ["State", ({ state }) => badge(state, state)],
    [
      "Scopes",
      ({ scopes, isGranular, permissions }) => [
        named(scopes),
        isGranular ? [" ", badge("granular", "status")] : null,
        permissions === null ? null : h("div", { class: "below" }, named(permissions)),
      ],
    ],
    ["Created", ({ createdAt }) => momentCell(createdAt, "not told")],
    ["Expires", ({ expiresAt }) => dayCell(expiresAt, estate, "never")],
    [
      "Last used",
      ({ lastUsedAt, ips }) => [
        momentCell(lastUsedAt, "never"),
        ips === null ? null : h("div", { class: "below" }, named(ips)),
      ],
    ],
    ["Planned", ({ rotatesOn, revokesOn }) => planned(rotatesOn, revokesOn, estate)],
    ["glsa's marker", ({ key, generation, origin }) => markerCell(key, generation, origin)],
  ];
  const none = account.tokensSeen ? "It has none." : "None was seen.";
  return [
    part("Tokens", tokens, none, columns),
    tokens.length === 0 ? null : timeLine(tokens, estate),
  ];
}

function planned(rotatesOn: string | null, revokesOn: string | null, estate: Estate): Child {
  if (rotatesOn === null && revokesOn === null) return h("span", { class: "faint" }, "–");
  return [
    rotatesOn === null ? null : h("div", {}, "rotates ", dayCell(rotatesOn, estate, "")),
    revokesOn === null ? null : h("div", {}, "is revoked ", dayCell(revokesOn, estate, "")),
  ];
}

function markerCell(key: string | null, generation: number | null, origin: string | null): Child {
  if (key === null || generation === null) return h("span", { class: "faint" }, "none");
  return [
    generationInWords(generation),
    h(
      "div",
      { class: "below" },
      h("code", {}, key),
      origin === null ? null : [" from ", h("code", {}, origin)],
    ),
  ];
}

function timeLine(tokens: readonly TokenRow[], estate: Estate): HTMLElement {
  const range = wholeRange(tokens, estate.today);
  const lanes = lanesOf(tokens);
  return h(
    "section",
    {},
    h("h3", {}, "Time line"),
    legend(),
    scrollable(
      "Time line",
      h(
        "table",
        { class: "lanes" },
        h("caption", {}, spoken("Time line of the account's tokens")),
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            h("th", { scope: "col" }, "Token"),
            h("th", { scope: "col" }, spoken("Generations"), axis(range)),
          ),
        ),
        h(
          "tbody",
          {},
          lanes.map((lane) => laneRow(lane, range)),
        ),
      ),
    ),
  );
}

function laneRow(lane: Lane, range: Range): HTMLElement {
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, named(lane.name)),
    h("td", { class: "wide" }, laneChart(lane, range)),
  );
}

/** From the oldest to the last end, at most some years of it. */
function wholeRange(tokens: readonly TokenRow[], today: string): Range {
  const now = dayNumber(today);
  const first = Math.min(now - 30, ...tokens.map(({ createdAt }) => dayNumber(createdAt)));
  const last = Math.max(
    now + 30,
    ...tokens.flatMap(({ expiresAt }) => (expiresAt === null ? [] : dayNumber(expiresAt))),
  );
  return rangeAround(
    today,
    Math.min(now - first + 5, MOST_DAYS),
    Math.min(last - now + 15, MOST_DAYS),
  );
}

const MOST_DAYS = 1500;

function membershipsPart(memberships: readonly MembershipRow[], estate: Estate): Child {
  return part("Memberships", memberships, "None was seen.", [
    [
      "Group or project",
      ({ container }) => [
        named(estate.pathOf(container)),
        h("span", { class: "faint" }, ` ${container}`),
      ],
    ],
    [
      "Role",
      ({ role, customRole }) => [
        roleInFull(role),
        customRole === null ? null : [" with ", named(customRole)],
      ],
    ],
    [
      "Inherits",
      ({ inheritedRole, inheritedFrom }) => inheritedCell(inheritedRole, inheritedFrom, estate),
    ],
    ["Since", ({ createdAt }) => momentCell(createdAt, "not told")],
    ["Ends", ({ expiresAt }) => dayCell(expiresAt, estate, "never")],
  ]);
}

function sharedAccessPart(access: readonly SharedAccessRow[], estate: Estate): Child {
  if (access.length === 0) return null;
  const placed = (ref: string) => named(estate.pathOf(ref));
  return part("Access through invited groups", access, "", [
    ["Group or project", ({ container }) => placed(container)],
    ["Role", ({ role }) => roleInFull(role)],
    ["Invited group", ({ through }) => placed(through)],
    ["Member of", ({ memberOf }) => placed(memberOf)],
    ["Ends", ({ expiresAt }) => dayCell(expiresAt, estate, "never")],
  ]);
}

function inheritedCell(role: string | null, from: string | null, estate: Estate): Child {
  if (role === null) return h("span", { class: "faint" }, "no more than that");
  return [roleInFull(role), " from ", named(from === null ? "a group above" : estate.pathOf(from))];
}

function variablesPart(variables: readonly VariableRow[], estate: Estate): Child {
  return part("Delivered variables", variables, "None was seen.", [
    ["Variable", ({ key }) => h("code", {}, named(key))],
    ["Group or project", ({ container }) => named(estate.pathOf(container))],
    ["Environment", ({ environment }) => named(environment)],
    ["Settings", ({ settings }) => settings],
    ["Holds", ({ tokenId, generation }) => `token ${tokenId}, generation ${generation}`],
  ]);
}

type Columns<T> = readonly (readonly [title: string, cell: (row: T) => Child])[];

/** A part of the card: a heading with a count, and a table if there is anything. */
function part<T>(
  title: string,
  rows: readonly T[],
  none: string,
  columns: Columns<T>,
): HTMLElement {
  if (rows.length === 0)
    return h("section", {}, h("h3", {}, title), h("p", { class: "faint" }, none));
  return h(
    "section",
    {},
    h("h3", {}, title, " ", h("span", { class: "faint" }, String(rows.length))),
    scrollable(title, table(title, rows, columns)),
  );
}

export function table<T>(title: string, rows: readonly T[], columns: Columns<T>): HTMLElement {
  return stackedTable(
    `${title}: ${counted(rows.length, "row")}`,
    columns.map(([name]) => h("th", { scope: "col" }, name)),
    rows.map((row) =>
      h(
        "tr",
        { role: "row" },
        columns.map(([name, cell]) =>
          h("td", { role: "cell", "data-title": name }, h("div", {}, cell(row))),
        ),
      ),
    ),
  );
}
