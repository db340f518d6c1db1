import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SandboxControl } from "../../src/sandbox/control/control";
import { controlHandlers } from "../../src/sandbox/control/handlers";
import { routeTable } from "./route-table";

const page = join(__dirname, "../../docs/sandbox.md");
const begin =
  "<!-- routes: begin, written by UPDATE_DOCS=1 npx jest test/sandbox/documentation -->";
const end = "<!-- routes: end -->";

function withTable(text: string): string {
  const start = text.indexOf(begin) + begin.length;
  return `${text.slice(0, start)}\n\n${routeTable()}\n\n${text.slice(text.indexOf(end))}`;
}

test("the page lists exactly the routes that are served", () => {
  const text = readFileSync(page, "utf8");
  if (process.env["UPDATE_DOCS"]) writeFileSync(page, withTable(text));
  expect(readFileSync(page, "utf8")).toBe(withTable(text));
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
