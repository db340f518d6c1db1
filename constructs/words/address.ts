import { createHash } from "node:crypto";

/** A word that an engine's address takes as it is, where a slash is written as two underscores. */
const PLAIN = /^[A-Za-z0-9-]+(\/[A-Za-z0-9-]+)*$/;

/**
 * An engine's name for an object, made of the words that it is known by. Equal words give equal addresses, and
 * different words different ones: where characters had to be replaced, a hash of the words tells them apart.
 */
export function addressOf(words: readonly string[]): string {
  const readable = words
    .map((word) => word.replaceAll("/", "__").replace(/[^A-Za-z0-9_-]+/g, "-"))
    .join("_");
  const exact = words.every((word) => PLAIN.test(word));
  const address = exact ? readable : `${readable}_${hash(words)}`;
  return /^[A-Za-z_]/.test(address) ? address : `_${address}`;
}

/** GitLab's paths and usernames ignore letter case, and a slash at either end says nothing. */
export function pathWord(path: string): string {
  return path.replace(/^\/+|\/+$/g, "").toLowerCase();
}

function hash(words: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(words)).digest("hex").slice(0, 8);
}
