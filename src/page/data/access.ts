import type { Estate } from "./estate";
import type { AccountRow, ContainerRow, MembershipRow } from "./estate-data";

/** An account's role in a container: by a membership there, or by one in a group above. */
export interface Access {
  readonly membership: MembershipRow;
  /** The group above that grants it. Null for the container's own membership. */
  readonly from: string | null;
  /** The lower direct role of the account there, if the one from above counts. */
  readonly own: MembershipRow | null;
}

/** All access of one account. */
export class AccountAccess {
  private readonly direct: ReadonlyMap<string, MembershipRow>;

  constructor(
    private readonly estate: Estate,
    account: AccountRow,
  ) {
    this.direct = new Map(estate.membershipsOf(account.id).map((each) => [each.container, each]));
  }

  in(container: ContainerRow): Access | null {
    const own = this.direct.get(container.ref) ?? null;
    let best: Access | null = own === null ? null : { membership: own, from: null, own };
    for (const above of ancestors(this.estate, container)) {
      const membership = this.direct.get(above.ref);
      if (membership !== undefined && membership.level > (best?.membership.level ?? -1)) {
        best = { membership, from: above.ref, own };
      }
    }
    return best;
  }
}

/** The groups above a container, as far as they were seen, the nearest first. */
export function ancestors(estate: Estate, container: ContainerRow): ContainerRow[] {
  const above: ContainerRow[] = [];
  let parent = container.parent;
  while (parent !== null && above.length < DEEPEST) {
    const next = estate.container(parent);
    if (next === undefined) break;
    above.push(next);
    parent = next.parent;
  }
  return above;
}

/** GitLab nests groups 20 deep. */
const DEEPEST = 25;

/** By path: the containers in which any of these accounts is a direct member. */
export function containersOf(estate: Estate, accounts: readonly AccountRow[]): ContainerRow[] {
  const refs = new Set(
    accounts.flatMap(({ id }) => estate.membershipsOf(id).map(({ container }) => container)),
  );
  return estate.containers.filter(({ ref }) => refs.has(ref));
}
