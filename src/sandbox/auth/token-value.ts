import { createHash, randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";

const organisationId = 1;

/** A value in GitLab's form: prefix, random bytes with organisation and user, length, checksum. */
export function routableValue(prefix: string, userId: number): string {
  const payload = Buffer.from(`o:${organisationId.toString(36)}\nu:${userId.toString(36)}`);
  const length = Buffer.from([payload.length]);
  const encoded = Buffer.concat([randomBytes(16), payload, length]).toString("base64url");
  const body = `${prefix}${encoded}.01.${encoded.length.toString(36).padStart(2, "0")}`;
  return body + crc32(body).toString(36).padStart(7, "0");
}

/** A value in the form of older releases: prefix and 20 random characters. */
export function plainValue(prefix: string): string {
  return prefix + randomBytes(15).toString("base64url");
}

export function digestOf(value: string): string {
  return createHash("sha256").update(value).digest("base64");
}
