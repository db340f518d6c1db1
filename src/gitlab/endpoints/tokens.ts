import { secrets } from "../../http";
import { ACCESS_LEVELS, type AccountId, type GranularScope, type Owner } from "../../model";
import type { Call, Query } from "../call";
import { PAGE_SIZE, type GitLabClient, type Page } from "../client";
import type { NewTokenEntity, ReachEntity, TokenEntity } from "./entities";
import { ownerRoute } from "./owner-route";
import { NEW_TOKEN, TOKEN } from "./shapes";

export interface TokenFields {
  readonly name: string;
  readonly description: string;
  /** One of the two. */
  readonly scopes?: readonly string[];
  readonly granular_scopes?: readonly GranularScope[];
  /** `YYYY-MM-DD`; left out if the token never expires. */
  readonly expires_at?: string;
}

/**
 * Personal access tokens of service accounts. The rotate endpoint is left out: it invalidates the old value
 * immediately, and a repeated call revokes every token that descends from it.
 * @see https://docs.gitlab.com/api/service_accounts/
 * @see https://docs.gitlab.com/api/personal_access_tokens/
 */
export class TokenEndpoints {
  constructor(private readonly client: GitLabClient) {}

  /** Every token of one account that passes a filter. Without one, also those that are revoked or expired. */
  listOfAccount({ owner, userId }: AccountId, filter: Query = {}): Promise<TokenEntity[]> {
    return this.client.list(listCall(owner, userId, filter));
  }

  /** A page of them, newest first, whether they work or not. */
  async newestOfAccount({ owner, userId }: AccountId): Promise<readonly TokenEntity[]> {
    const { items } = await this.client.page<TokenEntity>(
      listCall(owner, userId, { sort: "created_desc" }),
      1,
    );
    return items;
  }

  /** A page of the instance's active tokens, including those of humans. For administrators. */
  pageOfInstance(page: number): Promise<Page<TokenEntity>> {
    const query = { state: "active", sort: "created_asc" };
    return this.client.page(
      { shape: TOKEN, method: "GET", route: "/personal_access_tokens", query },
      page,
    );
  }

  /** A page of all tokens that the instance ever had, including those of humans, oldest first. For administrators. */
  pageOfAll(page: number): Promise<Page<TokenEntity>> {
    const query = { sort: "created_asc" };
    return this.client.page(
      { shape: TOKEN, method: "GET", route: "/personal_access_tokens", query },
      page,
    );
  }

  /** Fine-grained tokens have no route below groups and projects: an administrator makes them for any user. */
  async create({ owner, userId }: AccountId, fields: TokenFields): Promise<NewTokenEntity> {
    const { prefix, params } = ownerRoute(owner);
    const route =
      owner.kind === "instance" || fields.granular_scopes !== undefined
        ? "/users/:user_id/personal_access_tokens"
        : `${prefix}/service_accounts/:user_id/personal_access_tokens`;
    const made = await this.client.one<NewTokenEntity>({
      shape: NEW_TOKEN,
      method: "POST",
      route,
      params: { ...params, user_id: userId },
      body: { ...fields },
    });
    secrets.add(made.token);
    return made;
  }

  /** Revoking a revoked token is not an error. */
  revoke({ owner, userId }: AccountId, tokenId: number): Promise<void> {
    if (owner.kind === "instance") {
      const route = "/personal_access_tokens/:token_id";
      return this.client.send({ method: "DELETE", route, params: { token_id: tokenId } });
    }
    const { prefix, params } = ownerRoute(owner);
    return this.client.send({
      method: "DELETE",
      route: `${prefix}/service_accounts/:user_id/personal_access_tokens/:token_id`,
      params: { ...params, user_id: userId, token_id: tokenId },
    });
  }

  /** A token by its number alone; for administrators, who see every one. */
  get(tokenId: number): Promise<TokenEntity> {
    const route = "/personal_access_tokens/:token_id";
    return this.client.one({ shape: TOKEN, method: "GET", route, params: { token_id: tokenId } });
  }

  /** Revokes the token that the client itself authenticates with, whatever its scopes. */
  revokeSelf(): Promise<void> {
    return this.client.send({ method: "DELETE", route: "/personal_access_tokens/self" });
  }

  /** Groups and projects in which the client's own user has a role, whatever the token's scopes; 100 of each at most. */
  reach(): Promise<ReachEntity> {
    const route = "/personal_access_tokens/self/associations";
    const query = { min_access_level: ACCESS_LEVELS.guest, per_page: PAGE_SIZE };
    return this.client.one({ method: "GET", route, query });
  }

  /** The token that the client itself authenticates with. */
  self(): Promise<TokenEntity> {
    return this.client.one({ shape: TOKEN, method: "GET", route: "/personal_access_tokens/self" });
  }
}

function listCall(owner: Owner, userId: number, filter: Query): Call {
  if (owner.kind === "instance") {
    const query = { ...filter, user_id: userId };
    return { shape: TOKEN, method: "GET", route: "/personal_access_tokens", query };
  }
  const { prefix, params } = ownerRoute(owner);
  return {
    shape: TOKEN,
    method: "GET",
    route: `${prefix}/service_accounts/:user_id/personal_access_tokens`,
    params: { ...params, user_id: userId },
    query: filter,
  };
}
