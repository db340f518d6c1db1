import { createHash } from "node:crypto";
import { pageStyle } from "./assets";
import { markup, Markup } from "./markup";

export interface PageParts {
  readonly title: string;
  /** The top of the page: headings and the most important remarks. */
  readonly header: Markup;
  readonly main: Markup;
  /** Read by the program, never executed. */
  readonly data?: Markup;
  readonly program?: string;
  /** Its author, and when it was written. */
  readonly footer: Markup;
}

/**
 * A page in one file. Its content policy allows no requests, to anywhere, and no execution except of its own program,
 * which cannot turn strings into markup.
 */
export function pageDocument({ title, header, main, data, program, footer }: PageParts): string {
  const style = pageStyle();
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy(style, program)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${new Markup(style)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header>${header}</header>
<main id="main" tabindex="-1">${main}</main>
<footer>${footer}</footer>
${data === undefined ? null : markup`<script type="application/json" id="data">${data}</script>\n`}${program === undefined ? null : markup`<script>${new Markup(program)}</script>\n`}</body>
</html>
`;
  return page.text;
}

function contentPolicy(style: string, program: string | undefined): string {
  return [
    "default-src 'none'",
    `script-src ${program === undefined ? "'none'" : sourceHash(program)}`,
    `style-src ${sourceHash(style)}`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");
}

function sourceHash(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
