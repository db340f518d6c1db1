import { DeliveryError } from "../../delivery";
import { isGitLabError, type GitLabError } from "../../gitlab";
import { InvisibleError, WrongOwnerError } from "../../inventory";
import { DiagnosticError, error, type AttributePath } from "../../provider/contract";

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
  return detail === undefined ? cause : new DiagnosticError(error(summary, detail, path));
}

/** Undefined for what is not a failure that a user can do something about. */
export function detailOf(cause: unknown): string | undefined {
  if (isGitLabError(cause)) return gitlabDetail(cause);
  if (cause instanceof DeliveryError || cause instanceof InvisibleError) {
    return `${sentence(cause.message)} ${cause.remedy}`;
  }
  if (cause instanceof WrongOwnerError) {
    return `${sentence(cause.message)} The id names another owner than the one that GitLab knows; write the id with the account's own group or project.`;
  }
  return undefined;
}

function gitlabDetail(cause: GitLabError): string {
  const remedy = REMEDY_BY_MESSAGE.find(({ words }) => words.test(cause.serverMessage))?.remedy;
  return `${sentence(cause.message)} ${remedy ?? cause.remedy}`;
}

/** Refusals whose reason GitLab's status does not tell. */
const REMEDY_BY_MESSAGE: readonly { words: RegExp; remedy: string }[] = [
  {
    words: /reached its service account creation limit/,
    remedy:
      "The licence allows no further service account (100 on the Free tier). Remove accounts that are no longer " +
      "used, those of other groups included, or raise the subscription.",
  },
  {
    words: /permission to create a service account/,
    remedy:
      "On a self-managed instance a group's Owner may create service accounts only where an administrator has " +
      "allowed it (allow_top_level_group_owners_to_create_service_accounts). Have it allowed, or use an administrator's token.",
  },
  {
    words: /Expires at must be before/,
    remedy:
      "The instance allows no longer life, and only an administrator can ask it for its limit. Write an earlier " +
      "expires_at, or with rotation a lifetime, and if need be an every, that fits.",
  },
  {
    words: /inherited membership from group/,
    remedy: "Write the inherited role or a higher one, or lower the role in the group above first.",
  },
  {
    words: /Email has already been taken/,
    remedy: "Another user has this e-mail address. Write another one, or leave email out.",
  },
];

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
