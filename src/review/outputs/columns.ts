import stringWidth from "string-width";

/** Columns of a terminal that hold all of these texts but those wider than the widest. */
export function columnWidth(texts: readonly string[], widest: number): number {
  const widths = texts.map((text) => stringWidth(text));
  return Math.max(0, ...widths.filter((width) => width <= widest));
}

export function padded(cell: string, width: number): string {
  return cell + " ".repeat(Math.max(0, width - stringWidth(cell)));
}
