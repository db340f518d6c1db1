import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Compares with a file of `golden/`; UPDATE_GOLDEN=1 writes it anew, to be read before it is committed. */
export function expectGolden(name: string, text: string): void {
  const path = join(__dirname, "golden", name);
  if (process.env["UPDATE_GOLDEN"]) writeFileSync(path, text);
  expect(text).toBe(readFileSync(path, "utf8"));
}
