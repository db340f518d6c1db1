/** Where a service account lives: at the top of an instance, or in one group or project. */
export type Owner =
  { readonly kind: "instance" } | { readonly kind: "group" | "project"; readonly id: number };

/** A group or project that can have members, by its number. */
export interface Container {
  readonly kind: "group" | "project";
  readonly id: number;
}

export interface AccountId {
  readonly owner: Owner;
  readonly userId: number;
}

export interface TokenId {
  readonly account: AccountId;
  readonly tokenId: number;
}

export interface MembershipId {
  readonly container: Container;
  readonly userId: number;
}

/** `group:12:345`, `project:7:345` or `instance:345`. */
export function formatAccountId({ owner, userId }: AccountId): string {
  return owner.kind === "instance" ? `instance:${userId}` : `${owner.kind}:${owner.id}:${userId}`;
}

export function parseAccountId(text: string): AccountId | undefined {
  const instance = /^instance:(\d+)$/.exec(text);
  if (instance) return { owner: { kind: "instance" }, userId: Number(instance[1]) };
  const owned = /^(group|project):(\d+):(\d+)$/.exec(text);
  if (!owned) return undefined;
  const kind = owned[1] === "group" ? "group" : "project";
  return { owner: { kind, id: Number(owned[2]) }, userId: Number(owned[3]) };
}

/** The account's id, a colon, the token's number: `group:12:345:678`. */
export function formatTokenId({ account, tokenId }: TokenId): string {
  return `${formatAccountId(account)}:${tokenId}`;
}

export function parseTokenId(text: string): TokenId | undefined {
  const parts = /^(.+):(\d+)$/.exec(text);
  const account = parts?.[1] === undefined ? undefined : parseAccountId(parts[1]);
  return account === undefined ? undefined : { account, tokenId: Number(parts?.[2]) };
}

/** `group:12:345` or `project:7:345`: the container, then the member. */
export function formatMembershipId({ container, userId }: MembershipId): string {
  return `${container.kind}:${container.id}:${userId}`;
}

export function parseMembershipId(text: string): MembershipId | undefined {
  const parsed = parseAccountId(text);
  if (parsed === undefined || parsed.owner.kind === "instance") return undefined;
  return { container: parsed.owner, userId: parsed.userId };
}

/** Two spellings of one path: GitLab's paths ignore letter case. */
export function samePath(left: string, right: string): boolean {
  return pathWord(left) === pathWord(right);
}

/** Equal for all spellings: GitLab ignores letter case, and leading and trailing slashes. */
export function pathWord(path: string): string {
  return path.replace(/^\/+|\/+$/g, "").toLowerCase();
}
