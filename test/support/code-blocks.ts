import { readFileSync } from "node:fs";
import { resolve } from "node:path";

/** A page's code in one language, in the order of reading. Blocks inside lists are left out. */
export function codeBlocks(page: string, language: string): string[] {
  const text = readFileSync(resolve(__dirname, "../..", page), "utf8");
  return [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)].flatMap(([, written, code = ""]) =>
    written === language ? [code] : [],
  );
}
