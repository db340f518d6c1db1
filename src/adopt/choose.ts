import type { Picture, PicturedAccount, PicturedMembership, PicturedToken } from "../estate";
import {
  compareText,
  groupedBy,
  containerSpellingProblem,
  formatAccountId,
  formatMembershipId,
  formatTokenId,
  LONGEST_DESCRIPTION,
  shownNameProblem,
  uncheckedScope,
  usernameProblem,
  type AccountId,
  type UtcDate,
} from "../model";
import type {
  AdoptedAccount,
  AdoptedMembership,
  AdoptedToken,
  Adoption,
  LeftOut,
  Origin,
} from "./adoption";
import { accountKey, membershipKey, tokenKey, type Identity } from "./keys";
import { nameObjects, type ObjectNames } from "./name-objects";

export const KINDS = ["accounts", "tokens", "memberships"] as const;
export type Kind = (typeof KINDS)[number];

/** The part of the picture for which code is written. */
export interface Wanted {
  readonly kinds: ReadonlySet<Kind>;
  /** Undefined for all accounts. */
  readonly isWanted?: (username: string) => boolean;
  /** Only accounts with a token that was used on that day or later. */
  readonly usedSince?: UtcDate;
}

/** What is already declared. */
export interface Declared {
  /** By glsa: in a state, or in existing code. */
  readonly has: (object: Identity) => boolean;
  /** The address of a resource of the official provider, by the object's key. */
  readonly officialAddress: (key: string) => string | undefined;
}

/** Compares a picture with what is declared. Sends no requests. */
export function chooseAdoption(picture: Picture, declared: Declared, wanted: Wanted): Adoption {
  return new Choice(picture, declared, wanted).adoption();
}

class Choice {
  private readonly leftOut: LeftOut[] = [];
  private readonly names: ObjectNames;
  private readonly tokens: ReadonlyMap<number, readonly PicturedToken[]>;
  private readonly memberships: ReadonlyMap<number, readonly PicturedMembership[]>;

  constructor(
    private readonly picture: Picture,
    private readonly declared: Declared,
    private readonly wanted: Wanted,
  ) {
    this.names = nameObjects(picture);
    this.tokens = groupedBy(
      picture.tokens.filter(({ state }) => state === "active"),
      ({ userId }) => userId,
    );
    this.memberships = groupedBy(picture.memberships, ({ userId }) => userId);
  }

  adoption(): Adoption {
    const wanted = this.picture.accounts.filter((account) => this.isWanted(account));
    const accounts = wanted.flatMap((account) => this.adopt(account) ?? []);
    return { accounts, leftOut: this.leftOut };
  }

  private isWanted({ userId, username }: PicturedAccount): boolean {
    const { isWanted = () => true, usedSince } = this.wanted;
    if (!isWanted(username)) return false;
    if (usedSince === undefined) return true;
    return (this.tokens.get(userId) ?? []).some(
      ({ lastUsedAt }) => lastUsedAt !== null && lastUsedAt.slice(0, 10) >= usedSince,
    );
  }

  /** Undefined if nothing of the account is new, or nothing can be declared. */
  private adopt(account: PicturedAccount): AdoptedAccount | undefined {
    const { userId, username, owner } = account;
    const { kinds } = this.wanted;
    const reason = whyNot(account);
    if (reason !== undefined) this.leave(username, reason);
    if (reason !== undefined || owner === null) return undefined;
    const id = { owner, userId };
    const identity = this.identityOfAccount(account, id);
    const isNew = kinds.has("accounts") && !this.declared.has(identity);
    const tokens = kinds.has("tokens") ? this.tokensOf(account, id) : [];
    const memberships = kinds.has("memberships") ? this.membershipsOf(account) : [];
    if (!isNew && tokens.length + memberships.length === 0) return undefined;
    return {
      userId,
      username,
      owner,
      displayName: displayNameOf(account),
      email: emailOf(account),
      inactive: account.state === "active" ? null : account.state,
      name: identity.name,
      origin: isNew ? this.originOf(identity) : null,
      tokens,
      memberships,
    };
  }

  private identityOfAccount({ userId, username }: PicturedAccount, id: AccountId): Identity {
    return {
      kind: "account",
      key: accountKey(userId),
      importId: formatAccountId(id),
      name: this.names.account(userId),
      username,
    };
  }

  private tokensOf(
    { userId, username, tokensSeen }: PicturedAccount,
    id: AccountId,
  ): AdoptedToken[] {
    if (!tokensSeen) this.leave(`the tokens of ${username}`, "could not be listed");
    const live = (this.tokens.get(userId) ?? []).map((token) => ({
      token,
      identity: {
        kind: "token" as const,
        key: tokenKey(token.tokenId),
        importId: formatTokenId({ account: id, tokenId: token.tokenId }),
        name: this.names.token(token.tokenId),
        username,
      },
    }));
    const isDeclared = ({ identity }: { identity: Identity }) => this.declared.has(identity);
    const used = new Set(live.filter(isDeclared).map(({ token: { name } }) => name));
    // The newest of a name is the one in use.
    const adopted = live
      .filter((each) => !isDeclared(each))
      .sort((left, right) => right.token.tokenId - left.token.tokenId)
      .flatMap(({ token, identity }) => this.tokenOf(token, identity, used) ?? []);
    return adopted.sort((left, right) => compareText(left.tokenName, right.tokenName));
  }

  private tokenOf(
    token: PicturedToken,
    identity: Identity,
    used: Set<string>,
  ): AdoptedToken | undefined {
    const { tokenId, name, description, scopes, expiresAt, lastUsedAt } = token;
    const reason = whyNoToken(token, used);
    if (reason !== undefined) {
      this.leave(`token "${name}" (${tokenId}) of ${identity.username}`, reason);
      return undefined;
    }
    used.add(name);
    return {
      tokenId,
      tokenName: name,
      name: identity.name,
      description: isDeclarable(description) ? description : null,
      scopes: scopes.map(uncheckedScope),
      expiresAt,
      lastUsedOn: lastUsedAt === null ? null : lastUsedAt.slice(0, 10),
      origin: this.originOf(identity),
    };
  }

  private membershipsOf({ userId, username }: PicturedAccount): AdoptedMembership[] {
    const all = this.memberships.get(userId) ?? [];
    const adopted = all.flatMap((membership) => this.membershipOf(membership, username) ?? []);
    return adopted.sort((left, right) => compareText(left.container.path, right.container.path));
  }

  private membershipOf(
    { container, userId, role, accessLevel, customRole, expiresAt }: PicturedMembership,
    username: string,
  ): AdoptedMembership | undefined {
    const key = membershipKey(container, userId);
    const name = this.names.membership(key);
    const importId = formatMembershipId({ container, userId });
    const identity = { kind: "membership", key, importId, name, username } as const;
    if (this.declared.has(identity)) return undefined;
    const label = `the membership of ${username} in ${container.path}`;
    if (role === null) {
      this.leave(label, `has the access level ${accessLevel}, which this release does not know`);
      return undefined;
    }
    if (containerSpellingProblem(container.path) !== undefined) {
      this.leave(label, "is in a path that glsa would refuse");
      return undefined;
    }
    return {
      container,
      name,
      role,
      customRoleId: customRole?.id ?? null,
      expiresAt,
      origin: this.originOf(identity),
    };
  }

  private originOf({ key, importId }: Identity): Origin {
    return { importId, officialAddress: this.declared.officialAddress(key) ?? null };
  }

  private leave(label: string, reason: string): void {
    this.leftOut.push({ label, reason });
  }
}

/** Why code cannot declare the account. */
function whyNot(account: PicturedAccount): string | undefined {
  const { kind, isForeign, owner, isDeletionPending, username } = account;
  if (kind === "agent") return "is named as GitLab names the accounts of its own agents";
  if (isDeletionPending === true) return "is being deleted";
  if (isForeign) return "belongs to an owner outside of what was looked at";
  if (owner === null)
    return "belongs to an owner that GitLab did not tell; look at that group or project alone (--group, --project)";
  if (usernameProblem(username) !== undefined) return "has a username that glsa would refuse";
  const isUnspellable = owner.path !== null && containerSpellingProblem(owner.path) !== undefined;
  return isUnspellable ? "belongs to a path that glsa would refuse" : undefined;
}

function whyNoToken(
  { name, isGranular, marker }: PicturedToken,
  used: ReadonlySet<string>,
): string | undefined {
  if (marker !== null) return "was made by glsa: give the state that declares it (--state)";
  if (isGranular)
    return "is fine-grained: declare it by hand, with granular_scopes (GitLab 19.6, administrators only)";
  if (shownNameProblem("name", name) !== undefined) return "has a name that glsa would refuse";
  if (used.has(name))
    return "has the name of a newer token, and glsa tells an account's tokens apart by name";
  return undefined;
}

/** A name that equals the username need not be written. */
function displayNameOf({ name, username }: PicturedAccount): string | null {
  const isWritten = name !== username && shownNameProblem("name", name) === undefined;
  return isWritten ? name : null;
}

/** GitLab generates `service_account_…@noreply.HOST`. */
function emailOf({ email }: PicturedAccount): string | null {
  const isMadeUp = email === null || /^[^@]*@noreply\./.test(email);
  return isMadeUp || !/^[^\s@]+@[^\s@]+$/.test(email) ? null : email;
}

function isDeclarable(description: string | null): boolean {
  return description !== null && description.length <= LONGEST_DESCRIPTION;
}
