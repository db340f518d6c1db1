import type { Container } from "../../model";
import type { GitLabClient, Page } from "../client";
import type { MemberEntity } from "./entities";
import { ownerRoute } from "./owner-route";
import { MEMBER } from "./shapes";

export interface MemberFields {
  readonly access_level: number;
  /** `YYYY-MM-DD`; null for a membership without an end. */
  readonly expires_at: string | null;
  /** A custom role. GitLab removes it if it is left out of a change. */
  readonly member_role_id: number | null;
}

/**
 * Direct members of groups and projects.
 * @see https://docs.gitlab.com/api/members/
 */
export class MemberEndpoints {
  constructor(private readonly client: GitLabClient) {}

  page(container: Container, page: number): Promise<Page<MemberEntity>> {
    const { prefix, params } = ownerRoute(container);
    return this.client.page(
      { shape: MEMBER, method: "GET", route: `${prefix}/members`, params },
      page,
    );
  }

  /** Direct members among some users; at most 100 users at once. */
  async listOfUsers(container: Container, userIds: readonly number[]): Promise<MemberEntity[]> {
    const { prefix, params } = ownerRoute(container);
    return this.client.list({
      shape: MEMBER,
      method: "GET",
      route: `${prefix}/members`,
      params,
      query: { user_ids: userIds.join(",") },
    });
  }

  get(container: Container, userId: number): Promise<MemberEntity> {
    const { prefix, params } = ownerRoute(container);
    return this.client.one({
      shape: MEMBER,
      method: "GET",
      route: `${prefix}/members/:user_id`,
      params: { ...params, user_id: userId },
    });
  }

  /** The member with its highest role here, inherited ones included. */
  getInherited(container: Container, userId: number): Promise<MemberEntity> {
    const { prefix, params } = ownerRoute(container);
    return this.client.one({
      shape: MEMBER,
      method: "GET",
      route: `${prefix}/members/all/:user_id`,
      params: { ...params, user_id: userId },
    });
  }

  add(container: Container, userId: number, fields: MemberFields): Promise<MemberEntity> {
    const { prefix, params } = ownerRoute(container);
    const { access_level, expires_at, member_role_id } = fields;
    return this.client.one({
      shape: MEMBER,
      method: "POST",
      route: `${prefix}/members`,
      params,
      body: {
        user_id: userId,
        access_level,
        ...(expires_at !== null && { expires_at }),
        ...(member_role_id !== null && { member_role_id }),
      },
    });
  }

  update(container: Container, userId: number, fields: MemberFields): Promise<MemberEntity> {
    const { prefix, params } = ownerRoute(container);
    const { access_level, expires_at, member_role_id } = fields;
    return this.client.one({
      shape: MEMBER,
      method: "PUT",
      route: `${prefix}/members/:user_id`,
      params: { ...params, user_id: userId },
      body: { access_level, expires_at, ...(member_role_id !== null && { member_role_id }) },
    });
  }

  /** Keeps the memberships in subgroups and projects below, unless they are to be removed too. */
  remove(container: Container, userId: number, options: { below: boolean }): Promise<void> {
    const { prefix, params } = ownerRoute(container);
    return this.client.send({
      method: "DELETE",
      route: `${prefix}/members/:user_id`,
      params: { ...params, user_id: userId },
      query: { skip_subresources: !options.below },
    });
  }
}
