import { readFileSync } from "node:fs";
import { BOUNDS, PARTS } from "../../src/prove";
import { VERSIONS } from "../../src/sandbox";

const page = readFileSync("docs/prove.md", "utf8");
const rowsOf = (text: string) =>
  text
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .map((line) => line.split("|").map((cell) => cell.trim()));

test("the page tells every bound", () => {
  const bounds = rowsOf(page).map(([, , most = ""]) => most);
  const { requests, objects, minutes, cleaningRequests, cleaningMinutes } = BOUNDS;
  expect(bounds).toEqual(
    expect.arrayContaining([
      `${requests}`,
      `${objects}`,
      `${minutes} min`,
      `${cleaningRequests}, ${cleaningMinutes} min`,
    ]),
  );
});

test("the page tells every part, in order", () => {
  const parts = rowsOf(page).map(([, name = ""]) => name.replaceAll("`", ""));
  expect(parts.filter((name) => PARTS.includes(name))).toEqual(PARTS);
});

test("the table of what was tested has a row for each release, with no claim that nothing proves", () => {
  const rows = rowsOf(readFileSync("docs/support.md", "utf8")).filter(([, name = ""]) =>
    /^\d/.test(name),
  );
  expect(rows.map(([, version]) => version)).toEqual(VERSIONS);
  // A claim names what proves it: a result that was handed in.
  for (const [, , , , real] of rows) expect(real).toMatch(/^(not run|\[.*\]\(.*\))$/);
});
