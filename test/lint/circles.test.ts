import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import ts from "typescript";

const REPOSITORY = resolve(__dirname, "../..");
const files = ["src", "constructs"].flatMap((room) =>
  readdirSync(join(REPOSITORY, room), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => join(room, path)),
);
const known = new Set(files);

/** Types count: a file that can be read alone needs none of a file that needs it. */
function importsOf(file: string): readonly string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(join(REPOSITORY, file), "utf8"));
  return importedFiles.flatMap(({ fileName }) => {
    if (!fileName.startsWith(".")) return [];
    const path = join(dirname(file), fileName);
    return [`${path}.ts`, join(path, "index.ts")].filter((each) => known.has(each));
  });
}

/** A way from a file back to itself, for each file that closes one. */
function circles(): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, way: readonly string[]): void => {
    const at = way.indexOf(file);
    if (at !== -1) found.push([...way.slice(at), file].join(" -> "));
    if (at !== -1 || done.has(file)) return;
    for (const imported of importsOf(file)) visit(imported, [...way, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  return found;
}

test("no file of src or constructs imports in a circle, not for types either", () => {
  expect(files.length).toBeGreaterThan(400);
  expect(circles()).toEqual([]);
});
