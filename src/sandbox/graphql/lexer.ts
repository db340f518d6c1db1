import type { Location } from "./document";
import { SyntaxProblem } from "./errors";

const punctuation = {
  "{": "LCURLY",
  "}": "RCURLY",
  "(": "LPAREN",
  ")": "RPAREN",
  "[": "LBRACKET",
  "]": "RBRACKET",
  ":": "COLON",
  $: "VAR_SIGN",
  "@": "DIR_SIGN",
  "=": "EQUALS",
  "!": "BANG",
  "|": "PIPE",
  "&": "AMP",
  "...": "ELLIPSIS",
} as const;

export type TokenKind =
  | (typeof punctuation)[keyof typeof punctuation]
  | "IDENTIFIER"
  | "INT"
  | "FLOAT"
  | "STRING"
  | "END";

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly location: Location;
}

const ignored = /(?:[\s,\uFEFF]|#[^\n\r]*)+/y;
const patterns: readonly (readonly [TokenKind, RegExp])[] = [
  ["IDENTIFIER", /[A-Za-z_][A-Za-z0-9_]*/y],
  ["FLOAT", /-?(?:0|[1-9]\d*)(?:\.\d+(?:[eE][+-]?\d+)?|[eE][+-]?\d+)/y],
  ["INT", /-?(?:0|[1-9]\d*)/y],
  [
    "STRING",
    /"""(?:\\"""|[^"]|"(?!""))*"""|"(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})|[^"\\\p{Cc}]|\t)*"/uy,
  ],
];

/** The tokens of a query text, with an end mark. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let position = 0;
  for (;;) {
    position += matchAt(ignored, text, position)?.length ?? 0;
    const location = locationAt(text, position);
    if (position >= text.length) return [...tokens, { kind: "END", text: "", location }];
    const token = tokenAt(text, position, location);
    tokens.push(token);
    position += token.text.length;
  }
}

function tokenAt(text: string, position: number, location: Location): Token {
  const sign = text.startsWith("...", position) ? "..." : (text[position] ?? "");
  if (Object.hasOwn(punctuation, sign)) {
    return { kind: punctuation[sign as keyof typeof punctuation], text: sign, location };
  }
  for (const [kind, pattern] of patterns) {
    const found = matchAt(pattern, text, position);
    if (found !== undefined) return { kind, text: found, location };
  }
  throw new SyntaxProblem(
    `Parse error on ${JSON.stringify(sign)} (UNKNOWN_CHAR) at [${location.line}, ${location.column}]`,
    [location],
  );
}

function matchAt(pattern: RegExp, text: string, position: number): string | undefined {
  pattern.lastIndex = position;
  return pattern.exec(text)?.[0];
}

function locationAt(text: string, position: number): Location {
  const lines = text.slice(0, position).split(/\r\n|\n|\r/);
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

/** The value of a string token. */
export function stringValue(token: string): string {
  if (!token.startsWith('"""')) {
    const escaped = token.replaceAll("\t", "\\t");
    return JSON.parse(escaped) as string;
  }
  const lines = token
    .slice(3, -3)
    .replaceAll('\\"""', '"""')
    .split(/\r\n|\n|\r/);
  const indents = lines.slice(1).filter((line) => line.trim() !== "");
  const indent = Math.min(...indents.map((line) => line.search(/\S/)));
  const shortened = lines.map((line, index) => (index === 0 ? line : line.slice(indent)));
  return shortened.join("\n").replace(/^(?:[ \t]*\n)+|(?:\n[ \t]*)+$/g, "");
}
