import type { GitLabClient, Page } from "../client";
import type { UserEntity, UserMembershipEntity } from "./entities";
import { USER, USER_MEMBERSHIP } from "./shapes";

/** Of a query that is refused there is no data. */
interface StatesAnswer {
  readonly data?: {
    readonly users?: {
      readonly nodes?: readonly { readonly id: string; readonly state: string }[];
    } | null;
  } | null;
}

/**
 * Users, of which service accounts are some.
 * @see https://docs.gitlab.com/api/users/
 */
export class UserEndpoints {
  constructor(private readonly client: GitLabClient) {}

  get(userId: number): Promise<UserEntity> {
    return this.client.one({
      shape: USER,
      method: "GET",
      route: "/users/:id",
      params: { id: userId },
    });
  }

  /** The user of the token that is used; of a project's or group's access token, its bot. */
  self(): Promise<UserEntity> {
    return this.client.one({ shape: USER, method: "GET", route: "/user" });
  }

  async findByUsername(username: string): Promise<UserEntity | undefined> {
    const found = await this.client.list<UserEntity>({
      shape: USER,
      method: "GET",
      route: "/users",
      query: { username },
    });
    return found[0];
  }

  /** For administrators; others find only addresses that their users have published. */
  async findByEmail(email: string): Promise<UserEntity | undefined> {
    const query = { search: email };
    const found = await this.client.list<UserEntity>({
      shape: USER,
      method: "GET",
      route: "/users",
      query,
    });
    return found.find((user) => user.email?.toLowerCase() === email.toLowerCase());
  }

  /** Users that are neither human, nor a project's bot, nor active: blocked, deactivated, banned. */
  pageOfInactiveBots(page: number): Promise<Page<UserEntity>> {
    const query = { exclude_active: true, exclude_humans: true, without_project_bots: true };
    return this.client.page({ method: "GET", route: "/users", query }, page);
  }

  /**
   * States of some users, of at most 100 at once. Those who are no administrators are not shown who is blocked or banned.
   * @see https://docs.gitlab.com/api/graphql/reference/#queryusers
   */
  async visibleStates(userIds: readonly number[]): Promise<ReadonlyMap<number, string>> {
    const ids = userIds.map((id) => `gid://gitlab/User/${id}`);
    const query = "query($ids: [ID!]) { users(ids: $ids) { nodes { id state } } }";
    const answer = await this.client.one<StatesAnswer>({
      method: "POST",
      api: "graphql",
      route: "",
      body: { query, variables: { ids } },
    });
    const nodes = answer.data?.users?.nodes ?? [];
    return new Map(
      nodes.map(({ id, state }) => [Number(/\d+$/.exec(String(id))?.[0]), String(state)]),
    );
  }

  /** Every direct membership of a user; for administrators. */
  memberships(userId: number): Promise<UserMembershipEntity[]> {
    const params = { id: userId };
    return this.client.list({
      shape: USER_MEMBERSHIP,
      method: "GET",
      route: "/users/:id/memberships",
      params,
    });
  }
}
