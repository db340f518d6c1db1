import { readFile } from "node:fs/promises";
import { decodeText } from "../model";
import { CodedError } from "../model/code";

/** A file's text; of `-`, what is piped in. */
export async function readInput(path: string): Promise<string> {
  if (path === "-") return readStandardInput();
  try {
    return decodeText(await readFile(path));
  } catch (failure) {
    throw new CodedError("unreadable-input", `${path} cannot be read: ${reasonOf(failure)}.`);
  }
}

async function readStandardInput(): Promise<string> {
  if (process.stdin.isTTY)
    throw new CodedError("missing-input", "- reads what is piped in, and nothing is.");
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Buffer));
  return decodeText(Buffer.concat(chunks));
}

function reasonOf(failure: unknown): string {
  const code = failure instanceof Error && "code" in failure ? failure.code : undefined;
  if (code === "ENOENT") return "there is no such file";
  if (code === "EISDIR") return "it is a folder";
  if (code === "EACCES") return "permission denied";
  return failure instanceof Error ? failure.message : String(failure);
}
