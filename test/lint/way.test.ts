import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import ts from "typescript";

const REPOSITORY = resolve(__dirname, "../..");
/** Put around each other here; the contract, which names none of them, leads from the host to the outermost. */
const COMPOSED = ["src/resources/index.ts", "src/resources/access-token/index.ts"];
const MOST = 12;

const page = readFileSync(join(REPOSITORY, "docs/architecture.md"), "utf8");
const [, section = ""] = /^## The way of a plan$([^]*?)^## /m.exec(page) ?? [];
const way = [...section.matchAll(/^\d+\. `([^`]+)`/gm)].map(([, file = ""]) => file);

function importsOf(file: string): string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(join(REPOSITORY, file), "utf8"));
  return importedFiles.flatMap(({ fileName }) => {
    if (!fileName.startsWith(".")) return [];
    const path = join(dirname(file), fileName);
    const index = join(path, "index.ts");
    // The door of a room shows what is behind it.
    return existsSync(join(REPOSITORY, index)) ? [index, ...importsOf(index)] : [`${path}.ts`];
  });
}

test(`a plan of a due token passes at most ${MOST} files`, () => {
  expect(way[0]).toBe("src/provider/terraform/resource.ts");
  expect(new Set(way).size).toBe(way.length);
  expect(way.length).toBeLessThanOrEqual(MOST);
});

test.each(way.slice(1).map((file, at) => [file, way.slice(0, at + 1)] as const))(
  "the way of a plan leads to %s by an import",
  (file, before) => {
    expect([...before, ...COMPOSED].flatMap(importsOf)).toContain(file);
  },
);

test("every file of its folder that plan.ts imports is told", () => {
  const named = [...section.matchAll(/`([\w-]+\.ts)`/g)].map(([, name = ""]) => name);
  const told = new Set([...way.map((file) => file.split("/").at(-1)), ...named]);
  const plan = importsOf("src/resources/access-token/plan.ts");
  const own = plan.filter((file) => dirname(file) === "src/resources/access-token");
  const missing = own.map((file) => file.split("/").at(-1)).filter((name) => !told.has(name));
  expect(missing).toEqual([]);
});
