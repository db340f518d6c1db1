import { PAGE_SIZE, type Page } from "../gitlab";

type Fetch<T> = (page: number) => Promise<Page<T>>;

/** The result of reading a list. */
export interface ReadList<T> {
  readonly items: readonly T[];
  /** False if pages kept shifting while they were read, so that an item may be missing. */
  readonly isWhole: boolean;
  /** What ended the reading early. */
  readonly failure?: Error;
}

interface Size {
  readonly pages: number;
  readonly total: number;
}

/** A list is read again when its pages shifted. After this many times the result is kept as it is. */
const MOST_READINGS = 3;

/**
 * A list whose size can be read first. Pages that this reads are not requested again. If GitLab does not count, since
 * there are more than 10,000 items, a search finds the last page.
 */
export class PagedList<T> {
  private readonly seen = new Map<number, Page<T>>();
  private measured: Promise<Size> | undefined;

  constructor(
    private readonly fetch: Fetch<T>,
    private readonly idOf: (item: T) => number | string,
  ) {}

  /** A page that was read before. */
  know(first: Page<T>): void {
    this.seen.set(1, first);
  }

  /** The number of pages and items. */
  size(): Promise<Size> {
    this.measured ??= this.measure();
    return this.measured;
  }

  /** All wanted items, each once. */
  async read(isWanted: (item: T) => boolean = () => true): Promise<ReadList<T>> {
    const items = new Map<number | string, T>();
    for (let reading = 1; reading <= MOST_READINGS; reading++) {
      const { isWhole, failure } = await this.readInto(items, isWanted);
      const found = { items: [...items.values()], isWhole };
      if (failure !== undefined) return { ...found, failure };
      if (isWhole) return found;
      this.seen.clear();
      this.measured = undefined;
    }
    return { items: [...items.values()], isWhole: false };
  }

  private async readInto(
    items: Map<number | string, T>,
    isWanted: (item: T) => boolean,
  ): Promise<{ readonly isWhole: boolean; readonly failure?: Error }> {
    const ids = new Set<number | string>();
    const totals: number[] = [];
    const take = (page: Page<T>) => {
      if (page.total !== undefined) totals.push(page.total);
      for (const item of page.items) {
        ids.add(this.idOf(item));
        if (isWanted(item)) items.set(this.idOf(item), item);
      }
    };
    try {
      const { pages, total } = await this.size();
      const end = await this.readPages(pages, take);
      // Items that were removed meanwhile moved later ones to a page that had already been read.
      const least = Math.min(total, end, ...totals);
      return { isWhole: least >= total && ids.size >= total };
    } catch (failure) {
      if (!(failure instanceof Error)) throw failure;
      return { isWhole: false, failure };
    }
  }

  /** Returns the number of items when the last page was read. */
  private async readPages(pages: number, take: (page: Page<T>) => void): Promise<number> {
    const others = Array.from({ length: pages - 1 }, (_, index) => index + 1);
    const settled = await Promise.allSettled(
      others.map(async (number) => take(await this.page(number))),
    );
    let number = pages;
    // The last page may have been read long before the others: it is read again, unless it is the only one.
    let last = pages === 1 ? await this.page(1) : await this.fetch(pages);
    take(last);
    while (last.next !== undefined) {
      number = last.next;
      last = await this.fetch(number);
      take(last);
    }
    const refused = settled.find((each) => each.status === "rejected");
    if (refused !== undefined) throw refused.reason;
    return last.total ?? (number - 1) * PAGE_SIZE + last.items.length;
  }

  private async page(number: number): Promise<Page<T>> {
    const known = this.seen.get(number);
    this.seen.delete(number);
    return known ?? this.fetch(number);
  }

  private async look(number: number): Promise<Page<T>> {
    const page = await this.fetch(number);
    this.seen.set(number, page);
    return page;
  }

  private async measure(): Promise<Size> {
    const first = this.seen.get(1) ?? (await this.look(1));
    if (first.next === undefined) return { pages: 1, total: first.items.length };
    if (first.totalPages !== undefined && first.total !== undefined) {
      return { pages: first.totalPages, total: first.total };
    }
    let [low, high] = [first.next, first.next];
    for (let page = await this.look(high); page.next !== undefined; page = await this.look(high)) {
      low = high;
      high *= 2;
    }
    return this.lastBetween(low, high);
  }

  /** The last page with an item, between one that has some and one that nothing follows. */
  private async lastBetween(low: number, high: number): Promise<Size> {
    let [from, to] = [low, high];
    while (from < to) {
      const middle = Math.floor((from + to) / 2);
      const page = this.seen.get(middle) ?? (await this.look(middle));
      if (page.next === undefined) to = middle;
      else from = middle + 1;
    }
    const last = this.seen.get(to) ?? (await this.look(to));
    return { pages: to, total: (to - 1) * PAGE_SIZE + last.items.length };
  }
}
