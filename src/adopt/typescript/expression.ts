import { withEscapes } from "../hidden";
import stringWidth from "string-width";

/** Prettier's default line width. */
const LINE = 80;
const STEP = 2;

/** The part of TypeScript that the declarations need. */
export type Expression =
  | { readonly kind: "word"; readonly word: string }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly Expression[] }
  | { readonly kind: "object"; readonly entries: readonly Entry[] }
  | { readonly kind: "call"; readonly callee: string; readonly parameters: readonly Expression[] };

export type Entry =
  { readonly key: string; readonly value: Expression } | { readonly comment: string };

export const word = (text: string): Expression => ({ kind: "word", word: text });
export const text = (value: string): Expression => ({ kind: "text", text: value });
export const list = (items: readonly Expression[]): Expression => ({ kind: "list", items });
export const object = (entries: readonly Entry[]): Expression => ({ kind: "object", entries });
export const call = (callee: string, parameters: readonly Expression[]): Expression => ({
  kind: "call",
  callee,
  parameters,
});

/** The place of an expression. */
interface Place {
  readonly indent: number;
  /** What is before it on its line. */
  readonly column: number;
  /** What must follow it on its last line. */
  readonly after: number;
}

/** A statement in Prettier's layout. */
export function statement(head: string, expression: Expression, indent: number): string {
  const place = { indent, column: indent + stringWidth(head), after: 1 };
  return `${" ".repeat(indent)}${head}${print(expression, place)};`;
}

function print(expression: Expression, place: Place): string {
  const line = onOneLine(expression);
  if (line !== undefined && place.column + stringWidth(line) + place.after <= LINE) return line;
  switch (expression.kind) {
    case "list":
      return broken("[", expression.items.map(printer), "]", place.indent);
    case "object":
      return broken(
        "{",
        expression.entries.map((entry) => (at) => printEntry(entry, at)),
        "}",
        place.indent,
      );
    case "call":
      return printCall(expression, place);
    default:
      return line ?? "";
  }
}

const printer = (expression: Expression) => (place: Place) => `${print(expression, place)},`;

/** Undefined for what Prettier keeps on separate lines: an object that begins with a new line. */
function onOneLine(expression: Expression): string | undefined {
  switch (expression.kind) {
    case "word":
      return expression.word;
    case "text":
      return literal(expression.text);
    case "list":
      return enclosed("[", expression.items, "]");
    case "call":
      return enclosed(`${expression.callee}(`, expression.parameters, ")");
    case "object":
      return objectOnOneLine(expression.entries);
  }
}

function enclosed(open: string, items: readonly Expression[], close: string): string | undefined {
  const lines = items.map(onOneLine);
  return lines.some((line) => line === undefined)
    ? undefined
    : `${open}${lines.join(", ")}${close}`;
}

function objectOnOneLine(entries: readonly Entry[]): string | undefined {
  const [only, ...others] = entries;
  if (only === undefined) return "{}";
  if (others.length > 0 || "comment" in only) return undefined;
  const value = onOneLine(only.value);
  return value === undefined ? undefined : `{ ${only.key}: ${value} }`;
}

function broken(
  open: string,
  items: readonly ((place: Place) => string)[],
  close: string,
  indent: number,
): string {
  const inner = indent + STEP;
  const lines = items.map(
    (item) => " ".repeat(inner) + item({ indent: inner, column: inner, after: 1 }),
  );
  return [open, ...lines, `${" ".repeat(indent)}${close}`].join("\n");
}

function printEntry(entry: Entry, place: Place): string {
  if ("comment" in entry) return `// ${entry.comment}`;
  const { key, value } = entry;
  const column = place.column + key.length + 2;
  const line = onOneLine(value);
  const isLong = line !== undefined && column + stringWidth(line) + 1 > LINE;
  // A key that is hardly longer than the indent gains nothing from a line break.
  if (value.kind === "text" && isLong && key.length >= STEP + 3) {
    return `${key}:\n${" ".repeat(place.indent + STEP)}${line},`;
  }
  return `${key}: ${print(value, { ...place, column })},`;
}

/** The last argument, if it is the only object, begins on the call's own line if all before it fits there. */
function printCall(
  { callee, parameters }: Extract<Expression, { kind: "call" }>,
  { indent, column }: Place,
): string {
  const last = parameters.at(-1);
  const others = parameters.slice(0, -1);
  if (last?.kind === "object" && others.at(-1)?.kind !== "object") {
    const before = enclosed(`${callee}(`, [...others, word("{")], "");
    if (before !== undefined && column + stringWidth(before) <= LINE) {
      const head = before.slice(0, -1);
      const entries = last.entries.map((entry) => (place: Place) => printEntry(entry, place));
      return `${head}${broken("{", entries, "}", indent)})`;
    }
  }
  return broken(`${callee}(`, parameters.map(printer), ")", indent);
}

/** In the quotes that need fewer escapes, which Prettier prefers. */
function literal(value: string): string {
  const count = (quote: string) => value.split(quote).length;
  const quote = count('"') > count("'") ? "'" : '"';
  const escaped = value.replace(/\\/g, "\\\\").replaceAll(quote, `\\${quote}`);
  return `${quote}${withEscapes(escaped, (hex) => `\\u{${hex}}`)}${quote}`;
}
