import { isGitLabError, type GitLab, type ServiceAccountEntity, type UserEntity } from "../gitlab";
import type { AccountId, Owner } from "../model";
import { actualOwnerOf } from "./actual-owner";
import { confirmVisible, describeOwner } from "./invisible";
import { KeyedOnce } from "./keyed";
import { Usernames } from "./usernames";

/** The account exists, but not where its id says. */
export class WrongOwnerError extends Error {
  /** @param actual the account's owner, as far as this run can see */
  constructor(
    readonly account: AccountId,
    readonly actual?: Owner,
    readonly username?: string,
  ) {
    const user = username === undefined ? "" : `"${username}" `;
    super(
      `user ${user}${username === undefined ? account.userId : `(${account.userId})`} is not a service account of ` +
        describeOwner(account.owner),
    );
    this.name = "WrongOwnerError";
  }
}

type Accounts = Map<number, ServiceAccountEntity>;

/** Service accounts, a list per owner. */
export class AccountInventory {
  private readonly lists = new KeyedOnce<Accounts>();
  private readonly known = new Set<number>();

  constructor(
    private readonly gitlab: GitLab,
    private readonly usernames = new Usernames(),
  ) {}

  /** Undefined only if the account is certainly gone. */
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

  /** Numbers of all accounts read so far. */
  get knownUserIds(): ReadonlySet<number> {
    return this.known;
  }

  /** After a write of this run. */
  put(owner: Owner, account: ServiceAccountEntity): Promise<void> {
    this.known.add(account.id);
    this.usernames.note([account]);
    return this.change(owner, (accounts) => accounts.set(account.id, account));
  }

  /** After a deletion of this run. */
  drop({ owner, userId }: AccountId): Promise<void> {
    return this.change(owner, (accounts) => accounts.delete(userId));
  }

  /** The next call reads this owner's accounts from the server. */
  forget(owner: Owner): void {
    this.lists.forget(describeOwner(owner));
  }

  private ofOwner(owner: Owner): Promise<Accounts> {
    return this.lists.get(describeOwner(owner), async () => {
      const accounts = await this.listOrNothing(owner);
      for (const account of accounts) this.known.add(account.id);
      this.usernames.note(accounts);
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

  /** While pages are read, a deletion elsewhere can move a live account to a page that has already been read. */
  private async confirmMissing(id: AccountId): Promise<ServiceAccountEntity | undefined> {
    const user = await this.userOrNothing(id.userId);
    if (user === undefined) return undefined;
    this.usernames.note([user]);
    this.forget(id.owner);
    const found = (await this.ofOwner(id.owner)).get(id.userId);
    if (found !== undefined) return found;
    // GitLab blocks a user whose deletion has begun.
    if (user.state !== "active") return undefined;
    throw new WrongOwnerError(id, await this.actualOwner(user, id.owner), user.username);
  }

  /** Throws for a user that is known to be an account of a group or project. */
  async confirmOfInstance(userId: number): Promise<void> {
    const user = await this.userOrNothing(userId);
    if (user === undefined) return;
    const expected: Owner = { kind: "instance" };
    const actual = await this.actualOwner(user, expected);
    if (actual === undefined || actual.kind === "instance") return;
    throw new WrongOwnerError({ owner: expected, userId }, actual, user.username);
  }

  /** Undefined for a human, and if the caller cannot see the account's owner. */
  private actualOwner(user: UserEntity, expected: Owner): Promise<Owner | undefined> {
    return actualOwnerOf(user, expected, this.gitlab, (owner) => this.ofOwner(owner));
  }

  private async userOrNothing(userId: number): Promise<UserEntity | undefined> {
    try {
      return await this.gitlab.users.get(userId);
    } catch (error) {
      if (isGitLabError(error, "not_found")) return undefined;
      throw error;
    }
  }

  /** A list that was not read yet needs no correction. */
  private async change(owner: Owner, apply: (accounts: Accounts) => unknown): Promise<void> {
    const accounts = await this.lists.peek(describeOwner(owner));
    if (accounts !== undefined) apply(accounts);
  }
}
