import { createHash, randomBytes } from "node:crypto";
import type { Reply } from "./reply";

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A request id: a ULID, whose first part is the time. */
export function requestId(milliseconds: number): string {
  let time = "";
  for (let rest = milliseconds; time.length < 10; rest = Math.floor(rest / 32)) {
    time = (alphabet[rest % 32] ?? "") + time;
  }
  return time + [...randomBytes(16)].map((byte) => alphabet[byte % 32]).join("");
}

/** A body as Rails writes it: safe inside HTML. */
export function wireJson(body: unknown): string {
  return JSON.stringify(body).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function etagOf(content: string | Buffer): string {
  return `W/"${createHash("sha256").update(content).digest("hex").slice(0, 32)}"`;
}

interface Timing {
  readonly milliseconds: number;
  readonly seconds: number;
}

/** The headers that GitLab was recorded to send, for a response of this status and content. */
export function standardHeaders(
  reply: Reply,
  content: string | Buffer,
  { milliseconds, seconds }: Timing,
): Record<string, string> {
  const id = requestId(milliseconds);
  const succeeded = reply.status === 200 || reply.status === 201;
  return {
    Date: new Date(milliseconds).toUTCString(),
    "Cache-Control": succeeded ? "max-age=0, private, must-revalidate" : "no-cache",
    ...(reply.status === 204 ? {} : { "Content-Type": reply.text?.type ?? "application/json" }),
    ...(succeeded ? { ETag: etagOf(content) } : {}),
    ...(reply.status < 300 ? { "Referrer-Policy": "strict-origin-when-cross-origin" } : {}),
    Vary: "Origin",
    Nel: '{"max_age": 0}',
    Server: "nginx",
    "Strict-Transport-Security": "max-age=63072000",
    ...(reply.rescued === true
      ? {}
      : { "X-Content-Type-Options": "nosniff", "X-Frame-Options": "SAMEORIGIN" }),
    "X-Gitlab-Meta": JSON.stringify({ correlation_id: id, version: "1" }),
    "X-Request-Id": id,
    "X-Runtime": seconds.toFixed(6),
    ...reply.headers,
  };
}
