import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A file of the configuration, and what it becomes. */
export interface CodeEdit {
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** As `diff -u` shows it, without the lines around. */
  readonly diff: string;
}

/**
 * Writes `revoke_now` where code in HCL declares a token. What a loop, a module or a program declares is left to a person.
 * @returns undefined where no block of the folder is certainly this token's
 */
export function withRevokeNow(
  folder: string,
  address: string,
  tokenId: number,
): CodeEdit | undefined {
  const name = /^glsa_access_token\.([\w-]+)$/.exec(address)?.[1];
  if (name === undefined) return undefined;
  const edits = readdirSync(folder)
    .filter((file) => /\.(tf|tofu)$/.test(file))
    .flatMap((file) => editOf(join(folder, file), name, tokenId) ?? []);
  const [edit, ...others] = edits;
  return others.length === 0 ? edit : undefined;
}

export function write({ path, after }: CodeEdit): void {
  writeFileSync(path, after);
}

function editOf(path: string, name: string, tokenId: number): CodeEdit | undefined {
  const before = readFileSync(path, "utf8");
  const opening = new RegExp(
    `^[ \\t]*resource[ \\t]+"glsa_access_token"[ \\t]+"${name}"[ \\t]*\\{[ \\t]*\\r?\\n`,
    "m",
  );
  const found = opening.exec(before);
  if (found === null) return undefined;
  const start = found.index + found[0].length;
  const body = bodyAt(before, start);
  if (body === undefined || /^\s*(count|for_each)\s*=/m.test(body)) return undefined;
  const written = /^([ \t]*)revoke_now([ \t]*)=[ \t]*\[([\d,\s]*)\][ \t]*(#.*)?\r?$/m.exec(body);
  if (written === null && /^\s*revoke_now\b/m.test(body)) return undefined;
  const lines =
    written === null
      ? {
          old: "",
          now: `  # It leaked. Take this out once the token is gone.\n  revoke_now = [${tokenId}]\n\n`,
          at: start,
        }
      : {
          old: written[0],
          now: `${written[1]}revoke_now${written[2]}= [${[...numbersIn(written[3] ?? ""), tokenId].join(", ")}]`,
          at: start + written.index,
        };
  if (written !== null && numbersIn(written[3] ?? "").includes(tokenId)) {
    return { path, before, after: before, diff: "" };
  }
  const after = before.slice(0, lines.at) + lines.now + before.slice(lines.at + lines.old.length);
  return { path, before, after, diff: diffOf(path, lines.old, lines.now) };
}

function numbersIn(list: string): number[] {
  return list
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "")
    .map(Number);
}

/** Up to the brace that closes the block; undefined if that is not certain. */
function bodyAt(text: string, start: number): string | undefined {
  const tokens = /"(?:[^"\\]|\\.)*"|#.*|\/\/.*|\/\*[^]*?\*\/|<<|[{}]/g;
  tokens.lastIndex = start;
  let depth = 1;
  for (let found = tokens.exec(text); found !== null; found = tokens.exec(text)) {
    if (found[0] === "<<") return undefined;
    if (found[0] === "{") depth += 1;
    if (found[0] === "}") depth -= 1;
    if (depth === 0) return text.slice(start, found.index);
  }
  return undefined;
}

function diffOf(path: string, old: string, now: string): string {
  const marked = (text: string, mark: string) =>
    text === ""
      ? []
      : text
          .trimEnd()
          .split("\n")
          .map((line) => `${mark}${line}`);
  return [`--- ${path}`, `+++ ${path}`, ...marked(old, "-"), ...marked(now, "+"), ""].join("\n");
}
