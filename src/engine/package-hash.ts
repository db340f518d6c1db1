import { createHash } from "node:crypto";

interface PackedFile {
  readonly name: string;
  readonly content: Uint8Array;
}

/**
 * The hash of a package's files in dependency lock files.
 * @see https://pkg.go.dev/golang.org/x/mod/sumdb/dirhash#Hash1
 */
export function h1(files: readonly PackedFile[]): string {
  const lines = [...files]
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .map(({ name, content }) => `${sha256(content)}  ${name}\n`);
  return `h1:${createHash("sha256").update(lines.join("")).digest("base64")}`;
}

export function sha256(content: Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
