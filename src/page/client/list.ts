import { matcher } from "../data/search";
import { h, replaceChildren, spoken, type Child } from "./dom";
import { keepRoute, type Route, type Settings } from "./route";
import { count } from "./words";

export interface ListColumn<T> {
  readonly id: string;
  readonly title: string;
  readonly cell: (row: T) => Child;
  /** The value by which rows are sorted. A column without one is not sorted. Null is last. */
  readonly order?: (row: T) => string | number | null;
  readonly isNumber?: boolean;
  readonly isRowHeader?: boolean;
  readonly wide?: boolean;
  /** Drawn below the title, such as an axis. */
  readonly head?: () => Child;
}

export interface ListFilter<T> {
  readonly id: string;
  readonly label: string;
  readonly valueOf: (row: T) => string;
  /** In the order of this list. By default all values, in alphabetical order. */
  readonly values?: readonly string[];
  /** The choice if the address contains none. By default everything. */
  readonly initial?: string;
  readonly words?: (value: string) => string;
}

export interface ListParts<T> {
  readonly view: string;
  readonly caption: string;
  /** The noun for a row, for counts: `finding`. */
  readonly noun: string;
  readonly rows: readonly T[];
  readonly searched: (row: T) => string;
  readonly searchLabel: string;
  readonly filters: readonly ListFilter<T>[];
  /** Choices other than the filters. */
  readonly controls?: Child;
  readonly columns: readonly ListColumn<T>[];
  readonly initialSort?: string;
  /** Draws the chosen rows, if a table of rows does not suffice. */
  readonly drawn?: (rows: readonly T[]) => Child;
  /** Between the filters and the table, such as a legend. */
  readonly before?: Child;
  /** How many rows are drawn at most on paper. */
  readonly printedSize?: number;
}

const PAGE_SIZE = 50;
const PRINTED_SIZE = 2000;
/** The name of a filter's choice that matches everything. */
const ALL = "*";

/** Rows that can be searched, filtered, sorted and paged, with their settings in the address. */
export class List<T extends object> {
  readonly element: HTMLElement;
  private settings: Settings;
  private readonly status = h("p", { class: "status", role: "status" });
  private readonly results = h("div", { class: "results" });
  private readonly pager = h("nav", { class: "pager", "aria-label": "Pages" });
  private isWhole = false;

  constructor(
    private readonly parts: ListParts<T>,
    route: Route,
  ) {
    this.settings = route.settings;
    this.element = h(
      "div",
      { class: "list" },
      this.toolbar(),
      parts.before ?? null,
      this.status,
      this.results,
      this.pager,
    );
    this.draw();
  }

  /** On paper there are no pages: the chosen rows are drawn from the first one on. */
  drawWhole(isWhole: boolean): void {
    this.isWhole = isWhole;
    this.draw();
  }

  private toolbar(): HTMLElement {
    const { searchLabel, filters, controls = null } = this.parts;
    const search = h("input", { type: "search", autocomplete: "off", spellcheck: "false" });
    search.value = this.settings["q"] ?? "";
    search.addEventListener("input", () => this.change({ q: search.value }));
    const form = h(
      "form",
      { class: "toolbar", role: "search", "aria-label": searchLabel },
      h("label", { class: "search" }, h("span", {}, searchLabel), search),
      filters.map((filter) => this.select(filter)),
      controls,
    );
    form.addEventListener("submit", (event) => event.preventDefault());
    return form;
  }

  private select(filter: ListFilter<T>): HTMLElement {
    const counts = new Map<string, number>();
    for (const row of this.parts.rows) {
      const value = filter.valueOf(row);
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    const values = (filter.values ?? [...counts.keys()].sort()).filter((each) => counts.has(each));
    const words = filter.words ?? ((value: string) => value);
    const select = h(
      "select",
      {},
      h("option", { value: ALL }, `all (${count(this.parts.rows.length)})`),
      values.map((value) =>
        h("option", { value }, `${words(value)} (${count(counts.get(value) ?? 0)})`),
      ),
    );
    select.value = this.chosen(filter);
    // A value from another picture's address matches nothing here.
    if (select.selectedIndex === -1) select.value = ALL;
    select.addEventListener("change", () => this.change({ [filter.id]: select.value }));
    return h("label", {}, h("span", {}, filter.label), select);
  }

  private chosen({ id, initial, valueOf }: ListFilter<T>): string {
    const value = this.settings[id] ?? initial ?? ALL;
    const isKnown = value === ALL || this.parts.rows.some((row) => valueOf(row) === value);
    return isKnown ? value : ALL;
  }

  /** Applies settings, which are also in the address, and returns to the first page. */
  change(settings: Settings): void {
    this.settings = { ...this.settings, page: "", ...settings };
    keepRoute({ view: this.parts.view, settings: this.settings });
    this.draw();
  }

  private rows(): readonly T[] {
    const { rows, filters, searched } = this.parts;
    const matches = matcher(this.settings["q"] ?? "");
    const chosen = filters
      .map((filter) => ({ valueOf: filter.valueOf, value: this.chosen(filter) }))
      .filter(({ value }) => value !== ALL);
    const found = rows.filter(
      (row) =>
        chosen.every(({ valueOf, value }) => valueOf(row) === value) && matches(searched(row)),
    );
    return this.sorted(found);
  }

  private sorted(rows: T[]): readonly T[] {
    const { id, isDescending } = this.sort();
    const order = this.parts.columns.find((column) => column.id === id)?.order;
    if (order === undefined) return rows;
    const sign = isDescending ? -1 : 1;
    return rows
      .map((row) => ({ row, key: order(row) }))
      .sort((one, other) => {
        if (one.key === null || other.key === null) {
          return Number(one.key === null) - Number(other.key === null);
        }
        return sign * (one.key < other.key ? -1 : one.key > other.key ? 1 : 0);
      })
      .map(({ row }) => row);
  }

  private sort(): { readonly id: string; readonly isDescending: boolean } {
    const text = this.settings["sort"] ?? this.parts.initialSort ?? "";
    return { id: text.replace(/^-/, ""), isDescending: text.startsWith("-") };
  }

  private draw(): void {
    const { noun, drawn, printedSize = PRINTED_SIZE } = this.parts;
    const pageSize = this.isWhole ? printedSize : PAGE_SIZE;
    const rows = this.rows();
    const pages = Math.max(1, Math.ceil(rows.length / pageSize));
    const wanted = this.isWhole ? 1 : Math.floor(Number(this.settings["page"])) || 1;
    const page = Math.min(Math.max(1, wanted), pages);
    const first = (page - 1) * pageSize;
    const shown = rows.slice(first, first + pageSize);
    this.status.textContent = statusOf(shown, rows, first, noun);
    const body = rows.length === 0 ? [] : drawn === undefined ? this.table(shown) : drawn(shown);
    replaceChildren(this.results, body);
    this.drawPager(page, pages);
  }

  private table(rows: readonly T[]): HTMLElement {
    const { caption, columns } = this.parts;
    const table = stackedTable(
      caption,
      columns.map((column) => this.columnHeader(column)),
      rows.map((row) => tableRow(row, columns)),
    );
    return scrollable(caption, table);
  }

  private columnHeader(column: ListColumn<T>): HTMLElement {
    const className = column.isNumber ? "number" : null;
    if (column.order === undefined) {
      const title =
        column.head === undefined ? column.title : [spoken(column.title), column.head()];
      return h("th", { scope: "col", class: className }, title);
    }
    const { id, isDescending } = this.sort();
    const isSorted = id === column.id;
    const button = h("button", { type: "button", "data-sort": column.id }, column.title);
    button.addEventListener("click", () => {
      const descends = isSorted ? !isDescending : column.isNumber === true;
      this.change({ sort: descends ? `-${column.id}` : column.id });
      this.element.querySelector<HTMLElement>(`[data-sort="${column.id}"]`)?.focus();
    });
    const sort = !isSorted ? null : isDescending ? "descending" : "ascending";
    return h("th", { scope: "col", class: className, "aria-sort": sort }, button);
  }

  private drawPager(page: number, pages: number): void {
    this.pager.hidden = pages === 1 || this.isWhole;
    if (this.pager.hidden) return replaceChildren(this.pager);
    const turn = (text: string, to: number) => {
      const button = h("button", { type: "button", disabled: to < 1 || to > pages }, text);
      button.addEventListener("click", () => {
        this.change({ page: String(to) });
        this.status.scrollIntoView({ block: "start" });
        focusPager(this.pager, text);
      });
      return button;
    };
    replaceChildren(
      this.pager,
      turn("Previous", page - 1),
      h("span", {}, `Page ${count(page)} of ${count(pages)}`),
      turn("Next", page + 1),
    );
  }
}

/** A table whose rows become blocks on a narrow screen. The roles keep it a table for screen readers. */
export function stackedTable(
  caption: string,
  heads: readonly HTMLElement[],
  rows: readonly HTMLElement[],
): HTMLElement {
  for (const head of heads) head.setAttribute("role", "columnheader");
  return h(
    "table",
    { class: "stacks", role: "table" },
    h("caption", {}, spoken(caption)),
    h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, heads)),
    h("tbody", { role: "rowgroup" }, rows),
  );
}

function tableRow<T>(row: T, columns: readonly ListColumn<T>[]): HTMLElement {
  return h(
    "tr",
    { role: "row" },
    columns.map(({ cell, isNumber, isRowHeader, wide, title }) => {
      const names = [isNumber ? "number" : "", wide ? "wide" : ""].filter(Boolean).join(" ");
      const attributes = { class: names || null, "data-title": title };
      return isRowHeader
        ? h("th", { scope: "row", role: "rowheader", ...attributes }, h("div", {}, cell(row)))
        : h("td", { role: "cell", ...attributes }, h("div", {}, cell(row)));
    }),
  );
}

/** An element that is wider than the window scrolls by itself, also with the keyboard. */
export function scrollable(label: string, child: Child): HTMLElement {
  return h("div", { class: "scroll", role: "region", tabindex: 0, "aria-label": label }, child);
}

/** The button that was pressed, or the other one if there is no further page. */
export function focusPager(within: Element, text: string): void {
  const buttons = [...within.querySelectorAll("button")];
  const enabled = buttons.filter(({ disabled }) => !disabled);
  const pressed = enabled.find(({ textContent }) => textContent === text);
  (pressed ?? enabled[0])?.focus({ preventScroll: true });
}

function statusOf(
  shown: readonly unknown[],
  rows: readonly unknown[],
  first: number,
  noun: string,
): string {
  if (rows.length === 0) return `No ${noun} matches.`;
  const nouns = rows.length === 1 ? noun : `${noun}s`;
  if (shown.length === rows.length) return `${count(rows.length)} ${nouns}`;
  return `${count(first + 1)} to ${count(first + shown.length)} of ${count(rows.length)} ${nouns}`;
}
