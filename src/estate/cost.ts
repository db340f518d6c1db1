/** The cost of a pass, before it runs. */
export interface Cost {
  readonly parts: readonly CostPart[];
  /** Requests in all. */
  readonly total: number;
}

export interface CostPart {
  /** For output: `pages of tokens`. */
  readonly what: string;
  readonly requests: number;
  /** Whether it may take more, for example if groups have more members than fit on a page. */
  readonly isLeast: boolean;
}

export function costOf(parts: readonly CostPart[]): Cost {
  const asked = parts.filter(({ requests }) => requests > 0);
  return { parts: asked, total: asked.reduce((sum, { requests }) => sum + requests, 0) };
}

/** The number of requests for 100 objects each. */
export function questionsAbout(objects: number): number {
  return Math.ceil(objects / MOST_AT_ONCE);
}

/** The number of users per request. */
export const MOST_AT_ONCE = 100;

export function inHundreds<T>(items: readonly T[]): T[][] {
  return Array.from({ length: questionsAbout(items.length) }, (_, index) =>
    items.slice(index * MOST_AT_ONCE, (index + 1) * MOST_AT_ONCE),
  );
}
