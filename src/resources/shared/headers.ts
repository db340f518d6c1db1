import {
  DiagnosticError,
  error,
  isUnknown,
  type Diagnostic,
  type Unknown,
} from "../../provider/contract";

type Headers = { readonly [name: string]: string | Unknown | null };

/** Headers that a client sets itself, or that control the transfer. */
const RESERVED = new Set([
  "accept",
  "connection",
  "content-length",
  "content-type",
  "expect",
  "host",
  "keep-alive",
  "private-token",
  "proxy-authorization",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** Never quotes a value, which may be a credential. */
export function headerErrors(headers: Headers | Unknown | null): Diagnostic[] {
  if (headers === null || isUnknown(headers)) return [];
  return Object.entries(headers).flatMap(([name, value]) => {
    const problem = nameProblem(name) ?? valueProblem(value);
    if (problem === undefined) return [];
    const detail = `The header "${name}" ${problem}.`;
    return [error("unusable-header", "headers is not usable", detail, ["headers"])];
  });
}

/** Once every value is known. */
export function usableHeaders(
  headers: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const errors = headerErrors(headers);
  if (errors.length > 0) throw new DiagnosticError(...errors);
  return headers;
}

function nameProblem(name: string): string | undefined {
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) return "has a name that no header can have";
  return RESERVED.has(name.toLowerCase()) ? "is set by glsa itself. Leave it out" : undefined;
}

function valueProblem(value: string | Unknown | null): string | undefined {
  if (isUnknown(value)) return undefined;
  if (value === null) return "has no value. Leave it out, or write one";
  if (/[\r\n]/.test(value)) {
    return "has a line break in its value, often at the end of what was read from a file. Remove it: trimspace(…)";
  }
  return /^[\t\x20-\x7e\x80-\xff]*$/.test(value)
    ? undefined
    : "holds a character that cannot be sent in a header. Remove it";
}
