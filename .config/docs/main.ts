/**
 * Writes the pages and bindings that are generated: `npm run docs`. With `--check` it writes nothing and fails where one is
 * out of date.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { format } from "prettier";
import { PAGES } from "./pages";

async function main(): Promise<void> {
  const isCheck = process.argv.includes("--check");
  for (const [path, page] of Object.entries(PAGES)) {
    const written = await page();
    const text = path.endsWith(".txt")
      ? written
      : await format(written, { filepath: path, printWidth: 100 });
    if (!isCheck) writeFileSync(path, text);
    else if (readFileSync(path, "utf8") !== text) {
      console.error(`${path} is out of date. Run npm run docs.`);
      process.exitCode = 1;
    }
  }
}

main().catch((failure: unknown) => {
  console.error(failure instanceof Error ? failure.message : failure);
  process.exitCode = 1;
});
