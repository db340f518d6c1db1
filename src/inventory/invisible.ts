import { isGitLabError, type GitLab } from "../gitlab";
import type { Owner } from "../model";

/** GitLab answers 404 alike for what is gone and for what the caller may not see; this says that it cannot be told. */
export class InvisibleError extends Error {
  constructor(readonly container: Owner) {
    super(`cannot see ${describeOwner(container)}`);
    this.name = "InvisibleError";
  }

  readonly remedy =
    "It was deleted, or the user of glsa's token is no longer a member. Nothing below it is taken for deleted on " +
    "that ground. Give the token access again; or, if it is really gone, remove the declarations from the state " +
    "(terraform state rm, tofu state rm) or run once as an administrator.";
}

export function describeOwner(owner: Owner): string {
  return owner.kind === "instance" ? "the instance" : `${owner.kind} ${owner.id}`;
}

/**
 * Called when something below a container answered 404. Returns only if that means "gone": the container itself
 * answers, or the caller is an administrator, who sees everything.
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
