import { routes } from "../../src/sandbox/api/registry";
import { introduced } from "../../src/sandbox/features";

/** The documentation's table of routes, from the registry that the server itself uses. */
export function routeTable(): string {
  const rows = routes.map(({ method, path, feature }) => [
    method,
    `\`${path}\``,
    feature === undefined ? "" : introduced[feature],
  ]);
  const cells = [["Method", "Path", "Since"], ...rows];
  const widths = [0, 1, 2].map((column) =>
    Math.max(...cells.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const [head = [], ...body] = cells;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...body.map(line)].join("\n");
}
