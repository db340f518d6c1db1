import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { formatted, FORMATS } from "../../src/review/outputs";
import { CHANGE_KINDS } from "../../src/review/review";
import { sample } from "./sample";

/** Compares with a file beside this one; UPDATE_GOLDEN=1 writes it anew, to be read before it is committed. */
function expectGolden(name: string, text: string): void {
  const path = join(__dirname, "golden", name);
  if (process.env["UPDATE_GOLDEN"]) writeFileSync(path, text);
  expect(text).toBe(readFileSync(path, "utf8"));
}

test("the sample holds every kind of change", () => {
  const kinds = sample.accounts.flatMap(({ changes }) => changes.map(({ kind }) => kind));
  expect(new Set(kinds)).toEqual(new Set(CHANGE_KINDS));
});

test.each(FORMATS)("%s shows every kind of change as the golden file does", (format) => {
  const text = formatted(sample, format, { title: "platform", file: "plan.json" });
  expectGolden(`review.${format}.txt`, text);
});
