import { isGitLabError, Once, PAGE_SIZE, type GitLab, type UserEntity } from "../gitlab";
import type { Owner } from "../model";
import type { AccountInventory } from "./accounts";
import { describeOwner } from "./invisible";
import { KeyedOnce } from "./keyed";

/** An instance has few accounts that are neither human nor active. Beyond this number the rest is unknown. */
const MOST_PAGES = 5;

/** GitLab limits requests for single users, to 300 in ten minutes by default. */
const MOST_QUESTIONS = 20;

/**
 * Callers who are not administrators read few users one at a time, and conclude about many from those that are shown.
 */
const MOST_ASKED_ONE_BY_ONE = 20;

/** Attributes of users other than being service accounts. */
export class UserInventory {
  private readonly inactive: Once<ReadonlyMap<number, string>>;
  private readonly users = new KeyedOnce<UserEntity | undefined>();
  /** By owner, for callers who are not administrators. */
  private readonly shown = new KeyedOnce<ReadonlyMap<number, string>>();
  /** When users were created whose accounts this run has read and recognised. */
  private readonly recognised = new Map<number, string | null>();
  private questions = 0;

  constructor(
    private readonly gitlab: GitLab,
    private readonly accounts: AccountInventory,
  ) {
    this.inactive = new Once(() => this.readInactive());
  }

  /** `active`, `blocked`, `deactivated` or `banned`. Also `active` if GitLab does not return it. */
  async stateOf(owner: Owner, userId: number): Promise<string> {
    if (await this.gitlab.isAdministrator()) {
      return (await this.inactive.get()).get(userId) ?? "active";
    }
    const userIds = await this.accounts.userIdsOf(owner);
    if (userIds.length <= MOST_ASKED_ONE_BY_ONE)
      return (await this.find(userId))?.state ?? "active";
    const shown = await this.shown.get(describeOwner(owner), () => this.readShown(userIds));
    if (shown.size === 0) return "active";
    // A user that is not shown is blocked or banned. One request tells which, as long as there are few.
    return shown.get(userId) ?? (await this.find(userId))?.state ?? "blocked";
  }

  /**
   * When GitLab created the user. Undefined if it does not return it, and once this run has sent many such requests.
   */
  async createdAt(userId: number): Promise<string | undefined> {
    return (await this.find(userId))?.created_at;
  }

  /** The same for a user that this run has just created: GitLab limits creations more than these requests. */
  async createdAtOfNew(userId: number): Promise<string | undefined> {
    return (await this.ask(userId))?.created_at;
  }

  /** After an account was read and is still the one in its state. */
  recognise(userId: number, createdAt: string | null): void {
    this.recognised.set(userId, createdAt);
  }

  isRecognised(userId: number): boolean {
    return this.recognised.has(userId);
  }

  /** When the user was created, without a request. */
  recognisedCreation(userId: number): string | null {
    return this.recognised.get(userId) ?? null;
  }

  private find(userId: number): Promise<UserEntity | undefined> {
    return this.users.get(String(userId), async () => {
      this.questions += 1;
      return this.questions > MOST_QUESTIONS ? undefined : this.ask(userId);
    });
  }

  private async ask(userId: number): Promise<UserEntity | undefined> {
    try {
      return await this.gitlab.users.get(userId);
    } catch (error) {
      if (isGitLabError(error)) return undefined;
      throw error;
    }
  }

  /** Nothing, if GitLab shows this caller no users. */
  private async readShown(userIds: readonly number[]): Promise<ReadonlyMap<number, string>> {
    const states = new Map<number, string>();
    try {
      for (let start = 0; start < userIds.length; start += PAGE_SIZE) {
        const some = userIds.slice(start, start + PAGE_SIZE);
        for (const [id, state] of await this.gitlab.users.visibleStates(some))
          states.set(id, state);
      }
      return states;
    } catch (error) {
      if (isGitLabError(error)) return new Map();
      throw error;
    }
  }

  private async readInactive(): Promise<ReadonlyMap<number, string>> {
    const states = new Map<number, string>();
    for (let page: number | undefined = 1; page !== undefined && page <= MOST_PAGES;) {
      const { items, next } = await this.gitlab.users.pageOfInactiveBots(page);
      for (const { id, state } of items) if (state !== "active") states.set(id, state);
      page = next;
    }
    return states;
  }
}
