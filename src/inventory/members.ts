import { isGitLabError, PAGE_SIZE, type GitLab, type MemberEntity, type Page } from "../gitlab";
import type { Container } from "../model";
import type { AccountInventory } from "./accounts";
import { confirmVisible, describeOwner } from "./invisible";
import { KeyedOnce } from "./keyed";
import type { Usernames } from "./usernames";

type Members = Map<number, MemberEntity>;

/** Direct members, container by container. */
export class MemberInventory {
  private readonly containers = new KeyedOnce<Members>();

  constructor(
    private readonly gitlab: GitLab,
    private readonly accounts: AccountInventory,
    private readonly usernames: Usernames,
  ) {}

  /** Undefined only if the user is certainly not a direct member. */
  async find(container: Container, userId: number): Promise<MemberEntity | undefined> {
    const members = await this.containers.get(describeOwner(container), async () => {
      const read = await this.read(container);
      this.usernames.note(read.values());
      return read;
    });
    return members.get(userId) ?? this.confirmMissing(container, userId);
  }

  /** After a write of this run. */
  async put(container: Container, member: MemberEntity): Promise<void> {
    const members = await this.containers.peek(describeOwner(container));
    members?.set(member.id, member);
    this.usernames.note([member]);
  }

  /** After a removal of this run. */
  async drop(container: Container, userId: number): Promise<void> {
    const members = await this.containers.peek(describeOwner(container));
    members?.delete(userId);
  }

  private async read(container: Container): Promise<Members> {
    const first = await this.firstPageOrNothing(container);
    const members = byId(first.items);
    if (first.next === undefined) return members;
    const candidates = [...this.accounts.knownUserIds].filter((id) => !members.has(id));
    const questions = Math.ceil(candidates.length / PAGE_SIZE);
    const pagesLeft = (first.totalPages ?? Infinity) - 1;
    // A few requests for the accounts replace the pages of thousands of humans.
    if (pagesLeft <= questions) return this.readOtherPages(container, members, first.next);
    return this.askAbout(container, members, candidates);
  }

  private async readOtherPages(
    container: Container,
    members: Members,
    next: number,
  ): Promise<Members> {
    for (let page: number | undefined = next; page !== undefined;) {
      const answer: Page<MemberEntity> = await this.gitlab.members.page(container, page);
      for (const member of answer.items) members.set(member.id, member);
      page = answer.next;
    }
    return members;
  }

  private async askAbout(
    container: Container,
    members: Members,
    userIds: readonly number[],
  ): Promise<Members> {
    for (let start = 0; start < userIds.length; start += PAGE_SIZE) {
      const some = userIds.slice(start, start + PAGE_SIZE);
      const found = await this.gitlab.members.listOfUsers(container, some);
      for (const member of found) members.set(member.id, member);
    }
    return members;
  }

  /** While pages are read, a removal elsewhere can move a member to a page that has already been read. */
  private async confirmMissing(
    container: Container,
    userId: number,
  ): Promise<MemberEntity | undefined> {
    try {
      const member = await this.gitlab.members.get(container, userId);
      await this.put(container, member);
      return member;
    } catch (error) {
      if (!isGitLabError(error, "not_found")) throw error;
      await confirmVisible(this.gitlab, container);
      return undefined;
    }
  }

  private async firstPageOrNothing(container: Container): Promise<Page<MemberEntity>> {
    try {
      return await this.gitlab.members.page(container, 1);
    } catch (error) {
      if (!isGitLabError(error, "not_found")) throw error;
      await confirmVisible(this.gitlab, container);
      return { items: [], next: undefined, totalPages: 1, total: 0 };
    }
  }
}

function byId(members: readonly MemberEntity[]): Members {
  return new Map(members.map((member) => [member.id, member]));
}
