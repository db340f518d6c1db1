import { withEscapes } from "../hidden";

/** An attribute: its name, and its value as HCL. */
export type Attribute = readonly [name: string, value: string];

/** A string in HCL, in which every character is literal. */
export function hclText(text: string): string {
  const quoted = text
    .replace(/["\\]/g, "\\$&")
    // A sequence that would start an interpolation or a directive.
    .replace(/[$%](?=\{)/g, "$&$&");
  return `"${withEscapes(quoted, (hex) => `\\U${hex.padStart(8, "0")}`)}"`;
}

export function hclList(texts: readonly string[]): string {
  return `[${texts.map(hclText).join(", ")}]`;
}

/** A block in the layout of the engines' own formatters. */
export function hclBlock(
  head: string,
  attributes: readonly Attribute[],
  comments: readonly string[] = [],
): string {
  const width = Math.max(...attributes.map(([name]) => name.length));
  return [
    `${head} {`,
    ...comments.map((comment) => `  # ${comment}`),
    ...attributes.map(([name, value]) => `  ${name.padEnd(width)} = ${value}`),
    "}",
  ].join("\n");
}
