import { routes } from "../../src/sandbox/api/registry";
import { differences } from "../../src/sandbox/features";
import { routeName, type Route } from "../../src/sandbox/http/route";
import type { AccessRule } from "./access/rule";
import { accessRules } from "./access/rules";

const audiences: Readonly<Partial<Record<AccessRule["audience"], string>>> = {
  all: "everyone",
  guest: "members",
};

function audienceOf({ audience, remark }: AccessRule): string {
  const who = audiences[audience] ?? audience.charAt(0).toUpperCase() + audience.slice(1);
  return remark === undefined ? who : `${who}; ${remark}`;
}

/** Whether CI/CD jobs may use a route, and how. */
function jobAudience({ jobToken = [] }: Route): string[] {
  if (jobToken.includes("request")) return ["Jobs too"];
  return jobToken.length > 0 ? ["Jobs too, with their token as password"] : [];
}

/** The documentation's table of routes, from the server's own registry and the tested rules of access. */
export function routeTable(): string {
  const rows = routes.map((route) => [
    route.method,
    `\`${route.path}\``,
    [
      ...accessRules.filter((rule) => rule.route === routeName(route)).map(audienceOf),
      ...jobAudience(route),
    ].join(". "),
    route.feature === undefined ? "" : differences[route.feature].since,
  ]);
  return markdownTable([["Method", "Path", "For", "Since"], ...rows]);
}

/** All that differs by release. */
export function differenceTable(): string {
  const rows = Object.values(differences).map(({ since, change }) => [since, change]);
  return markdownTable([["Since", "What"], ...rows]);
}

/** A table in the form that prettier leaves as it is. */
export function markdownTable([head = [], ...body]: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) =>
    Math.max(3, ...[head, ...body].map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...body.map(line)].join("\n");
}
