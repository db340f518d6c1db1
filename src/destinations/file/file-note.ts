import { rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fingerprint } from "../../model";
import { formatValueNote, readValueNote, type ValueNote } from "../delivery-note";
import type { NewValue } from "../destination";
import { readContent, replaceFile } from "./atomic-file";

/*
 * A small file beside a token's file records whose value it holds, so that a run that was killed before its state was
 * written recognises its own value, and another value need not be sent anywhere to find out. It contains two lines: the
 * previous value stays recognised until the new one is written.
 */

const LONGEST_NOTE = 4096;

export function notePathOf(path: string): string {
  return join(dirname(path), `.${basename(path)}.glsa`);
}

/** What the note says of this very content; undefined where it says nothing. */
export async function noteOf(path: string, content: Buffer): Promise<ValueNote | undefined> {
  const known = fingerprint(content.toString());
  return (await readLines(path)).map(readValueNote).find((note) => note?.fingerprint === known);
}

/** Called before the value is written. Returns how to undo it. */
export async function writeNote(path: string, newValue: NewValue): Promise<() => Promise<void>> {
  const before = await readLines(path);
  await putLines(path, [...before.slice(-1), formatValueNote(newValue)]);
  return () => (before.length === 0 ? removeNote(path) : putLines(path, before));
}

export async function removeNote(path: string): Promise<void> {
  await rm(notePathOf(path), { force: true });
}

async function readLines(path: string): Promise<string[]> {
  const note = await readContent(notePathOf(path));
  if (note === undefined || note.bytes.length > LONGEST_NOTE) return [];
  return note.bytes
    .toString()
    .split("\n")
    .filter((line) => line !== "");
}

function putLines(path: string, lines: readonly string[]): Promise<void> {
  return replaceFile(notePathOf(path), { bytes: `${lines.join("\n")}\n`, mode: 0o600 });
}
