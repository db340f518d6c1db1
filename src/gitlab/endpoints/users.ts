import type { GitLabClient } from "../client";
import type { UserEntity, UserMembershipEntity } from "./entities";

/**
 * Users, of which service accounts are some.
 * @see https://docs.gitlab.com/api/users/
 */
export class UserEndpoints {
  constructor(private readonly client: GitLabClient) {}

  get(userId: number): Promise<UserEntity> {
    return this.client.one({ method: "GET", route: "/users/:id", params: { id: userId } });
  }

  /** The user of the token that is used; of a project's or group's access token, its bot. */
  self(): Promise<UserEntity> {
    return this.client.one({ method: "GET", route: "/user" });
  }

  async findByUsername(username: string): Promise<UserEntity | undefined> {
    const found = await this.client.list<UserEntity>({
      method: "GET",
      route: "/users",
      query: { username },
    });
    return found[0];
  }

  /** Every direct membership of a user; for administrators. */
  memberships(userId: number): Promise<UserMembershipEntity[]> {
    const params = { id: userId };
    return this.client.list({ method: "GET", route: "/users/:id/memberships", params });
  }
}
