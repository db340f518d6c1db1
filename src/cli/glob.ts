import { readdirSync } from "node:fs";
import { join } from "node:path";

/** Folders that hold no states of this project. */
const SKIPPED: ReadonlySet<string> = new Set(["node_modules", ".git"]);

export function isPattern(path: string): boolean {
  return /[*?]/.test(path);
}

/** Files that a pattern names: `*` and `?` within a name, `**` for any folders. In the order of their names. */
export function filesOf(pattern: string): string[] {
  const parts = pattern.split("/");
  const fixed = parts.findIndex(isPattern);
  const root = parts.slice(0, fixed).join("/");
  return below(root === "" && pattern.startsWith("/") ? "/" : root, parts.slice(fixed)).sort();
}

function below(folder: string, parts: readonly string[]): string[] {
  const [part = "", ...rest] = parts;
  const entries = entriesOf(folder);
  const inside = (name: string) => (folder === "" ? name : join(folder, name));
  if (part === "**") {
    const folders = entries.filter((each) => each.isDirectory() && !SKIPPED.has(each.name));
    return [
      ...new Set([
        ...below(folder, rest),
        ...folders.flatMap(({ name }) => below(inside(name), parts)),
      ]),
    ];
  }
  const matching = entries.filter(({ name }) => matcherOf(part).test(name));
  if (rest.length === 0) {
    return matching.filter((each) => !each.isDirectory()).map(({ name }) => inside(name));
  }
  return matching
    .filter((each) => each.isDirectory() || each.isSymbolicLink())
    .flatMap(({ name }) => below(inside(name), rest));
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder === "" ? "." : folder, { withFileTypes: true });
  } catch {
    // A pattern that reaches into what cannot be read names nothing there.
    return [];
  }
}

/** Takes a name that a pattern without folders means. */
export function matcherOf(part: string): RegExp {
  const words = part
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", "[^/]*")
    .replaceAll("?", "[^/]");
  return new RegExp(`^${words}$`);
}
