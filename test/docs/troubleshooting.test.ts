import { readFileSync } from "node:fs";
import { codesIn } from "./codes";
import { summariesIn } from "./summaries";

/** Where users are told of errors and warnings; the stand-in's errors are GitLab's. */
const SOURCES = [
  "src/audit",
  "src/cli",
  "src/destinations",
  "src/gitlab",
  "src/inventory",
  "src/model",
  "src/official",
  "src/provider",
  "src/resources",
  "constructs",
];

/** The messages that the page explains: the first cells of its tables, where they are code. */
function explained(): string[] {
  const page = readFileSync("docs/troubleshooting.md", "utf8");
  const [messages = ""] = page.split("\n## Codes\n");
  return [...messages.matchAll(/^\| `(.*?)` +\|/gm)].map(([, message]) => message ?? "");
}

test("the page explains every error and warning", () => {
  const known = new Set(explained());
  expect(summariesIn(SOURCES).filter((summary) => !known.has(summary))).toEqual([]);
});

test("the page explains no message that does not exist, and none twice", () => {
  const existing = new Set(summariesIn(SOURCES));
  const messages = explained();
  expect(messages.filter((message) => !existing.has(message))).toEqual([]);
  expect([...new Set(messages)]).toEqual(messages);
});

test("messages are found in calls, properties and variables, with their values left out", () => {
  const found = summariesIn(SOURCES);
  expect(found).toEqual(
    expect.arrayContaining([
      "glsa has no token for GitLab", // error("code", "...")
      'Unknown role "…"', // { summary: `...` }
      "Cannot read token … of …", // const summary = `...`
      "Mutually exclusive properties", // one of two
      'Cannot create account "…"', // attempt(`...`)
    ]),
  );
});

/** What else users are told of. */
const CODED = [
  "src/config",
  "src/doctor",
  "src/engine",
  "src/leak",
  "src/night",
  "src/notify",
  "src/prove",
  "src/review",
];

test("the page lists every code, in the order of the alphabet, and no code that does not exist", () => {
  const page = readFileSync("docs/troubleshooting.md", "utf8");
  const table = page.slice(page.indexOf("\n## Codes\n"));
  const listed = [...table.matchAll(/^\| `([a-z-]+)` +\|/gm)].map(([, code]) => code ?? "");
  expect(listed).toEqual(codesIn([...SOURCES, ...CODED]));
});

test("codes are found in calls, problems, tables, classes and functions", () => {
  expect(codesIn([...SOURCES, ...CODED])).toEqual(
    expect.arrayContaining([
      "missing-token", // error("...", ...)
      "unknown-role", // { code: "...", summary, detail }
      "exclusive-choices", // one of two
      "gitlab-forbidden", // { forbidden: "..." } of a table
      "unreadable-plan", // super("...", message)
      "delivery-incomplete", // return "..." of a function
      "unknown-property", // this.problem("...", ...)
      "unreadable-config", // withCode(text, "...")
    ]),
  );
});

test("every code is one style", () => {
  const codes = codesIn([...SOURCES, ...CODED]);
  expect(codes.filter((code) => !/^[a-z]+(-[a-z]+)*$/.test(code))).toEqual([]);
});
