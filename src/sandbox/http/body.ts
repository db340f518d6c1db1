import type { IncomingMessage } from "node:http";
import { parse } from "qs";
import { ApiError, parameterError } from "./errors";

const largestBody = 64 * 1024 * 1024;
const parseOptions = { depth: 5, arrayLimit: 1000, parameterLimit: 10_000 };

export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestBody)
      throw new ApiError({ status: 413, body: { error: "Payload too large" } });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Parameters from a query string or a form. */
export function parsePairs(text: string): Record<string, unknown> {
  return parse(text, parseOptions);
}

/** Parameters from a body, by its declared type; what is no object has none. */
export function parseBody(text: string, contentType: string): Record<string, unknown> {
  if (text === "") return {};
  const type = contentType.split(";")[0]?.trim().toLowerCase() ?? "";
  if (type === "" || type === "application/x-www-form-urlencoded") return parsePairs(text);
  if (type !== "application/json") {
    throw new ApiError({
      status: 415,
      body: { error: `The provided content-type '${type}' is not supported.` },
    });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw parameterError("message body does not match declared format");
  }
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject ? (value as Record<string, unknown>) : {};
}
