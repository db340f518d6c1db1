/** A description as GitLab renders it: paragraphs with their position in the text, and no other Markdown. */
export function renderedText(text: string): string {
  const lines = text.split(/\r?\n/);
  const html: string[] = [];
  for (let start = 0; start < lines.length; start++) {
    if (lines[start]?.trim() === "") continue;
    const length = lines.slice(start).findIndex((line) => line.trim() === "");
    const paragraph = lines.slice(start, length === -1 ? undefined : start + length);
    const end = start + paragraph.length;
    const column = Buffer.byteLength(paragraph.at(-1) ?? "");
    const content = paragraph.map((line) => escaped(line.trim())).join("\n");
    html.push(`<p data-sourcepos="${start + 1}:1-${end}:${column}" dir="auto">${content}</p>`);
    start = end;
  }
  return html.join("\n");
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (character) => entities[character] ?? character);
}
