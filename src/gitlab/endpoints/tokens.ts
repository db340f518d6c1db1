import { secrets } from "../../http";
import type { AccountId, Owner } from "../../model";
import type { Call, Query } from "../call";
import type { GitLabClient, Page } from "../client";
import { GitLabError } from "../errors";
import { isRecord } from "../messages";
import type { NewTokenEntity, TokenEntity } from "./entities";
import { ownerRoute } from "./owner-route";

export interface TokenFields {
  readonly name: string;
  readonly description: string;
  readonly scopes: readonly string[];
  /** `YYYY-MM-DD`; left out where the token shall never expire. */
  readonly expires_at?: string;
}

/**
 * Personal access tokens of service accounts. There is no rotate here: it kills the old value at once, and a
 * repeated one revokes every token that came of it.
 * @see https://docs.gitlab.com/api/service_accounts/
 * @see https://docs.gitlab.com/api/personal_access_tokens/
 */
export class TokenEndpoints {
  constructor(private readonly client: GitLabClient) {}

  /** Every token of one account that passes a filter; without one also those revoked and expired. */
  async listOfAccount({ owner, userId }: AccountId, filter: Query = {}): Promise<TokenEntity[]> {
    const call = listCall(owner, userId, filter);
    return this.tokensIn(call, await this.client.list<TokenEntity>(call));
  }

  /** A page of the instance's active tokens, humans' included; for administrators. */
  async pageOfInstance(page: number): Promise<Page<TokenEntity>> {
    const query = { state: "active", sort: "created_asc" };
    const call = { method: "GET", route: "/personal_access_tokens", query } as const;
    const answer = await this.client.page<TokenEntity>(call, page);
    this.tokensIn(call, answer.items);
    return answer;
  }

  async create({ owner, userId }: AccountId, fields: TokenFields): Promise<NewTokenEntity> {
    const { prefix, params } = ownerRoute(owner);
    const route =
      owner.kind === "instance"
        ? "/users/:user_id/personal_access_tokens"
        : `${prefix}/service_accounts/:user_id/personal_access_tokens`;
    const made = await this.client.one<NewTokenEntity>({
      method: "POST",
      route,
      params: { ...params, user_id: userId },
      body: { ...fields },
    });
    secrets.add(made.token);
    return made;
  }

  /** Revoking a token that is revoked already is no error. */
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

  /** The token that the client itself authenticates with. */
  self(): Promise<TokenEntity> {
    return this.client.one({ method: "GET", route: "/personal_access_tokens/self" });
  }

  /** A list of anything else says nothing about tokens, and must not pass for one without them. */
  private tokensIn<T extends readonly TokenEntity[]>({ method, route }: Call, items: T): T {
    if (items.every(isToken)) return items;
    const { server } = this.client;
    const message = "an entry of the list is not a token";
    throw new GitLabError({ kind: "not_json", method, route, path: route, server, message });
  }
}

function listCall(owner: Owner, userId: number, filter: Query): Call {
  if (owner.kind === "instance") {
    const query = { ...filter, user_id: userId };
    return { method: "GET", route: "/personal_access_tokens", query };
  }
  const { prefix, params } = ownerRoute(owner);
  return {
    method: "GET",
    route: `${prefix}/service_accounts/:user_id/personal_access_tokens`,
    params: { ...params, user_id: userId },
    query: filter,
  };
}

function isToken(item: unknown): boolean {
  if (!isRecord(item)) return false;
  return typeof item["id"] === "number" && typeof item["active"] === "boolean";
}
