import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { CodedError } from "../model/code";
import { secrets } from "../http";
import { readInput } from "./read-input";

/** Values, a line each: piped in, or typed without being shown. They never come from the command line, which others see. */
export async function readSecrets(question: string): Promise<string[]> {
  const text = process.stdin.isTTY ? await typed(question) : await readInput("-");
  const values = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  if (values.length === 0) throw new CodedError("missing-input", "No value was given.");
  secrets.add(...values);
  return values;
}

async function typed(question: string): Promise<string> {
  process.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: silent, terminal: true });
  try {
    return await terminal.question("");
  } finally {
    terminal.close();
    process.stderr.write("\n");
  }
}
