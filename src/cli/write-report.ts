import { existsSync } from "node:fs";
import { appendFile, mkdir, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { invalidOption } from "./invalid-option";

/** A job's files that several steps write to, each after the others. */
const SHARED_FILES = ["GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT", "GITHUB_ENV"];

/** Writes a file; to one that a job's steps share, what they wrote stays. */
export async function writeReport(path: string, text: string): Promise<void> {
  const isShared = SHARED_FILES.some((name) => process.env[name] === path);
  await (isShared ? appendFile(path, text) : writeFile(path, text));
}

/** Writes a file of a folder that the command makes. */
export async function writeInFolder(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

/** An option's file, refused before any work where it cannot be written: a misspelt folder would hide the file. */
export function fileToWrite(path: string): string {
  const folder = dirname(resolve(path));
  if (existsSync(folder)) return path;
  throw invalidOption(`The folder ${folder} does not exist. Make it first, or correct the path.`);
}
