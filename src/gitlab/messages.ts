import { isRecord } from "../model";
import { serverText } from "../http";
import type { ErrorKind } from "./error-facts";

/** GitLab's text in an error body, in any of its shapes. */
export function messageOf(body: unknown): string {
  if (typeof body === "string") return body.trim();
  if (!isRecord(body)) return "";
  const words = body["message"] ?? body["error_description"] ?? body["error"];
  return flatten(words);
}

/** GitLab nests its texts once or twice. */
const DEEPEST_WORDS = 5;

/** `{"access_level":["is invalid"]}` reads `access_level is invalid`. */
function flatten(words: unknown, depth = 0): string {
  if (typeof words === "string") return words;
  if (depth > DEEPEST_WORDS) return "…";
  const inner = (value: unknown) => flatten(value, depth + 1);
  if (Array.isArray(words)) return words.map(inner).join(", ");
  if (isRecord(words)) {
    return Object.entries(words)
      .map(([name, value]) =>
        name === "base" || name === "error" ? inner(value) : `${name} ${inner(value)}`,
      )
      .join("; ");
  }
  return words === undefined || words === null ? "" : String(words);
}

/** The attributes that an error body names. Unlike the texts, they are never translated. */
export function attributesOf(body: unknown): string[] {
  const words = isRecord(body) ? (body["message"] ?? body["error"]) : undefined;
  return isRecord(words) ? Object.keys(words).map((name) => serverText(name)) : [];
}

export function kindOf(status: number, body: unknown): ErrorKind {
  const code = isRecord(body) ? body["error"] : undefined;
  if (status === 401 && code === "invalid_token") return "token_ended";
  if (status === 403 && (code === "insufficient_scope" || isGranularRefusal(body)))
    return "insufficient_scope";
  const byStatus: Readonly<Record<number, ErrorKind>> = {
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    409: "conflict",
    429: "rate_limited",
  };
  return byStatus[status] ?? (status >= 500 ? "server_error" : "bad_request");
}

/** Of a fine-grained token that lacks a permission, or of another one where only fine-grained ones may do something. */
export function isGranularRefusal(body: unknown): boolean {
  return isRecord(body) && body["error"] === "insufficient_granular_scope";
}
