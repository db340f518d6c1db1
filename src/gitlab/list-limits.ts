import { LONGEST_LIST, LONGEST_LIST_BODY, MOST_PAGES } from "../http";

interface Progress {
  readonly startedAt: number;
  bytes: number;
}

/** Ensures that every list ends. A list is identified by its request. */
export class ListLimits {
  private readonly lists = new Map<string, Progress>();

  /** Called before a page is requested. Returns why it must not be requested. */
  problemOf(list: string, page: number, now: number): string | undefined {
    if (page > MOST_PAGES) return `the list has more than ${MOST_PAGES} pages`;
    if (page === 1 || !this.lists.has(list)) this.lists.set(list, { startedAt: now, bytes: 0 });
    const { startedAt = now, bytes = 0 } = this.lists.get(list) ?? {};
    if (now - startedAt > LONGEST_LIST)
      return `the list takes more than ${LONGEST_LIST / 60_000} minutes`;
    if (bytes > LONGEST_LIST_BODY) return `the list is longer than ${LONGEST_LIST_BODY} bytes`;
    return undefined;
  }

  /** Called with each page. */
  received(list: string, bytes: number): void {
    const progress = this.lists.get(list);
    if (progress !== undefined) progress.bytes += bytes;
  }

  /** Called after the last page. */
  ended(list: string): void {
    this.lists.delete(list);
  }
}
