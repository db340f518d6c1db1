import { isUtf8 } from "node:buffer";
import type { IncomingMessage } from "node:http";
import { parse } from "qs";
import { ApiError, malformedStrings, parameterError } from "./errors";

const largestBody = 64 * 1024 * 1024;
const parseOptions = { depth: 5, arrayLimit: 1000, parameterLimit: 10_000 };
const methodsWithBody: readonly string[] = ["POST", "PUT", "PATCH", "DELETE"];

/**
 * Reads a request's body. Undefined if it is too large. Such a body is read to its end as well, because most clients
 * read the response only when they have sent everything.
 */
export function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= largestBody) chunks.push(chunk);
      else chunks.length = 0;
    });
    request.on("end", () => resolve(size <= largestBody ? Buffer.concat(chunks) : undefined));
    request.on("error", reject);
  });
}

/** Parameters from a query string or a form. */
export function parsePairs(text: string): Record<string, unknown> {
  return parse(text, parseOptions);
}

/** Parameters from a request's body, by its declared type. */
export async function bodyParameters(
  method: string,
  body: Buffer,
  contentType: string,
): Promise<Record<string, unknown>> {
  if (body.length === 0 || !methodsWithBody.includes(method)) return {};
  const type = contentType.split(";")[0]?.trim().toLowerCase() ?? "";
  switch (type) {
    case "application/x-www-form-urlencoded":
      return parsePairs(requireWellFormed(textOf(body)));
    case "multipart/form-data":
      return multipartParameters(body, contentType);
    case "":
    case "application/json":
      return jsonParameters(textOf(body));
    default:
      throw new ApiError({
        status: 415,
        body: { error: `The provided content-type '${type}' is not supported.` },
      });
  }
}

function textOf(body: Buffer): string {
  if (!isUtf8(body)) throw malformedStrings();
  return body.toString();
}

/** Parameters of a JSON body. A body that is not an object has none. */
export function jsonParameters(text: string): Record<string, unknown> {
  if (text === "") return {};
  // A null character, which no column of the database can hold; an escaped backslash before it is none.
  if (/(?<!\\)(?:\\\\)*\\u0000/.test(text)) throw malformedStrings();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw parameterError("message body does not match declared format");
  }
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject ? (value as Record<string, unknown>) : {};
}

async function multipartParameters(
  body: Buffer,
  contentType: string,
): Promise<Record<string, unknown>> {
  const headers = { "Content-Type": contentType };
  const form = await new Response(new Uint8Array(body), { headers }).formData().catch(() => {
    throw malformedStrings();
  });
  const pairs = new URLSearchParams();
  for (const [name, value] of form) if (typeof value === "string") pairs.append(name, value);
  return parsePairs(requireWellFormed(pairs.toString()));
}

/** Percent-encoded text that decodes to text without null characters. */
export function isWellFormed(encoded: string): boolean {
  try {
    return !decodeURIComponent(encoded).includes("\0");
  } catch {
    return false;
  }
}

function requireWellFormed(encoded: string): string {
  if (!isWellFormed(encoded)) throw malformedStrings();
  return encoded;
}
