import type { GitLabClient, Page } from "../client";
import type { UserEntity, UserMembershipEntity } from "./entities";
import { USER, USER_MEMBERSHIP } from "./shapes";

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

  /** Users that are neither human, nor a project's bot, nor active: blocked, deactivated, banned. */
  pageOfInactiveBots(page: number): Promise<Page<UserEntity>> {
    const query = { exclude_active: true, exclude_humans: true, without_project_bots: true };
    return this.client.page({ method: "GET", route: "/users", query }, page);
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
