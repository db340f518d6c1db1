import type { Reply } from "./reply";

/** Ends a request with a response. */
export class ApiError extends Error {
  constructor(readonly reply: Reply) {
    super(`answered with ${reply.status}`);
  }
}

/** An error text passed on unchanged, as GitLab does with the texts of its services. */
export function failure(status: number, message: unknown): ApiError {
  return new ApiError({ status, body: { message } });
}

/** A response of the parameter check, which has its own shape. */
export function parameterError(text: string): ApiError {
  return new ApiError({ status: 400, body: { error: text }, rescued: true });
}

/** Errors of a record's attributes. */
export function invalidRecord(attributes: Record<string, string[]>): ApiError {
  return failure(400, attributes);
}

/** GitLab's response before it processes a request whose strings cannot be text. */
export function malformedStrings(): ApiError {
  return new ApiError({
    status: 400,
    text: { type: "text/plain", content: "Bad Request" },
    rescued: true,
  });
}

export function unauthorized(): ApiError {
  return failure(401, "401 Unauthorized");
}

export function forbidden(reason?: string): ApiError {
  return failure(403, withReason("403 Forbidden", reason));
}

export function badRequest(reason?: string): ApiError {
  return failure(400, withReason("400 Bad request", reason));
}

/** A look-up by one of GitLab's helpers, which name the object. */
export function notFound(thing?: string): ApiError {
  return failure(404, thing === undefined ? "404 Not Found" : `404 ${thing} Not Found`);
}

/** A look-up by a bare record finder, recognised by its lower-case "found". */
export function recordNotFound(): ApiError {
  return new ApiError({ status: 404, body: { message: "404 Not found" }, rescued: true });
}

export function conflict(message: string | readonly string[]): ApiError {
  return failure(409, message);
}

function withReason(text: string, reason: string | undefined): string {
  return reason === undefined ? text : `${text} - ${reason}`;
}

/** A refusal in the form of RFC 6750. Its header is sent with 401 only. */
export function bearerError(
  status: 401 | 403,
  error: "invalid_token" | "insufficient_scope",
  description: string,
  scope?: string,
): ApiError {
  const challenge = `Bearer realm="Protected by OAuth 2.0", error="${error}", error_description="${description}"`;
  return new ApiError({
    status,
    body: { error, error_description: description, scope },
    headers: status === 401 ? { "WWW-Authenticate": challenge } : undefined,
    rescued: true,
  });
}
