import type { Container } from "../../model";
import type { Diagnostic, PrivateState } from "../../provider/contract";
import { claimOfMembership } from "../membership/write";
import { destroyedAndKept } from "../one-address/texts";
import { describeMembership } from "../membership/member";
import type { Context } from "../shared/context";
import type { KnownEntry } from "./entries";
import { containerOf } from "./memory";

/** Refuses what another address of the run, such as a membership that is declared alone, destroys. */
export function claimKept(
  containers: readonly Container[],
  userId: number,
  context: Context,
): Diagnostic[] {
  return containers.flatMap((container) => claim({ container, userId }, "keep", context));
}

/** Refuses to remove what another address of the run creates, adopts or keeps. */
export async function claimRemoved(
  entries: readonly KnownEntry[],
  { kept, userId }: { readonly kept: PrivateState | null; readonly userId: number },
  context: Context,
): Promise<Diagnostic[]> {
  const containers = await Promise.all(entries.map((entry) => containerOf(entry, kept, context)));
  return containers.flatMap((container) => claim({ container, userId }, "destroy", context));
}

function claim(
  id: { readonly container: Container; readonly userId: number },
  intention: "keep" | "destroy",
  context: Context,
): Diagnostic[] {
  const address = `memberships of user ${id.userId}`;
  if (!context.claims.planned(claimOfMembership(id), intention, address)) return [];
  return [destroyedAndKept(`the ${describeMembership(id, context)}`)];
}
