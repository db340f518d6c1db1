import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Recording } from "../../../src/prove/recording/recording";

/** A folder that `glsa prove` wrote. */
const handedIn = process.env["GLSA_RECORDINGS"];
export const isHandedIn = handedIn !== undefined;

/** Otherwise beside the checkout, as the recordings are shared and no part of the package. */
const folder = handedIn ?? resolve(__dirname, "../../../../shared/recordings");
const isVersion = (name: string): boolean => /^\d+\.\d+\.\d+$/.test(name);

export const recordingsArePresent = existsSync(join(folder, "index.json"));

export function recordingFiles(): string[] {
  if (!recordingsArePresent) return [];
  return readdirSync(folder)
    .filter(isVersion)
    .flatMap((version) =>
      readdirSync(join(folder, version), { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".json"))
        .map((name) => `${version}/${name}`),
    )
    .sort();
}

export function readRecording(file: string): Recording {
  const content = JSON.parse(readFileSync(join(folder, file), "utf8")) as Omit<Recording, "file">;
  return { ...content, file };
}
