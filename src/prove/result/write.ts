import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Outcome } from "../prove";
import { resultOf } from "./result";
import { resultPage } from "./text";

/** Writes the recordings and the result into a folder, in the form in which they are submitted. */
export function writeResult(folder: string, outcome: Outcome, glsa: string): void {
  const recordings = join(folder, "recordings");
  for (const { recording } of outcome.proofs) {
    const { file, ...content } = recording;
    writeJson(join(recordings, file), { source: "glsa prove", ...content });
  }
  const index = outcome.proofs.map(({ recording: { file, gitlab_version, interactions } }) => ({
    file,
    gitlab_version,
    interactions: interactions.length,
  }));
  writeJson(join(recordings, "index.json"), index);
  writeJson(join(folder, "result.json"), resultOf(outcome, glsa));
  writeFileSync(join(folder, "result.md"), resultPage(outcome, glsa));
}

function writeJson(path: string, value: unknown): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(value, null, 1)}\n`);
}
