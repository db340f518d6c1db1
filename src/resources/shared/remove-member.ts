import { isGitLabError } from "../../gitlab";
import { confirmVisible } from "../../inventory";
import type { MembershipId } from "../../model";
import type { Context } from "./context";

/**
 * Removes a direct member. A single 404 does not prove that it is gone: a read confirms it, and the removal is repeated
 * once.
 */
export async function removeMember(
  { container, userId }: MembershipId,
  options: { readonly below: boolean },
  context: Context,
): Promise<void> {
  const remove = () => context.gitlab.members.remove(container, userId, options);
  try {
    await remove();
  } catch (cause) {
    if (!isGitLabError(cause, "not_found")) throw cause;
    await confirmVisible(context.gitlab, container);
    await context.inventory.members.drop(container, userId);
    if ((await context.inventory.members.find(container, userId)) !== undefined) await remove();
  }
  await context.inventory.members.drop(container, userId);
}
