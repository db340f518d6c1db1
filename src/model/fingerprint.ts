import { createHash } from "node:crypto";

/**
 * A hash that replaces a token's value where the value itself must not appear. A token has 128 random bits or more, so
 * the value cannot be searched from its hash.
 */
export function fingerprint(value: string): string {
  return `sha256:${createHash("sha256").update(value).digest("hex").slice(0, 32)}`;
}
