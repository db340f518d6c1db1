import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The stand-in answers as GitLab does, also those who rotate. */
const STAND_IN = /^sandbox/;

test("GitLab's rotate endpoint is never called, as README.md says: no source names it", () => {
  const sources = readdirSync("src", { recursive: true, encoding: "utf8" }).filter(
    (path) => path.endsWith(".ts") && !STAND_IN.test(path),
  );
  expect(sources.length).toBeGreaterThan(300);
  const calling = sources.filter((path) =>
    /\/rotate\b/.test(readFileSync(join("src", path), "utf8")),
  );
  expect(calling).toEqual([]);
});
