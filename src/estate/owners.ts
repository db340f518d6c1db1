import type { GitLab } from "../gitlab";
import type { AccountsById } from "./accounts";
import type { Containers } from "./containers";
import type { GapLog } from "./gap-log";
import { PagedList } from "./paged-list";
import type { PicturedContainer, PicturedMembership } from "./picture";

/** Groups and projects that are asked whose an account with an address of its own is. */
const MOST_ASKED = 100;

/**
 * Whose accounts are of which neither username nor address tells it. They are sought where they are members, and above:
 * that is where most of them are of.
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
      // What fails leaves the owner unknown, which is told below.
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
    `GitLab does not tell administrators whose ${open.size === 1 ? "an account" : `${open.size} accounts`} with an e-mail address of its own is, and no group or project in which it is a member has it.`,
    "Where it matters, audit the group with --group: its own accounts are known by that.",
  );
}

interface Sought {
  readonly memberships: readonly Pick<PicturedMembership, "userId" | "container">[];
  readonly containers: Containers;
}

function idOf({ userId }: { readonly userId: number }): number {
  return userId;
}
