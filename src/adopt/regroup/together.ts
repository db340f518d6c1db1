import { groupedBy, pathWord } from "../../model";
import { hclBlock, hclText } from "../hcl/blocks";
import { Names, snakeCase } from "../names";
import {
  accountAttribute,
  grantAttributes,
  hclFile,
  hclResource,
  importBlock,
  removedBlock,
} from "./hcl";
import { resourceOf, type HeldMemberships, type Regrouped, type SingleMembership } from "./held";

const LONGEST_NAME = 60;

/** One `glsa_memberships` for each account in place of its single ones. */
export function together(held: HeldMemberships): Regrouped {
  const reasons = obstacles(held);
  const moving = held.single.filter(({ address }) => !reasons.has(address));
  const accounts = [...groupedBy(moving, ({ userId }) => userId).values()];
  const names = new Names(LONGEST_NAME);
  const blocks = accounts.flatMap((memberships) => accountBlocks(memberships, held, names));
  const replaced = [...new Set(moving.map(({ address }) => resourceOf(address)))];
  return {
    code: hclFile([...blocks, ...replaced.map(removedBlock)]),
    replaced,
    from: moving.length,
    to: accounts.length,
    left: [...reasons].map(([address, reason]) => ({ address, reason })),
  };
}

function accountBlocks(
  memberships: readonly SingleMembership[],
  held: HeldMemberships,
  names: Names,
): string[] {
  const [first] = memberships;
  if (first === undefined) return [];
  const { userId, accountId } = first;
  const account = held.accounts.get(accountId ?? "");
  const words = account === undefined ? ["user", String(userId)] : [nameIn(account)];
  const address = `glsa_memberships.${snakeCase(names.nameOf(words, String(userId)))}`;
  const places = memberships.map(({ place }) =>
    hclBlock(`${place.kind} ${hclText(pathWord(place.path))}`, [
      ["path", hclText(place.path)],
      ...grantAttributes(place),
    ]),
  );
  return [
    hclResource(address, [accountAttribute(first, held)], places),
    importBlock(address, `user:${userId}`),
  ];
}

/** `glsa_service_account.bot["ci"]` gives "bot-ci". */
function nameIn(address: string): string {
  return address.replace(/^glsa_service_account\./, "").replaceAll("_", "-");
}

/**
 * What stays as it is, and why. A `removed` block lets go of all instances of a resource, and an account has one form:
 * so one that must stay keeps its resource and its account.
 */
function obstacles({ single, together: done }: HeldMemberships): Map<string, string> {
  const reasons = new Map<string, string>();
  const accounts = new Map<number, string>(
    done.map(({ userId, address }) => [userId, `its account has ${address} already`]),
  );
  for (const { address, obstacle } of single)
    if (obstacle !== undefined) reasons.set(address, obstacle);
  for (;;) {
    const before = reasons.size;
    const resources = new Map([...reasons.keys()].map((address) => [resourceOf(address), address]));
    for (const { address, userId } of single) {
      const other = resources.get(resourceOf(address));
      const reason =
        reasons.get(address) ??
        accounts.get(userId) ??
        (other === undefined ? undefined : `${other} of the same resource stays`);
      if (reason === undefined) continue;
      reasons.set(address, reason);
      if (!accounts.has(userId)) accounts.set(userId, `${address} of the same account stays`);
    }
    if (reasons.size === before) return reasons;
  }
}
