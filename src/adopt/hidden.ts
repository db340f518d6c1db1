/** Control, bidi, zero-width and other characters that are invisible in code, or shown in another place. */
const HIDDEN = /(?!\uFE0F)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * A text in which invisible characters are escaped.
 * @param beyond the escape of a character above U+FFFF, in which languages differ
 */
export function withEscapes(text: string, beyond: (hex: string) => string): string {
  return text.replace(HIDDEN, (found) => {
    const hex = (found.codePointAt(0) ?? 0).toString(16);
    return SHORT[found] ?? (hex.length > 4 ? beyond(hex) : `\\u${hex.padStart(4, "0")}`);
  });
}
