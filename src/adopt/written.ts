import { parseAccountId, parseTokenId } from "../model";
import { accountKey, membershipKey, tokenKey, type Identity } from "./keys";
import { snakeCase } from "./names";

/** What the files of a folder already declare, as far as it can be seen without running them. */
export interface Written {
  has(object: Identity): boolean;
  /** The address of an account, to which its tokens and memberships refer. Undefined if the files declare none. */
  addressOf(account: Pick<Identity, "key" | "name">): string | undefined;
  /** Whether an object is moved from this address of the official provider. */
  movesFrom(address: string): boolean;
}

export const NOTHING_WRITTEN: Written = {
  has: () => false,
  addressOf: () => undefined,
  movesFrom: () => false,
};

type Kind = Identity["kind"];

const TYPES: Readonly<Record<Kind, string>> = {
  account: "glsa_service_account",
  token: "glsa_access_token",
  membership: "glsa_membership",
};

/**
 * By import blocks. If these were removed after an apply, by the name of the resource, since the same object always
 * gets the same name.
 */
export function writtenHcl(files: readonly string[]): Written {
  const addresses = new Set<string>();
  const imported = new Map<string, string>();
  for (const text of files) {
    for (const [, type, name] of text.matchAll(/\bresource\s+"(glsa_\w+)"\s+"([\w-]+)"/g)) {
      addresses.add(`${type}.${name}`);
    }
    for (const [, body = ""] of text.matchAll(/\bimport\s*\{([^{}]*)\}/g)) {
      const [, type, name] = /\bto\s*=\s*(glsa_\w+)\.([\w-]+)/.exec(body) ?? [];
      const [, id = ""] = /\bid\s*=\s*"([^"]*)"/.exec(body) ?? [];
      const kind = (Object.keys(TYPES) as Kind[]).find((each) => TYPES[each] === type);
      const key = kind === undefined ? undefined : keyOf(kind, id);
      if (key !== undefined) imported.set(key, `${type}.${name}`);
    }
  }
  const addressOf = (kind: Kind, { key, name }: Pick<Identity, "key" | "name">) => {
    const own = `${TYPES[kind]}.${snakeCase(name)}`;
    return imported.get(key) ?? (addresses.has(own) ? own : undefined);
  };
  return {
    has: (object) => addressOf(object.kind, object) !== undefined,
    addressOf: (account) => addressOf("account", account),
    movesFrom: among(files, /\bmoved\s*\{[^{}]*?\bfrom\s*=\s*(gitlab_\S+|module\.\S+)/g),
  };
}

/** The start of a declaration, its import id, and an account's username. */
const DECLARED =
  /(?<account>\bnew ServiceAccount\()|(?<membership>\.join(?:Group|Project)\(|\bnew Membership\()|(?<token>\.addToken\(|\bnew AccessToken\()|\bimport(?:From)?:\s*["'`](?<id>[^"'`]+)["'`]|\busername:\s*["'`](?<username>[^"'`]+)["'`]/g;

/** By import options; an account also by its username. */
export function writtenTypeScript(files: readonly string[]): Written {
  const keys = new Set<string>();
  const usernames = new Set<string>();
  for (const text of files) {
    let kind: Kind = "account";
    for (const { groups = {} } of text.matchAll(DECLARED)) {
      const { id, username } = groups;
      if (username !== undefined) usernames.add(username.toLowerCase());
      const key = id === undefined ? undefined : keyOf(kind, id);
      if (key !== undefined) keys.add(key);
      kind = (Object.keys(TYPES) as Kind[]).find((each) => groups[each] !== undefined) ?? kind;
    }
  }
  const hasUsername = ({ kind, username }: Identity) =>
    kind === "account" && usernames.has(username.toLowerCase());
  return {
    has: (object) => keys.has(object.key) || hasUsername(object),
    addressOf: () => undefined,
    movesFrom: among(files, /\bmoveFrom:\s*(?:"((?:[^"\\\n]|\\.)+)"|'([^'\\\n]+)')/g),
  };
}

/** Whether the pattern finds an address somewhere. */
function among(files: readonly string[], pattern: RegExp): (address: string) => boolean {
  const found = files.flatMap((text) => [...text.matchAll(pattern)]);
  const addresses = new Set(found.map(([, one, other]) => one?.replaceAll('\\"', '"') ?? other));
  return (address) => addresses.has(address);
}

function keyOf(kind: Kind, id: string): string | undefined {
  if (kind === "token") {
    const token = parseTokenId(id);
    return token && tokenKey(token.tokenId);
  }
  const account = parseAccountId(id);
  if (account === undefined) return undefined;
  const { owner, userId } = account;
  if (kind === "account") return accountKey(userId);
  return owner.kind === "instance" ? undefined : membershipKey(owner, userId);
}
