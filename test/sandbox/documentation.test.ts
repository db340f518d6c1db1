import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SandboxControl } from "../../src/sandbox/control/control";
import { controlHandlers } from "../../src/sandbox/control/handlers";
import { differenceTable, routeTable } from "./route-table";

const page = join(__dirname, "../../docs/sandbox.md");
/** Written by UPDATE_DOCS=1 npx jest test/sandbox/documentation. */
const tables = { routes: routeTable, differences: differenceTable };

function withTables(text: string): string {
  return Object.entries(tables).reduce((page, [name, table]) => {
    const begin = `<!-- ${name}: begin, written by UPDATE_DOCS=1 npx jest test/sandbox/documentation -->`;
    const start = page.indexOf(begin) + begin.length;
    const end = page.indexOf(`<!-- ${name}: end -->`);
    return `${page.slice(0, start)}\n\n${table()}\n\n${page.slice(end)}`;
  }, text);
}

test("the page lists exactly the routes that are served, and what differs by release", () => {
  const text = readFileSync(page, "utf8");
  if (process.env["UPDATE_DOCS"]) writeFileSync(page, withTables(text));
  expect(readFileSync(page, "utf8")).toBe(withTables(text));
});

test("the page explains every control call", () => {
  const text = readFileSync(page, "utf8");
  const missing = Object.keys(controlHandlers).filter((name) => !text.includes(`\`${name}\``));
  expect(missing).toEqual([]);
});

test("the page names every method of a control", () => {
  const text = readFileSync(page, "utf8");
  const names = Object.getOwnPropertyNames(SandboxControl.prototype);
  const missing = names.filter((name) => name !== "constructor" && !text.includes(`\`${name}(`));
  expect(missing).toEqual([]);
});
