import { isGitLabError, type GitLab, type ServiceAccountEntity, type UserEntity } from "../gitlab";
import type { AccountId, Owner } from "../model";
import { confirmVisible, describeOwner } from "./invisible";
import { KeyedOnce } from "./keyed";

/** The account exists, but not where its id says. */
export class WrongOwnerError extends Error {
  /** @param actual the owner whose account it is, as far as this run can see */
  constructor(
    readonly account: AccountId,
    readonly actual?: Owner,
    readonly username?: string,
  ) {
    super(`user ${account.userId} is not a service account of ${describeOwner(account.owner)}`);
    this.name = "WrongOwnerError";
  }
}

type Accounts = Map<number, ServiceAccountEntity>;

/** Service accounts, a list per owner. */
export class AccountInventory {
  private readonly lists = new KeyedOnce<Accounts>();
  private readonly known = new Set<number>();
  private readonly asked = new Map<string, Owner>();

  constructor(private readonly gitlab: GitLab) {}

  /** Undefined only when the account is certainly gone. */
  async find(id: AccountId): Promise<ServiceAccountEntity | undefined> {
    const listed = (await this.ofOwner(id.owner)).get(id.userId);
    return listed ?? this.confirmMissing(id);
  }

  async findByUsername(owner: Owner, username: string): Promise<ServiceAccountEntity | undefined> {
    const wanted = username.toLowerCase();
    const accounts = [...(await this.ofOwner(owner)).values()];
    return accounts.find((account) => account.username.toLowerCase() === wanted);
  }

  async userIdsOf(owner: Owner): Promise<readonly number[]> {
    return [...(await this.ofOwner(owner)).keys()];
  }

  /** Numbers of all accounts seen so far. */
  get knownUserIds(): ReadonlySet<number> {
    return this.known;
  }

  /** After a write of ours. */
  put(owner: Owner, account: ServiceAccountEntity): Promise<void> {
    this.known.add(account.id);
    return this.change(owner, (accounts) => accounts.set(account.id, account));
  }

  /** After a deletion of ours. */
  drop({ owner, userId }: AccountId): Promise<void> {
    return this.change(owner, (accounts) => accounts.delete(userId));
  }

  /** The next question about this owner's accounts is asked of the server. */
  forget(owner: Owner): void {
    this.lists.forget(describeOwner(owner));
  }

  private ofOwner(owner: Owner): Promise<Accounts> {
    this.asked.set(describeOwner(owner), owner);
    return this.lists.get(describeOwner(owner), async () => {
      const accounts = await this.listOrNothing(owner);
      for (const account of accounts) this.known.add(account.id);
      return new Map(accounts.map((account) => [account.id, account]));
    });
  }

  private async listOrNothing(owner: Owner): Promise<ServiceAccountEntity[]> {
    try {
      return await this.gitlab.accounts.list(owner);
    } catch (error) {
      if (!isGitLabError(error, "not_found")) throw error;
      await confirmVisible(this.gitlab, owner);
      return [];
    }
  }

  /** While pages are read, a deletion elsewhere can move a live account to a page that was read already. */
  private async confirmMissing(id: AccountId): Promise<ServiceAccountEntity | undefined> {
    const user = await this.userOrNothing(id.userId);
    if (user === undefined) return undefined;
    this.forget(id.owner);
    const found = (await this.ofOwner(id.owner)).get(id.userId);
    if (found !== undefined) return found;
    // GitLab blocks a user whose deletion has begun.
    if (user.state !== "active") return undefined;
    throw new WrongOwnerError(id, await this.actualOwner(user), user.username);
  }

  /**
   * GitLab tells nobody whose an account is. But the address that it makes up for one names the owner, to those who may
   * see it; and a list of this run may show the account.
   */
  private async actualOwner(user: UserEntity): Promise<Owner | undefined> {
    const named = /^service_account_(group|project)_(\d+)_[0-9a-f]{32}@/.exec(user.email ?? "");
    const isOfInstance = /^service_account_[0-9a-f]{32}@/.test(user.email ?? "");
    const owner: Owner | undefined = named
      ? { kind: named[1] === "group" ? "group" : "project", id: Number(named[2]) }
      : isOfInstance
        ? { kind: "instance" }
        : undefined;
    if (owner !== undefined) return owner;
    for (const other of this.asked.values()) {
      if ((await this.ofOwner(other)).has(user.id) && other.kind !== "instance") return other;
    }
    return undefined;
  }

  private async userOrNothing(userId: number): Promise<UserEntity | undefined> {
    try {
      return await this.gitlab.users.get(userId);
    } catch (error) {
      if (isGitLabError(error, "not_found")) return undefined;
      throw error;
    }
  }

  /** A list that nobody has asked for yet needs no correction. */
  private async change(owner: Owner, apply: (accounts: Accounts) => unknown): Promise<void> {
    const accounts = await this.lists.peek(describeOwner(owner));
    if (accounts !== undefined) apply(accounts);
  }
}
