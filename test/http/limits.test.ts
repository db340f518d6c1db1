import { readFileSync } from "node:fs";
import * as http from "../../src/http";

test("the documentation names every limit", () => {
  const page = readFileSync("docs/limits.md", "utf8");
  const limits = Object.keys(http).filter((name) => /^(MOST|LONGEST)_/.test(name));
  expect(limits.length).toBeGreaterThan(8);
  expect(limits.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});
