import type { GitLab } from "../gitlab";
import type { AccountsById } from "./accounts";
import type { Containers } from "./containers";
import type { GapLog } from "./gap-log";
import { PagedList } from "./paged-list";
import type { PicturedContainer, PicturedMembership } from "./picture";

/** The number of groups and projects that are searched for the owner of an account with its own email address. */
const MOST_ASKED = 100;

/**
 * Accounts whose owner neither username nor address shows. The search covers the containers in which they are members,
 * and those above: there most of them have their owner.
 */
export async function findOwners(
  gitlab: GitLab,
  accounts: AccountsById,
  { memberships, containers }: Sought,
  gaps: GapLog,
): Promise<void> {
  const open = new Set([...accounts.values()].filter(({ owner }) => owner === null).map(idOf));
  if (open.size === 0) return;
  const places = new Set<PicturedContainer>();
  for (const { userId, container } of memberships) {
    if (!open.has(userId)) continue;
    for (const place of [container, ...containers.above(container)]) places.add(place);
  }
  await Promise.all(
    [...places].slice(0, MOST_ASKED).map(async ({ kind, id, path }) => {
      const list = new PagedList(
        (page) => gitlab.accounts.page({ kind, id }, page),
        ({ id }) => id,
      );
      // A failure leaves the owner unknown, which is reported below.
      const { items } = await list.read(({ id }) => open.has(id));
      for (const { id: userId } of items) {
        const account = accounts.get(userId);
        if (account !== undefined) accounts.set(userId, { ...account, owner: { kind, id, path } });
        open.delete(userId);
      }
    }),
  );
  if (open.size === 0) return;
  gaps.expected(
    { hides: ["owners"], what: "owners" },
    `GitLab does not show administrators the owner of ${open.size === 1 ? "an account" : `${open.size} accounts`} with its own email address, and it is no group or project in which the account is a member.`,
    "If it matters, audit the group with --group, which lists its own accounts.",
  );
}

interface Sought {
  readonly memberships: readonly Pick<PicturedMembership, "userId" | "container">[];
  readonly containers: Containers;
}

function idOf({ userId }: { readonly userId: number }): number {
  return userId;
}
