import { dirname, join, resolve } from "node:path";
import { readFileSync } from "node:fs";
import { isRecord } from "../model";
import { CodedError } from "../model/code";
import type { Stack } from "../night";

/** A stack, and where its state is. */
export interface ListedStack extends Stack {
  /** A file or an address. */
  readonly state: string;
}

/** `glsa.stacks.json`: `{ "stacks": [{ "name", "folder", "state" }] }`; files are relative to it. */
export function readStacks(path: string): ListedStack[] {
  const document = parsed(path);
  const stacks = isRecord(document) ? document["stacks"] : undefined;
  if (!Array.isArray(stacks) || stacks.length === 0)
    throw unusable(path, 'It must have a list "stacks" with an entry or more.');
  const read = stacks.map((entry: unknown, at) => stackOf(entry, at, path));
  const names = read.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw unusable(path, `Two stacks have the name "${twice}".`);
  return read;
}

function stackOf(entry: unknown, at: number, path: string): ListedStack {
  const place = `stacks[${at}]`;
  if (!isRecord(entry)) throw unusable(path, `${place} must be an object.`);
  const unknown = Object.keys(entry).find((key) => !["name", "folder", "state"].includes(key));
  if (unknown !== undefined)
    throw unusable(path, `${place} has the unknown key "${unknown}". Known: name, folder, state.`);
  const { name, folder = ".", state } = entry;
  if (!isText(name) || !isText(state) || !isText(folder))
    throw unusable(path, `${place} needs texts for name and state; folder is one, too.`);
  const isUrl = /^https?:\/\//i.test(state);
  return { name, folder, state: isUrl ? state : join(dirname(resolve(path)), state) };
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "" && !/[\r\n\0]/.test(value);
}

function parsed(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as unknown;
  } catch (cause) {
    throw unusable(path, cause instanceof Error ? `${cause.message}.` : "It cannot be read.");
  }
}

function unusable(path: string, detail: string): CodedError {
  return new CodedError("unusable-stacks-file", `${path} cannot be used. ${detail}`);
}
