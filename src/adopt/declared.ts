import type { Declared } from "./choose";
import { accountKey, membershipKey, tokenKey } from "./keys";
import type { Picture } from "../estate";
import { pathWord, type Container } from "../model";
import type { Written } from "./written";

/** What a state declares, as far as it identifies the objects. */
export interface StateDeclarations {
  readonly accounts: readonly { readonly address: string; readonly userId: number }[];
  readonly tokens: readonly {
    readonly address: string;
    readonly tokenId: number;
    /** The tokens that it replaced, and those of an interrupted run. */
    readonly others: readonly number[];
  }[];
  readonly memberships: readonly {
    readonly address: string;
    readonly userId: number;
    readonly container: {
      readonly kind: Container["kind"];
      readonly id: number | undefined;
      readonly path: string | undefined;
    };
  }[];
}

/** What states declare, and what the code of a folder declares. */
export function declaredBy(
  states: readonly StateDeclarations[],
  written: Written,
  { containers, memberships }: Pick<Picture, "containers" | "memberships">,
): Declared {
  const numbers = new Map(
    [...containers, ...memberships.map(({ container }) => container)].map(({ kind, id, path }) => [
      `${kind} ${pathWord(path)}`,
      id,
    ]),
  );
  const glsas = new Set<string>();
  const official = new Map<string, string>();
  const add = (address: string, key: string) => {
    if (!isOfficial(address)) glsas.add(key);
    else if (MOVABLE.test(address)) official.set(key, address);
  };
  for (const { accounts, tokens, memberships: members } of states) {
    for (const { address, userId } of accounts) add(address, accountKey(userId));
    for (const { address, tokenId, others } of tokens) {
      for (const each of [tokenId, ...others]) add(address, tokenKey(each));
    }
    for (const { address, userId, container } of members) {
      const { kind, path = "" } = container;
      const id = container.id ?? numbers.get(`${kind} ${pathWord(path)}`);
      if (id !== undefined) add(address, membershipKey({ kind, id }, userId));
    }
  }
  return {
    has: (object) =>
      glsas.has(object.key) ||
      written.has(object) ||
      written.movesFrom(official.get(object.key) ?? ""),
    officialAddress: (key) => (glsas.has(key) ? undefined : official.get(key)),
  };
}

/** An address of Terraform, or a URN of Pulumi. */
function isOfficial(address: string): boolean {
  return /(?:^|\.)gitlab_\w+\.[\w-]+(?:\[.*\])?$|::gitlab:/.test(address);
}

/** An address that a `moved` block can name, without any special meaning in it. */
const MOVABLE =
  /^(?:module\.[\w-]+(?:\[(?:\d+|"(?:[^"\\\n$%]|\\.)*")\])?\.)*gitlab_\w+\.[\w-]+(?:\[(?:\d+|"(?:[^"\\\n$%]|\\.)*")\])?$/;
