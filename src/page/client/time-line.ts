import { dayNumber, dayOf, minute } from "../data/days";
import { spansOf, type Lane, type Span } from "../data/lanes";
import type { TokenRow } from "../data/estate-data";
import { svg, type Child } from "./dom";

/** The days that a time line shows. */
export interface Range {
  readonly from: number;
  readonly to: number;
  readonly today: number;
}

const LINE = 14;
const BAR = 9;
/** The minimum width that is visible, in percent. */
const LEAST_WIDTH = 0.4;

export function rangeAround(today: string, before: number, after: number): Range {
  const day = dayNumber(today);
  return { from: day - before, to: day + after, today: day };
}

/** One lane's tokens as bars, with their planned dates. Its label contains the same as text. */
export function laneChart(lane: Pick<Lane, "tokens">, range: Range): SVGElement {
  const spans = spansOf(lane).filter(({ from, to }) => to >= range.from && from <= range.to);
  const lines = Math.max(1, ...spans.map(({ line }) => line + 1));
  const height = lines * LINE + 4;
  return svg(
    "svg",
    { class: "lane", role: "img", width: "100%", height, "aria-label": inWords(lane.tokens) },
    months(range).map((month) => upright(month, range, height, "month")),
    spans.map((span) => bar(span, range)),
    upright(range.today, range, height, "today"),
    spans.map((span) => marks(span, range)),
  );
}

/** The months above the lanes. */
export function axis(range: Range): SVGElement {
  const all = months(range);
  const step = Math.ceil(all.length / 12);
  return svg(
    "svg",
    { class: "lane axis", width: "100%", height: 18, "aria-hidden": "true" },
    all
      .filter((_, index) => index % step === 0)
      .map((month) =>
        svg("text", { x: percent(month, range), y: 13, dx: 3 }, dayOf(month).slice(0, 7)),
      ),
    upright(range.today, range, 18, "today"),
  );
}

function bar({ token, from, to, line, isEndKnown }: Span, range: Range): SVGElement {
  const left = position(from, range);
  const width = Math.max(position(to, range) - left, LEAST_WIDTH);
  const kind = `${token.state}${isEndKnown ? "" : " open"}`;
  return svg(
    "rect",
    { class: `bar ${kind}`, x: `${left}%`, y: top(line), width: `${width}%`, height: BAR, rx: 2 },
    svg("title", {}, tokenInWords(token)),
  );
}

/**
 * Where a live token ends or is due: a full stroke for an expiry, a diamond for a rotation, a cross for a revocation.
 */
function marks({ token, to, line }: Span, range: Range): Child {
  if (token.state !== "active") return null;
  const { rotatesOn, revokesOn } = token;
  return [
    to <= range.to ? mark(to, line, range, "M0 -2 V11", "expires") : null,
    rotatesOn === null
      ? null
      : mark(dayNumber(rotatesOn), line, range, "M0 0 L4.5 4.5 L0 9 L-4.5 4.5 Z", "rotates"),
    revokesOn === null
      ? null
      : mark(dayNumber(revokesOn), line, range, "M-3.5 1 L3.5 8 M3.5 1 L-3.5 8", "revoked"),
  ];
}

function mark(day: number, line: number, range: Range, path: string, kind: string): Child {
  if (day < range.from || day > range.to) return null;
  return svg(
    "svg",
    { x: percent(day, range), y: top(line), overflow: "visible", width: 1, height: 1 },
    svg("path", { class: `mark ${kind}`, d: path }),
  );
}

function upright(day: number, range: Range, height: number, kind: string): SVGElement {
  const x = percent(day, range);
  return svg("line", { class: kind, x1: x, x2: x, y1: 0, y2: height });
}

function top(line: number): number {
  return line * LINE + 4;
}

function percent(day: number, range: Range): string {
  return `${position(day, range)}%`;
}

function position(day: number, { from, to }: Range): number {
  const share = (Math.min(Math.max(day, from), to) - from) / (to - from);
  return Math.round(share * 10_000) / 100;
}

/** The first days of the months within a range; of quarters or years if there would be too many. */
function months({ from, to }: Range): number[] {
  const step = to - from > 2500 ? 12 : to - from > 900 ? 3 : 1;
  const first = new Date(from * 86_400_000);
  const days: number[] = [];
  for (let month = 0; ; month += 1) {
    const at = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + month, 1));
    const day = at.getTime() / 86_400_000;
    if (day > to) return days;
    if (day >= from && at.getUTCMonth() % step === 0) days.push(day);
  }
}

function inWords(tokens: readonly TokenRow[]): string {
  const newestFirst = [...tokens].reverse();
  return newestFirst.map(tokenInWords).join("; ");
}

export function tokenInWords(token: TokenRow): string {
  const { id, generation, state, createdAt, expiresAt, rotatesOn, revokesOn } = token;
  const life =
    expiresAt === null
      ? "never expires"
      : `${state === "expired" ? "expired" : "expires"} ${expiresAt}`;
  return [
    generation === null ? `token ${id}` : `generation ${generation}, token ${id}`,
    state,
    `created ${minute(createdAt)}`,
    ...(state === "revoked" ? [] : [life]),
    ...(rotatesOn === null ? [] : [`due for rotation from ${rotatesOn}`]),
    ...(revokesOn === null ? [] : [`revoked from ${revokesOn} on`]),
  ].join(", ");
}
