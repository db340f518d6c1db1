import { Names, snakeCase } from "../names";
import {
  accountAttribute,
  grantAttributes,
  hclFile,
  hclResource,
  importBlock,
  removedBlock,
} from "./hcl";
import { hclText } from "../hcl/blocks";
import { resourceOf, type HeldMemberships, type Regrouped, type TogetherMemberships } from "./held";

const LONGEST_NAME = 100;

/** A `glsa_membership` for each block of the accounts' `glsa_memberships`. */
export function separate(held: HeldMemberships): Regrouped {
  const names = new Names(LONGEST_NAME);
  const replaced = [...new Set(held.together.map(({ address }) => resourceOf(address)))];
  const blocks = held.together.flatMap((whole) => singleBlocks(whole, held, names));
  return {
    code: hclFile([...blocks, ...replaced.map(removedBlock)]),
    replaced,
    from: held.together.length,
    to: held.together.reduce((sum, { places }) => sum + places.length, 0),
    left: [],
  };
}

function singleBlocks(whole: TogetherMemberships, held: HeldMemberships, names: Names): string[] {
  const base = whole.address.replace(/^.*\bglsa_memberships\./, "").replaceAll("_", "-");
  return whole.places.flatMap((place) => {
    const name = names.nameOf([base, place.kind, place.label], String(whole.userId));
    const address = `glsa_membership.${snakeCase(name)}`;
    return [
      hclResource(address, [
        accountAttribute(whole, held),
        [place.kind, hclText(place.path)],
        ...grantAttributes(place),
      ]),
      importBlock(address, `${place.kind}:${place.path}:${whole.userId}`),
    ];
  });
}
