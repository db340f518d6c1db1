import { AccountAccess, containersOf, type Access } from "../../data/access";
import type { Estate } from "../../data/estate";
import { compare } from "../../data/lanes";
import type { AccountRow, ContainerRow } from "../../data/estate-data";
import { roleInFull, roleInShort, ROLE_LEGEND } from "../../data/roles";
import { h, named, spoken, type Child } from "../dom";
import { focusPager, List, scrollable } from "../list";
import type { Route } from "../route";
import { accountLink, badge, classOf, count } from "../words";
import { searchedIn } from "./accounts";
import { groupOf } from "./findings";
import type { View } from "./view";

const COLUMNS = 24;
const PRINTED_ROWS = 200;
/** As many as fit on a sheet. */
const PRINTED_COLUMNS = 10;
const UNSEEN = "not seen";
const NO_MEMBERSHIPS = "has no membership";

/** The access of each account. */
export function accessView(estate: Estate, route: Route): View {
  const columns = columnsSelect(estate, route.settings["columns"] ?? "");
  const matrix = new Matrix(estate, () => columns.value);
  const list = new List<AccountRow>(
    {
      view: "access",
      caption: "Roles of accounts in groups and projects",
      noun: "account",
      rows: byGroup(estate.accounts),
      searched: searchedIn(estate),
      searchLabel: "Search accounts, groups and projects",
      filters: [
        { id: "class", label: "Class", valueOf: classOf },
        { id: "group", label: "Group of the account", valueOf: groupOf },
        {
          id: "members",
          label: "Memberships",
          valueOf: ({ id }) =>
            estate.membershipsOf(id).length === 0 ? NO_MEMBERSHIPS : "is a member",
          initial: "is a member",
        },
      ],
      controls: h("label", {}, h("span", {}, "Columns"), columns),
      columns: [],
      before: legend(),
      printedSize: PRINTED_ROWS,
      drawn: (accounts) => matrix.drawn(accounts),
    },
    route,
  );
  columns.addEventListener("change", () => list.change({ columns: columns.value }));
  return {
    title: "Access",
    element: list.element,
    drawWhole: (isWhole) => {
      matrix.isWhole = isWhole;
      list.drawWhole(isWhole);
    },
  };
}

/** Accounts down, groups and projects across. */
class Matrix {
  isWhole = false;
  private first = 0;
  private readonly element = h("div");
  private accounts: readonly AccountRow[] = [];

  constructor(
    private readonly estate: Estate,
    /** The top-level group whose containers are shown. Empty for all. */
    private readonly group: () => string,
  ) {}

  drawn(accounts: readonly AccountRow[]): HTMLElement {
    this.accounts = accounts;
    this.first = 0;
    this.draw();
    return this.element;
  }

  private draw(): void {
    const group = this.group();
    const all = containersOf(this.estate, this.accounts).filter(
      (container) => group === "" || container.group === group,
    );
    if (this.isWhole) {
      const parts = chunks(all, PRINTED_COLUMNS).map((containers) => this.table(containers));
      return this.element.replaceChildren(...parts);
    }
    const shown = all.slice(this.first, this.first + COLUMNS);
    this.element.replaceChildren(
      ...this.turner(all.length, shown.length),
      scrollable("Roles of accounts in groups and projects", this.table(shown)),
    );
  }

  private table(containers: readonly ContainerRow[]): HTMLElement {
    return h(
      "table",
      { class: "matrix" },
      h("caption", {}, spoken("Roles of accounts in groups and projects")),
      h(
        "thead",
        {},
        h("tr", {}, h("th", { scope: "col" }, "Account"), containers.map(containerHeader)),
      ),
      h(
        "tbody",
        {},
        this.accounts.map((account) => this.row(account, containers)),
      ),
    );
  }

  private row(account: AccountRow, containers: readonly ContainerRow[]): HTMLElement {
    const access = new AccountAccess(this.estate, account);
    return h(
      "tr",
      {},
      h(
        "th",
        { scope: "row" },
        accountLink(account),
        account.kind === "agent" ? [" ", badge("agent", "agent")] : null,
      ),
      containers.map((container) => roleCell(access.in(container), container, this.estate)),
    );
  }

  private turner(all: number, shown: number): HTMLElement[] {
    if (shown === all) return [];
    const turn = (text: string, to: number) => {
      const button = h("button", { type: "button", disabled: to < 0 || to >= all }, text);
      button.addEventListener("click", () => {
        this.first = to;
        this.draw();
        focusPager(this.element, text);
      });
      return button;
    };
    return [
      h(
        "nav",
        { class: "pager", "aria-label": "Columns" },
        turn("Columns before", this.first - COLUMNS),
        h(
          "span",
          {},
          `Groups and projects ${count(this.first + 1)} to ${count(this.first + shown)} of ${count(all)}`,
        ),
        turn("Further columns", this.first + COLUMNS),
      ),
    ];
  }
}

/** Accounts of one group beside each other, so that they share columns. */
function byGroup(accounts: readonly AccountRow[]): AccountRow[] {
  return accounts
    .map((account) => ({ account, key: `${groupOf(account)}\n${account.username}` }))
    .sort((one, other) => compare(one.key, other.key))
    .map(({ account }) => account);
}

function columnsSelect({ containers }: Estate, chosen: string): HTMLSelectElement {
  const groups = [...new Set(containers.map(({ group }) => group))].sort();
  const select = h(
    "select",
    {},
    h("option", { value: "" }, "all groups and projects"),
    groups.map((group) => h("option", { value: group }, `in ${group}`)),
  );
  select.value = groups.includes(chosen) ? chosen : "";
  return select;
}

/** Paper has no paging of columns: the rest follows in tables of their own. */
function chunks<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}

function containerHeader({ path, ref }: ContainerRow): HTMLElement {
  return h(
    "th",
    { scope: "col", class: "upright", title: `${ref.split(" ", 1)[0] ?? ""} ${path}` },
    h("div", {}, named(path)),
  );
}

function roleCell(access: Access | null, { ref }: ContainerRow, estate: Estate): HTMLElement {
  if (access === null) {
    if (!estate.hidesMembers(ref)) return h("td", {}, spoken("none"));
    return h(
      "td",
      { class: "unseen", title: UNSEEN },
      h("span", { "aria-hidden": "true" }, "?"),
      spoken(UNSEEN),
    );
  }
  const words = accessInWords(access, estate);
  const { membership, from } = access;
  const isCustom = membership.customRole !== null;
  return h(
    "td",
    { class: `role level-${membership.level}${from === null ? "" : " inherited"}`, title: words },
    h(
      "span",
      { "aria-hidden": "true" },
      from === null ? "" : "↑",
      roleInShort(membership.role),
      isCustom ? "*" : "",
    ),
    spoken(words),
  );
}

export function accessInWords({ membership, from, own }: Access, estate: Estate): string {
  const custom =
    membership.customRole === null ? "" : ` with the custom role ${membership.customRole}`;
  const until = membership.expiresAt === null ? "" : ` until ${membership.expiresAt}`;
  const origin = from === null ? "" : `, inherited from ${estate.pathOf(from)}`;
  const lower = from === null || own === null ? "" : `; its own is ${roleInFull(own.role)}`;
  return `${roleInFull(membership.role)}${custom}${until}${origin}${lower}`;
}

function legend(): Child {
  return h(
    "p",
    { class: "note" },
    ROLE_LEGEND.map(([short, full]) => [h("b", {}, short), ` ${full}`, " · "]),
    h("b", {}, "*"),
    " custom role · ",
    h("b", {}, "↑"),
    " inherited from a group above · ",
    h("b", {}, "?"),
    " members could not be seen. Columns are those where an account of these rows is a member itself.",
  );
}
