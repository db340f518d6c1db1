import { DeliveryError } from "../../destinations/errors";
import { isGitLabError, type ErrorKind, type GitLabError } from "../../gitlab";
import { describeOwner, InvisibleError, WrongOwnerError } from "../../inventory";
import { formatAccountId, type Code } from "../../model";
import {
  DiagnosticError,
  error,
  type AttributePath,
  type Diagnostic,
} from "../../provider/contract";
import { reasonsFor } from "./refusals";

/** Runs a step. If it fails, the user gets what was tried, what the server returned, and the remedy. */
export async function attempt<T>(
  summary: string,
  work: () => Promise<T>,
  path?: AttributePath,
): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw explain(summary, cause, path);
  }
}

/** The failure in the user's terms. Anything that is not a known kind of failure is a bug and stays unchanged. */
export function explain(summary: string, cause: unknown, path?: AttributePath): unknown {
  const detail = detailOf(cause);
  if (detail === undefined) return cause;
  return new DiagnosticError(error(codeOf(cause), summary, detail, path));
}

/** For a failure without a description of the step. */
export function explainFailure(cause: unknown): Diagnostic | undefined {
  const detail = detailOf(cause);
  return detail === undefined
    ? undefined
    : error(codeOf(cause), "The request to GitLab failed", detail);
}

/** Undefined for a failure that a user cannot remedy. */
export function detailOf(cause: unknown): string | undefined {
  if (isGitLabError(cause)) return gitlabDetail(cause);
  if (cause instanceof DeliveryError || cause instanceof InvisibleError) {
    return `${sentence(cause.message)} ${cause.remedy}`;
  }
  if (cause instanceof WrongOwnerError)
    return `${sentence(cause.message)} ${wrongOwnerRemedy(cause)}`;
  return undefined;
}

/** By the kind of failure. What was tried is in the text. */
export function codeOf(cause: unknown): Code {
  if (isGitLabError(cause)) return CODES[cause.kind];
  if (cause instanceof InvisibleError) return "invisible-container";
  return cause instanceof WrongOwnerError ? "wrong-owner" : "delivery-failed";
}

const CODES: Readonly<Record<ErrorKind, Code>> = {
  bad_request: "gitlab-refused-value",
  unauthorized: "gitlab-unauthorized",
  token_ended: "gitlab-token-ended",
  forbidden: "gitlab-forbidden",
  insufficient_scope: "gitlab-insufficient-scope",
  not_found: "gitlab-not-found",
  conflict: "gitlab-conflict",
  rate_limited: "gitlab-rate-limited",
  unexpected_redirect: "gitlab-redirect",
  not_json: "gitlab-not-json",
  server_error: "gitlab-server-error",
  unreachable: "gitlab-unreachable",
  bad_setup: "unusable-setup",
  beyond_limit: "gitlab-beyond-limit",
  connection_broken: "connection-broken",
  stopped: "run-stopped",
};

function gitlabDetail(cause: GitLabError): string {
  const reasons = reasonsFor(cause);
  return [sentence(cause.message), cause.remedy, ...(reasons === undefined ? [] : [reasons])].join(
    " ",
  );
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function wrongOwnerRemedy({ account, actual, username }: WrongOwnerError): string {
  const named = username === undefined ? "It" : `"${username}"`;
  if (actual === undefined) {
    return `${named} is a human, or an account of another owner; write the id with the account's own group or project.`;
  }
  const id = formatAccountId({ ...account, owner: actual });
  return `${named} is an account of ${describeOwner(actual)}: write ${id}.`;
}
