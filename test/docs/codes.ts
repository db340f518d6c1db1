import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The codes that the sources give to diagnostics: the first argument of each `coded("...", ...)`. */
export function codesIn(folders: readonly string[]): string[] {
  const texts = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".ts"))
      .map((path) => readFileSync(join(folder, path), "utf8")),
  );
  const found = texts.flatMap((text) => [...text.matchAll(/\bcoded\(\s*"([^"]+)"/g)]);
  return [...new Set(found.map(([, code]) => code ?? ""))].sort();
}
