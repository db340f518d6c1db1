import { isGitLabError, type GitLab } from "../gitlab";
import type { Owner } from "../model";

/**
 * GitLab returns 404 both for objects that are gone and for those that the caller cannot see. This error says that the
 * two cannot be distinguished.
 */
export class InvisibleError extends Error {
  constructor(readonly container: Owner) {
    super(`cannot see ${describeOwner(container)}`);
    this.name = "InvisibleError";
  }

  readonly remedy =
    "It was deleted, or the user of glsa's token is no longer a member. Nothing below it counts as deleted because of " +
    "that. Give the token access again; or, if it is really gone, remove the declarations from the state " +
    "(terraform state rm, tofu state rm) or run once as an administrator.";
}

export function describeOwner(owner: Owner): string {
  return owner.kind === "instance" ? "the instance" : `${owner.kind} ${owner.id}`;
}

/**
 * Called after a 404 for an object below a container. Returns only if that means "gone": the container itself is
 * visible, or the caller is an administrator, who sees everything.
 */
export async function confirmVisible(gitlab: GitLab, container: Owner): Promise<void> {
  if (container.kind === "instance" || (await gitlab.isAdministrator())) return;
  try {
    await gitlab.containers.touch(container);
  } catch (error) {
    if (isGitLabError(error, "not_found")) throw new InvisibleError(container);
    throw error;
  }
}
