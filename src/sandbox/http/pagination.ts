import { integer, withDefault } from "../params/types";
import type { Call } from "./call";
import { ApiError, parameterError } from "./errors";
import { ok, type Reply } from "./reply";

const defaultPerPage = 20;
const maximumPerPage = 100;
/** Longer lists are not counted completely. */
const countLimit = 10_000;
const maximumOffset = 50_000;

export const pageParams = {
  page: withDefault(integer(), 1),
  per_page: withDefault(integer(), defaultPerPage),
};

export interface PageParams {
  readonly page: number;
  readonly per_page: number;
}

/** Lists of these models refuse offsets beyond a limit. */
export type OffsetLimited = "User" | "Group";

/** One page of rows with GitLab's paging headers. */
export function paginate<R>(
  call: Call,
  params: PageParams,
  rows: readonly R[],
  present: (row: R) => unknown,
  limited?: OffsetLimited,
): Reply {
  const { page, perPage } = checkedPage(params);
  if (limited !== undefined && page * perPage > maximumOffset) throw offsetTooLarge(limited);
  const totalPages = Math.max(1, Math.ceil(rows.length / perPage));
  const counted = rows.length <= countLimit;
  const previous = page > 1 && page <= totalPages ? page - 1 : undefined;
  const next = page < totalPages ? page + 1 : undefined;
  const link = (target: number, rel: string) =>
    `<${linkTo(call, { ...params, page: target, per_page: perPage })}>; rel="${rel}"`;
  const links = [
    ...(previous === undefined ? [] : [link(previous, "prev")]),
    ...(next === undefined ? [] : [link(next, "next")]),
    link(1, "first"),
    ...(counted ? [link(totalPages, "last")] : []),
  ];
  return ok(rows.slice((page - 1) * perPage, page * perPage).map(present), {
    Link: links.join(", "),
    "X-Next-Page": next?.toString() ?? "",
    "X-Page": String(page),
    "X-Per-Page": String(perPage),
    "X-Prev-Page": previous?.toString() ?? "",
    ...(counted ? { "X-Total": String(rows.length), "X-Total-Pages": String(totalPages) } : {}),
  });
}

/** The requested page: too large sizes are clamped, empty ones refused, negative ones ignored. */
export function checkedPage({ page, per_page }: PageParams): { page: number; perPage: number } {
  if (per_page === 0) throw parameterError("per_page has a value not allowed");
  const wanted = per_page < 0 ? defaultPerPage : per_page;
  return { page: Math.max(1, page), perPage: Math.min(maximumPerPage, wanted) };
}

/** This request's URL on the configured host with all declared parameters, sorted. */
export function linkTo(call: Call, params: object): string {
  const pairs = Object.entries({ ...call.path, ...params })
    .flatMap(([name, value]) => queryPairs(name, value))
    .sort();
  return `${call.instance.url}${call.incoming.path}?${pairs.join("&")}`;
}

function queryPairs(name: string, value: unknown): string[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item) => queryPairs(`${name}[]`, item));
  return [`${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`];
}

function offsetTooLarge(model: OffsetLimited): ApiError {
  return new ApiError({
    status: 405,
    body: {
      error: `Offset pagination has a maximum allowed offset of ${maximumOffset} for requests that return objects of type ${model}. Remaining records can be retrieved using keyset pagination.`,
    },
  });
}
