import { shown } from "../review/outputs";
import { markup, type Markup } from "./markup";

/** A text that another user may have chosen, on one line, with its direction of writing isolated. */
export function named(text: string): Markup {
  return markup`<bdi>${shown(text, "page")}</bdi>`;
}

/** A word for the severity or the kind. */
export function badge(word: string): Markup {
  return markup`<span class="badge ${word}">${word}</span>`;
}

/** What a reader must know first. */
export function warningBox(heading: string, sentences: readonly string[]): Markup {
  const items = sentences.map((sentence) => markup`<p>${shown(sentence, "page")}</p>`);
  return markup`<section class="incomplete" aria-labelledby="warning"><h2 id="warning">${heading}</h2>${items}</section>`;
}

/** A part of a page with a heading that is in the contents. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly count: number;
  readonly body: Markup;
}

export function sections(parts: readonly Section[]): Markup {
  return markup`${parts.map(
    ({ id, title, count, body }) =>
      markup`<section aria-labelledby="${id}"><h2 id="${id}">${title} <span class="faint">${count}</span></h2>${body}</section>\n`,
  )}`;
}

/** Links to the sections, if there are several. */
export function contents(parts: readonly Section[]): Markup | null {
  if (parts.length < 2) return null;
  const items = parts.map(
    ({ id, title, count }) =>
      markup`<li><a href="#${id}">${title} <span class="faint">${count}</span></a></li>`,
  );
  return markup`<nav id="views" aria-label="Contents"><ul>${items}</ul></nav>`;
}
