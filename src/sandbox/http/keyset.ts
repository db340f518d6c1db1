import { oneOf, string } from "../params/types";
import type { Row } from "../state/table";
import type { Call } from "./call";
import { ApiError, parameterError } from "./errors";
import { checkedPage, linkTo, paginate, type OffsetLimited, type PageParams } from "./pagination";
import { ok, type Reply } from "./reply";

export const keysetParams = {
  pagination: oneOf("legacy", "keyset"),
  cursor: string(),
};

export interface KeysetParams extends PageParams {
  readonly pagination?: "legacy" | "keyset";
  readonly cursor?: string;
  readonly order_by: string;
  readonly sort: "asc" | "desc";
}

interface Cursor {
  readonly value: string;
  readonly id: number;
  readonly direction: "next" | "previous";
}

/** A list in the requested order: by one attribute, then by id. */
interface OrderedList<R extends Row> {
  readonly rows: readonly R[];
  readonly valueOf: (row: R) => string | number;
  readonly present: (row: R) => unknown;
  readonly limited: OffsetLimited;
}

/** A page by offset or by cursor, as requested. */
export function paginateOrdered<R extends Row>(
  call: Call,
  params: KeysetParams,
  list: OrderedList<R>,
): Reply {
  if (params.pagination !== "keyset") {
    return paginate(call, params, list.rows, list.present, list.limited);
  }
  const { perPage } = checkedPage(params);
  const cursor = params.cursor === undefined ? undefined : decodeCursor(params.cursor);
  const start = firstPosition(list, params.sort, cursor, perPage);
  const end = Math.min(list.rows.length, start + perPage);
  const headers: Record<string, string> = {};
  const last = list.rows[end - 1];
  if (end < list.rows.length && last !== undefined) {
    const next = encodeCursor(params.order_by, list.valueOf(last), last.id, "n");
    const link = linkTo(call, { ...params, cursor: next });
    headers["X-NEXT-CURSOR"] = next;
    headers["Link"] = `<${link}>; rel="next"`;
  }
  const first = list.rows[start];
  if (start > 0 && first !== undefined) {
    headers["X-PREV-CURSOR"] = encodeCursor(params.order_by, list.valueOf(first), first.id, "p");
  }
  return ok(list.rows.slice(start, end).map(list.present), headers);
}

function firstPosition<R extends Row>(
  list: OrderedList<R>,
  sort: "asc" | "desc",
  cursor: Cursor | undefined,
  perPage: number,
): number {
  if (cursor === undefined) return 0;
  const sign = sort === "asc" ? 1 : -1;
  const compareToCursor = (row: R) => {
    const value = list.valueOf(row);
    const bound = typeof value === "number" ? Number(cursor.value) : cursor.value;
    return sign * (value < bound ? -1 : value > bound ? 1 : row.id - cursor.id);
  };
  const wanted = cursor.direction === "next" ? 1 : 0;
  const found = list.rows.findIndex((row) => compareToCursor(row) >= wanted);
  const boundary = found === -1 ? list.rows.length : found;
  return cursor.direction === "next" ? boundary : Math.max(0, boundary - perPage);
}

function encodeCursor(
  orderBy: string,
  value: string | number,
  id: number,
  direction: "n" | "p",
): string {
  const fields = { [orderBy]: String(value), id: String(id), _kd: direction };
  return Buffer.from(JSON.stringify(fields)).toString("base64url");
}

function decodeCursor(text: string): Cursor {
  try {
    const json = Buffer.from(text, "base64url").toString();
    const { id, _kd, ...rest } = JSON.parse(json) as Record<string, string>;
    if (id === undefined || !/^\d+$/.test(id)) throw new TypeError("a cursor needs an id");
    const [value = id] = Object.values(rest);
    return { value, id: Number(id), direction: _kd === "p" ? "previous" : "next" };
  } catch {
    throw parameterError("cursor is invalid");
  }
}

/** The response of lists without a keyset order. */
export function keysetUnavailable(): ApiError {
  return new ApiError({
    status: 405,
    body: { error: "Keyset pagination is not yet available for this type of request" },
  });
}
