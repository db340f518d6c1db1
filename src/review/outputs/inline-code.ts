/**
 * A word that neither Markdown nor GitLab nor GitHub reads anything into: letters and digits, joined by `-`, `/`, `'`,
 * with a sentence's punctuation around them.
 */
const PLAIN_WORD =
  /^["'(“]*[\p{L}\p{M}\p{N}]+(?:[-/'’][\p{L}\p{M}\p{N}]+)*["'”)]*[.,;:?]?["'”)]*$/u;
/** Signs that stand alone in our own sentences. */
const PLAIN_SIGN = /^[→·–—…]$/;
/** A commit (`deadbeef`) or an issue elsewhere (`ABC-123`) becomes a link. */
const LINKED_WORD = /[0-9a-f]{7}|[A-Za-z]-\d/i;
const ASCII_PUNCTUATION = /[!-/:-@[-`{-~]/g;

/**
 * A line of text as Markdown that shows exactly that text: every word with a possible meaning (a mention, reference,
 * link, image, HTML, emphasis, emoji, quick action) is in a code span, in which nothing has a meaning.
 */
export function inlineCode(line: string): string {
  if (line === "") return "";
  const parts: string[] = [];
  let code: string[] = [];
  const endCode = () => {
    if (code.length > 0) parts.push(codeSpan(code.join(" ")));
    code = [];
  };
  for (const word of line.split(" ")) {
    if (!isPlain(word)) {
      code.push(word);
      continue;
    }
    endCode();
    parts.push(word);
  }
  endCode();
  return parts.join(" ");
}

/** The text as one code span. */
export function codeSpan(text: string): string {
  if (!/[`|]/.test(text)) return `\`${text}\``;
  // A backtick would end the span, a pipe a table's cell. In the element, too, nothing means anything.
  return `<code>${text.replace(ASCII_PUNCTUATION, (sign) => `&#${sign.charCodeAt(0)};`)}</code>`;
}

function isPlain(word: string): boolean {
  return PLAIN_SIGN.test(word) || (PLAIN_WORD.test(word) && !LINKED_WORD.test(word));
}
