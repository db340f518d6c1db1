import { isGitLabError, Once, type GitLab, type TokenEntity } from "../gitlab";
import { formatAccountId, type AccountId } from "../model";
import type { AccountInventory } from "./accounts";
import { KeyedOnce } from "./keyed";

const MOST_ACCOUNTS_BESIDE = 300;

/** What a token is looked up by. */
export interface TokenSought {
  readonly account: AccountId;
  readonly tokenId: number;
  /** Narrows the search among inactive tokens, which GitLab keeps for ever. */
  readonly createdAt?: string;
}

/**
 * Personal access tokens of service accounts. A group Owner can list them only account by account. An administrator can
 * also page through the active tokens of the whole instance, which takes fewer requests unless humans have many.
 */
export class TokenInventory {
  private readonly activeByAccount = new KeyedOnce<TokenEntity[]>();
  private readonly revokedByThisRun = new Set<number>();
  private readonly accountsAskedFor = new Set<string>();
  private readonly forgotten = new Set<string>();
  private readonly instanceFirstPage: Once<Awaited<ReturnType<GitLab["tokens"]["pageOfInstance"]>>>;
  private readonly instanceByUser: Once<Map<number, TokenEntity[]>>;

  constructor(
    private readonly gitlab: GitLab,
    private readonly accounts: AccountInventory,
  ) {
    this.instanceFirstPage = new Once(() => gitlab.tokens.pageOfInstance(1));
    this.instanceByUser = new Once(() => this.readInstance());
  }

  /** Undefined only if the token is certainly gone, which requires that its account is. */
  async find(sought: TokenSought): Promise<TokenEntity | undefined> {
    const active = await this.activeOf(sought.account);
    return active.find((token) => token.id === sought.tokenId) ?? this.confirmMissing(sought);
  }

  async activeOf(account: AccountId): Promise<readonly TokenEntity[]> {
    const listed = await this.listedAsActive(account);
    return listed.filter((token) => token.active && !this.wasRevoked(token.id));
  }

  private async listedAsActive(account: AccountId): Promise<readonly TokenEntity[]> {
    const accountId = formatAccountId(account);
    this.accountsAskedFor.add(accountId);
    if (!this.forgotten.has(accountId) && (await this.instanceIsCheaper())) {
      return (await this.instanceByUser.get()).get(account.userId) ?? [];
    }
    return this.activeByAccount.get(accountId, () =>
      this.listOrNothing(account, { state: "active" }),
    );
  }

  /**
   * Those of the accounts around one as well: all of the instance where they are read by pages anyway, else those of the
   * same owner. None where that would take a request for each of very many accounts.
   */
  async activeBeside(account: AccountId): Promise<readonly TokenEntity[]> {
    if (await this.instanceIsCheaper()) {
      return [...(await this.instanceByUser.get()).values()].flat();
    }
    const { owner } = account;
    const userIds = await this.accounts.userIdsOf(owner);
    if (userIds.length > MOST_ACCOUNTS_BESIDE) return [];
    // An account that cannot be listed is one that a read of its own tokens reports.
    const lists = userIds.map((userId) => this.activeOf({ owner, userId }).catch(() => []));
    return (await Promise.all(lists)).flat();
  }

  /** The next call reads this account from the server. */
  forget(account: AccountId): void {
    this.forgotten.add(formatAccountId(account));
    this.activeByAccount.forget(formatAccountId(account));
  }

  /** The newest, read from the server now, including those that were revoked or have expired since. */
  newest(account: AccountId): Promise<readonly TokenEntity[]> {
    return this.gitlab.tokens.newestOfAccount(account);
  }

  /** After a revocation of this run. */
  dropActive(tokenId: number): void {
    this.revokedByThisRun.add(tokenId);
  }

  wasRevoked(tokenId: number): boolean {
    return this.revokedByThisRun.has(tokenId);
  }

  /** GitLab returns the number of pages, so the cheaper way is known after one. */
  private async instanceIsCheaper(): Promise<boolean> {
    if (!(await this.gitlab.isAdministrator())) return false;
    const { totalPages } = await this.instanceFirstPage.get();
    return totalPages !== undefined && totalPages <= this.accountsAskedFor.size;
  }

  private async readInstance(): Promise<Map<number, TokenEntity[]>> {
    let page = await this.instanceFirstPage.get();
    const byUser = new Map<number, TokenEntity[]>();
    for (;;) {
      for (const token of page.items) {
        const tokens = byUser.get(token.user_id);
        if (tokens === undefined) byUser.set(token.user_id, [token]);
        else tokens.push(token);
      }
      if (page.next === undefined) return byUser;
      page = await this.gitlab.tokens.pageOfInstance(page.next);
    }
  }

  /** An inactive token was revoked or has expired, and is then found among all tokens of its account. */
  private async confirmMissing(sought: TokenSought): Promise<TokenEntity | undefined> {
    const isSought = (token: TokenEntity) => token.id === sought.tokenId;
    if (sought.createdAt !== undefined) {
      const near = await this.listOrNothing(sought.account, aroundMoment(sought.createdAt));
      const found = near.find(isSought);
      if (found !== undefined) return found;
    }
    return (await this.listOrNothing(sought.account, {})).find(isSought);
  }

  private async listOrNothing(
    account: AccountId,
    filter: Readonly<Record<string, string>>,
  ): Promise<TokenEntity[]> {
    try {
      return await this.gitlab.tokens.listOfAccount(account, filter);
    } catch (error) {
      if (!isGitLabError(error, "not_found")) throw error;
      if ((await this.accounts.find(account)) === undefined) return [];
      throw error;
    }
  }
}

/** GitLab stores more digits of a second than it shows, so the window is a second wide on both sides. */
function aroundMoment(createdAt: string): { created_after: string; created_before: string } {
  const moment = Date.parse(createdAt);
  return {
    created_after: new Date(moment - 1000).toISOString(),
    created_before: new Date(moment + 1000).toISOString(),
  };
}
