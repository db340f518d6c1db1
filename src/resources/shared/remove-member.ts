import { isGitLabError } from "../../gitlab";
import { confirmVisible } from "../../inventory";
import type { MembershipId } from "../../model";
import type { Context } from "./context";

/** Removes a direct member. One 404 is not "gone": that is confirmed by reading, and the removal tried once more. */
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
