import stringWidth from "string-width";

/**
 * A text in lines of at most so many columns, the later ones indented. A word that is longer than a line stays whole, so
 * that a name or an address can be copied.
 * @param lead stands before the first line
 */
export function wrapped(text: string, lead: string, indent: number, columns: number): string[] {
  const lines: string[] = [];
  let line = lead;
  let isFresh = true;
  for (const word of text.split(" ")) {
    const longer = isFresh ? `${line}${word}` : `${line} ${word}`;
    if (!isFresh && stringWidth(longer) > columns) {
      lines.push(line);
      line = `${" ".repeat(indent)}${word}`;
    } else {
      line = longer;
    }
    isFresh = false;
  }
  return [...lines, line];
}
