import { PAGE_SIZE, type GitLab, type GraphqlUser } from "../gitlab";
import type { AccountInventory } from "./accounts";

type Users = ReadonlyMap<number, GraphqlUser>;

/** What users are direct members of, a hundred users at once, as far as the caller may see it. */
export class UserMemberships {
  private readonly asked = new Map<number, Promise<Users>>();

  constructor(
    private readonly gitlab: GitLab,
    private readonly accounts: AccountInventory,
  ) {}

  /** Undefined where GitLab does not show the user to this caller. */
  async of(userId: number): Promise<GraphqlUser | undefined> {
    const users = await (this.asked.get(userId) ?? this.ask(userId));
    return users.get(userId);
  }

  /** The other accounts of the run are asked about along with the first: they are likely to come next. */
  private ask(userId: number): Promise<Users> {
    const others = [...this.accounts.knownUserIds].filter(
      (id) => id !== userId && !this.asked.has(id),
    );
    const userIds = [userId, ...others.slice(0, PAGE_SIZE - 1)];
    const answer = this.read(userIds);
    for (const id of userIds) this.asked.set(id, answer);
    return answer;
  }

  private async read(userIds: readonly number[]): Promise<Users> {
    try {
      const users = await this.gitlab.users.shown(userIds, { memberships: true });
      return new Map(users.map((user) => [user.id, user]));
    } catch (error) {
      for (const id of userIds) this.asked.delete(id);
      throw error;
    }
  }
}
