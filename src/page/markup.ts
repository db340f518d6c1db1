/** Text that is already HTML. Everything else that is inserted into a page is escaped. */
export class Markup {
  constructor(readonly text: string) {}
}

export type Part = Markup | string | number | null | readonly Part[];

/** Writes HTML: inserted values are escaped unless this function wrote them. */
export function markup(texts: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const [first = "", ...rest] = texts;
  return new Markup(
    first + rest.map((text, index) => written(parts[index] ?? null) + text).join(""),
  );
}

function written(part: Part): string {
  if (part === null) return "";
  if (part instanceof Markup) return part.text;
  if (typeof part === "object") return part.map(written).join("");
  return escaped(String(part));
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** JSON for a script element that is not executed: nothing in it ends the element or begins a comment. */
export function jsonMarkup(value: unknown): Markup {
  const json = JSON.stringify(value);
  return new Markup(
    json.replace(
      /[<>&\u2028\u2029]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
    ),
  );
}
