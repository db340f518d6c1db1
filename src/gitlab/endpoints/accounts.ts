import type { AccountId, Owner } from "../../model";
import type { Call } from "../call";
import type { GitLabClient, Page } from "../client";
import type { ServiceAccountEntity } from "./entities";
import { ownerRoute } from "./owner-route";
import { SERVICE_ACCOUNT } from "./shapes";

export interface AccountFields {
  readonly name?: string;
  readonly username?: string;
  readonly email?: string;
}

/**
 * Service accounts of all three kinds of owner.
 * @see https://docs.gitlab.com/api/service_accounts/
 */
export class AccountEndpoints {
  constructor(private readonly client: GitLabClient) {}

  /** An instance's list also contains the accounts of its groups and projects; a group's only its own. */
  list(owner: Owner): Promise<ServiceAccountEntity[]> {
    return this.client.list(listCall(owner));
  }

  page(owner: Owner, page: number): Promise<Page<ServiceAccountEntity>> {
    return this.client.page(listCall(owner), page);
  }

  create(owner: Owner, fields: AccountFields): Promise<ServiceAccountEntity> {
    const { prefix, params } = ownerRoute(owner);
    const route = `${prefix}/service_accounts`;
    return this.client.one({
      shape: SERVICE_ACCOUNT,
      method: "POST",
      route,
      params,
      body: { ...fields },
    });
  }

  update({ owner, userId }: AccountId, fields: AccountFields): Promise<ServiceAccountEntity> {
    const { prefix, params } = ownerRoute(owner);
    return this.client.one({
      shape: SERVICE_ACCOUNT,
      method: "PATCH",
      route: `${prefix}/service_accounts/:user_id`,
      params: { ...params, user_id: userId },
      body: { ...fields },
    });
  }

  /** Starts the deletion. GitLab finishes it later. */
  delete({ owner, userId }: AccountId, options: { hardDelete: boolean }): Promise<void> {
    const { prefix, params } = ownerRoute(owner);
    const route =
      owner.kind === "instance" ? "/users/:user_id" : `${prefix}/service_accounts/:user_id`;
    return this.client.send({
      method: "DELETE",
      route,
      params: { ...params, user_id: userId },
      query: { hard_delete: options.hardDelete || undefined },
    });
  }
}

function listCall(owner: Owner): Call {
  const { prefix, params } = ownerRoute(owner);
  return {
    shape: SERVICE_ACCOUNT,
    method: "GET",
    route: `${prefix}/service_accounts`,
    params,
    // In the order of ids, a new item cannot shift the pages still to come.
    query: { order_by: "id", sort: "asc" },
  };
}
