import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The stand-in serves the endpoint, and `glsa prove` compares the stand-in with a GitLab that exists for tests. */
const SERVED_OR_COMPARED = /^(sandbox|prove)\//;

test("GitLab's rotate endpoint is never called, as README.md says: no source names it", () => {
  const sources = readdirSync("src", { recursive: true, encoding: "utf8" }).filter(
    (path) => path.endsWith(".ts") && !SERVED_OR_COMPARED.test(path),
  );
  expect(sources.length).toBeGreaterThan(300);
  const calling = sources.filter((path) =>
    /\/rotate\b/.test(readFileSync(join("src", path), "utf8")),
  );
  expect(calling).toEqual([]);
});
