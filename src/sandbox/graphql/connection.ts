import { FieldProblem } from "./errors";
import { objectType, scalar, type Arguments, type Field, type ObjectType } from "./schema";

export const largestPage = 100;

export const pageArguments = {
  first: { type: "Int" },
  after: { type: "String" },
  last: { type: "Int" },
  before: { type: "String" },
} as const;

const perRow = 0.01;

/** GitLab's cost of a list: its selections, and one percent more for each possible row. */
export function listComplexity(selections: number, given: Arguments): number {
  const { first, last, search } = given as { first?: number; last?: number; search?: string };
  const own = selections + 2 + (search === undefined ? 0 : 5);
  const rows = Math.min(largestPage, first ?? last ?? largestPage);
  return Math.floor(own + own * rows * perRow);
}

/** A page of a list, as its connection shows it. */
interface Page<R> {
  readonly rows: readonly R[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly cursorOf: (row: R) => string;
}

/** The rows of a page, in the order of the list, with opaque cursors. */
export function pageOf<R extends { readonly id: number }>(
  rows: readonly R[],
  given: Arguments,
): Page<R> {
  const { first, last, after, before } = given as Partial<Record<string, number | string>>;
  if (first !== undefined && last !== undefined) {
    throw new FieldProblem("Can only provide either `first` or `last`, not both");
  }
  const start = after === undefined ? 0 : positionOf(rows, String(after)) + 1;
  const end = before === undefined ? rows.length : positionOf(rows, String(before));
  const slice = rows.slice(start, end);
  const size = Math.max(0, Math.min(largestPage, Number(first ?? last ?? largestPage)));
  const shown =
    last === undefined ? slice.slice(0, size) : slice.slice(Math.max(0, slice.length - size));
  const isCut = shown.length < slice.length;
  return {
    rows: shown,
    hasNextPage: before !== undefined || (last === undefined && isCut),
    hasPreviousPage: after !== undefined || (last !== undefined && isCut),
    cursorOf: ({ id }) => Buffer.from(JSON.stringify({ id: String(id) })).toString("base64url"),
  };
}

function positionOf(rows: readonly { readonly id: number }[], cursor: string): number {
  try {
    const { id } = JSON.parse(Buffer.from(cursor, "base64url").toString()) as { id?: string };
    const position = rows.findIndex((row) => String(row.id) === id);
    if (position >= 0) return position;
  } catch {
    // Reported below, like a cursor of another list.
  }
  throw new FieldProblem("Please provide a valid cursor");
}

const pageInfoType = objectType<Page<{ readonly id: number }>>("PageInfo", () => ({
  hasNextPage: scalar("Boolean", (page) => page.hasNextPage),
  hasPreviousPage: scalar("Boolean", (page) => page.hasPreviousPage),
  startCursor: scalar("String", (page) => cursorAt(page, 0)),
  endCursor: scalar("String", (page) => cursorAt(page, -1)),
}));

function cursorAt<R>(page: Page<R>, index: number): string | null {
  const row = page.rows.at(index);
  return row === undefined ? null : page.cursorOf(row);
}

/** The connection of a type: its nodes, its edges, and its page information. */
export function connectionOf<R>(node: ObjectType): ObjectType {
  interface Edge {
    readonly cursor: string;
    readonly node: R;
  }
  const edge = objectType<Edge>(`${node.name}Edge`, () => ({
    cursor: scalar("String", (source) => source.cursor),
    node: { type: node, resolve: (source) => source.node },
  }));
  return objectType<Page<R>>(`${node.name}Connection`, (): Record<string, Field<Page<R>>> => ({
    nodes: { type: node, isList: true, resolve: (page) => page.rows },
    edges: {
      type: edge,
      isList: true,
      resolve: (page): Edge[] =>
        page.rows.map((row) => ({ cursor: page.cursorOf(row), node: row })),
    },
    pageInfo: { type: pageInfoType, resolve: (page) => page },
  }));
}
