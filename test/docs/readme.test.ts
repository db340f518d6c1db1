import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The stand-in serves the endpoint, and `glsa prove` compares the stand-in with a GitLab that exists for tests. */
const SERVED_OR_COMPARED = /^(sandbox|prove)\//;

test("GitLab's rotate endpoint is never called, as README.md says: no source names it", () => {
  const sources = readdirSync("src", { recursive: true, encoding: "utf8" }).filter(
    (path) => path.endsWith(".ts") && !SERVED_OR_COMPARED.test(path),
  );
  expect(sources.length).toBeGreaterThan(300);
  const calling = sources.filter((path) =>
    /\/rotate(?![\w.])/.test(readFileSync(join("src", path), "utf8")),
  );
  expect(calling).toEqual([]);
});

test("each promise of README.md has a row in CONTRIBUTING.md with tests that exist", () => {
  const promises = [...readFileSync("README.md", "utf8").matchAll(/^- \*\*(.+?)\.?\*\*/gm)].map(
    ([, promise = ""]) => promise.replace(/\.$/, ""),
  );
  const rows = new Map(
    [...readFileSync("CONTRIBUTING.md", "utf8").matchAll(/^\| (.+?) +\| (`test\/.+?) +\|$/gm)].map(
      ([, promise = "", tests = ""]) => [promise, tests.match(/test\/[\w./-]+/g) ?? []] as const,
    ),
  );
  expect(promises.length).toBeGreaterThan(8);
  expect(promises.filter((promise) => (rows.get(promise) ?? []).length === 0)).toEqual([]);
  const tests = promises.flatMap((promise) => rows.get(promise) ?? []);
  expect(tests.filter((path) => !existsSync(path))).toEqual([]);
});
