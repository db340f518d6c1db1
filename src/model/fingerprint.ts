import { createHash } from "node:crypto";

/**
 * What stands for a token's value where the value itself must not stand. A token holds 128 random bits or
 * more, so that nobody can search for it from its hash.
 */
export function fingerprint(value: string): string {
  return `sha256:${createHash("sha256").update(value).digest("hex").slice(0, 32)}`;
}
