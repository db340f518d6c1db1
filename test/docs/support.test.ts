import { existsSync, readFileSync } from "node:fs";
import { DESTINATIONS } from "../../src/destinations";

const PAGE = readFileSync("docs/support.md", "utf8");

/** The rows of the table below a heading, without the head. */
function rowsBelow(heading: string): string[][] {
  const [, section = ""] = PAGE.split(`\n## ${heading}\n`);
  const [own = ""] = section.split("\n## ");
  const lines = own.split("\n").filter((line) => line.startsWith("|"));
  return lines.slice(2).map((line) =>
    line
      .slice(1, -1)
      .split("|")
      .map((cell) => cell.trim()),
  );
}

test.each(["Engines and platforms", "Destinations", "Tiers and tokens"])(
  "every cell of the table %s names a test that exists, or says that none was run",
  (heading) => {
    const cells = rowsBelow(heading).flatMap(([, ...rest]) => rest);
    const unproved = cells.filter((cell) => {
      const [, path = ""] = /^`(test\/\S+\.test\.ts)`$/.exec(cell) ?? [];
      return cell !== "not run" && !existsSync(path);
    });
    expect(cells.length).toBeGreaterThan(5);
    expect(unproved).toEqual([]);
  },
);

test("the table of destinations has a row for each, and its tests know it", () => {
  const rows = rowsBelow("Destinations");
  expect(rows.map(([kind = ""]) => kind.replaceAll("`", ""))).toEqual(Object.keys(DESTINATIONS));
  const services = readFileSync("test/support/services.ts", "utf8");
  const ignorant = rows.flatMap(([kind = "", ...cells]) => {
    const name = kind.replaceAll("`", "");
    const camel = name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
    const mentions = new RegExp(`\\b(${name}|${camel})\\b`);
    return cells
      .filter((cell) => cell.startsWith("`"))
      .filter((cell) => {
        const text = readFileSync(cell.replaceAll("`", ""), "utf8");
        return !mentions.test(text.includes("support/services") ? text + services : text);
      })
      .map((cell) => `${name}: ${cell}`);
  });
  expect(ignorant).toEqual([]);
});
