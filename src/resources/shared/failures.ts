import { DeliveryError } from "../../destinations/errors";
import { isGitLabError, type GitLabError } from "../../gitlab";
import { describeOwner, InvisibleError, WrongOwnerError } from "../../inventory";
import { formatAccountId } from "../../model";
import {
  coded,
  DiagnosticError,
  error,
  type AttributePath,
  type Diagnostic,
} from "../../provider/contract";
import { reasonsFor } from "./refusals";

/** Runs a step; when it fails, the user is told what was tried, what the server said, and what to do. */
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

/** The failure in the user's words; anything that is not a known kind of failure is a bug and stays as it is. */
export function explain(summary: string, cause: unknown, path?: AttributePath): unknown {
  const detail = detailOf(cause);
  if (detail === undefined) return cause;
  const told = error(summary, detail, path);
  const isInvisible = cause instanceof InvisibleError;
  return new DiagnosticError(isInvisible ? coded("invisible-container", told) : told);
}

/** For a failure of which no step says what was tried. */
export function explainFailure(cause: unknown): Diagnostic | undefined {
  const detail = detailOf(cause);
  return detail === undefined ? undefined : error("GitLab could not be asked", detail);
}

/** Undefined for what is not a failure that a user can do something about. */
export function detailOf(cause: unknown): string | undefined {
  if (isGitLabError(cause)) return gitlabDetail(cause);
  if (cause instanceof DeliveryError || cause instanceof InvisibleError) {
    return `${sentence(cause.message)} ${cause.remedy}`;
  }
  if (cause instanceof WrongOwnerError)
    return `${sentence(cause.message)} ${wrongOwnerRemedy(cause)}`;
  return undefined;
}

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
