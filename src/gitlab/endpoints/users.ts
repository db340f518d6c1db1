import type { GitLabClient, Page } from "../client";
import type { UserEntity, UserMembershipEntity } from "./entities";
import { USER, USER_MEMBERSHIP } from "./shapes";

/** A user as GraphQL shows it, with its direct memberships. */
export interface GraphqlUser {
  readonly id: number;
  readonly username: string;
  readonly name: string;
  readonly state: string;
  /** `HUMAN`, `SERVICE_ACCOUNT`, `PROJECT_BOT`, and others. Null on servers that do not return it. */
  readonly type: string | null;
  readonly createdAt: string | null;
  readonly memberships: readonly GraphqlMembership[];
  /** Whether there are more memberships than one response shows. */
  readonly hasMore: boolean;
}

export interface GraphqlMembership {
  readonly kind: "group" | "project";
  readonly containerId: number;
  readonly path: string;
  readonly accessLevel: number;
  readonly expiresAt: string | null;
  readonly createdAt: string | null;
}

interface UsersAnswer {
  readonly data?: {
    readonly users?: { readonly nodes?: readonly UserNode[] } | null;
  } | null;
  readonly errors?: readonly { readonly message?: unknown }[];
}

interface UserNode {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly state: string;
  readonly type?: string | null;
  readonly createdAt?: string | null;
  readonly groupMemberships?: MembershipNodes | null;
  readonly projectMemberships?: MembershipNodes | null;
}

interface MembershipNodes {
  readonly nodes?: readonly (MembershipNode | null)[];
  readonly pageInfo?: { readonly hasNextPage?: boolean };
}

interface MembershipNode {
  readonly accessLevel?: { readonly integerValue?: number | null } | null;
  readonly expiresAt?: string | null;
  readonly createdAt?: string | null;
  readonly group?: { readonly id: string; readonly fullPath: string } | null;
  readonly project?: { readonly id: string; readonly fullPath: string } | null;
}

/** A refused query returns no data. */
interface StatesAnswer {
  readonly data?: {
    readonly users?: {
      readonly nodes?: readonly { readonly id: string; readonly state: string }[];
    } | null;
  } | null;
}

/**
 * Users, including service accounts.
 * @see https://docs.gitlab.com/api/users/
 */
export class UserEndpoints {
  constructor(private readonly client: GitLabClient) {}

  /** The user can do nothing any more, with any token. Repeating it changes nothing. For administrators. */
  block(userId: number): Promise<void> {
    return this.client.send({ method: "POST", route: "/users/:id/block", params: { id: userId } });
  }

  /** Undoes it: tokens and memberships are as they were. For administrators. */
  unblock(userId: number): Promise<void> {
    return this.client.send({
      method: "POST",
      route: "/users/:id/unblock",
      params: { id: userId },
    });
  }

  get(userId: number): Promise<UserEntity> {
    return this.client.one({
      shape: USER,
      method: "GET",
      route: "/users/:id",
      params: { id: userId },
    });
  }

  /** The user of the client's token. For a project's or group's access token, its bot. */
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

  /** For administrators. Other callers find only addresses that their users have published. */
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

  /** Users that are neither human, nor a project's bot, nor active: blocked, deactivated or banned. */
  pageOfInactiveBots(page: number): Promise<Page<UserEntity>> {
    const query = { exclude_active: true, exclude_humans: true, without_project_bots: true };
    return this.client.page({ method: "GET", route: "/users", query }, page);
  }

  /**
   * States of some users, at most 100 at once. Blocked and banned users are not shown to callers who are not
   * administrators.
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
    return new Map(nodes.map(({ id, state }) => [numberIn(String(id)), String(state)]));
  }

  /**
   * Service accounts, including GitLab's own agents, with their states. Blocked ones are shown to administrators only.
   */
  pageOfBots(page: number): Promise<Page<UserEntity>> {
    const query = {
      exclude_humans: true,
      without_project_bots: true,
      exclude_internal: true,
      order_by: "id",
      sort: "asc",
    };
    return this.client.page({ shape: USER, method: "GET", route: "/users", query }, page);
  }

  /**
   * Some users, at most 100 at once, as far as the caller can see them. A refused query is an error, since its data
   * would look like "none".
   * @see https://docs.gitlab.com/api/graphql/reference/#queryusers
   */
  async shown(
    userIds: readonly number[],
    options: { readonly memberships: boolean },
  ): Promise<GraphqlUser[]> {
    const ids = userIds.map((id) => `gid://gitlab/User/${id}`);
    const query = usersQuery(options.memberships);
    const call = { method: "POST", api: "graphql", route: "" } as const;
    const answer = await this.client.one<UsersAnswer>({
      ...call,
      body: { query, variables: { ids } },
    });
    const nodes = answer.data?.users?.nodes;
    if (nodes === undefined || (answer.errors?.length ?? 0) > 0) {
      throw this.client.refusedQuery(call, String(answer.errors?.[0]?.message ?? "no data"));
    }
    return nodes.map(graphqlUser);
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

/** Below the complexity limit of GitLab, even with 100 users and 100 memberships of each kind. */
function usersQuery(withMemberships: boolean): string {
  const of = (kind: "group" | "project") =>
    `${kind}Memberships(first: 100) { nodes { accessLevel { integerValue } expiresAt createdAt ` +
    `${kind} { id fullPath } } pageInfo { hasNextPage } }`;
  const memberships = withMemberships ? ` ${of("group")} ${of("project")}` : "";
  return (
    "query($ids: [ID!]) { users(ids: $ids, first: 100) { nodes { " +
    `id username name state type createdAt${memberships} } } }`
  );
}

function graphqlUser(node: UserNode): GraphqlUser {
  const { username, name, state, type = null, createdAt = null } = node;
  const { groupMemberships: groups, projectMemberships: projects } = node;
  return {
    id: numberIn(node.id),
    username,
    name,
    state,
    type,
    createdAt,
    memberships: [...(groups?.nodes ?? []), ...(projects?.nodes ?? [])].flatMap((each) =>
      each === null ? [] : graphqlMembership(each),
    ),
    hasMore: groups?.pageInfo?.hasNextPage === true || projects?.pageInfo?.hasNextPage === true,
  };
}

/** The group or project is missing if the caller cannot see it. */
function graphqlMembership(node: MembershipNode): GraphqlMembership[] {
  const container = node.group ?? node.project;
  const accessLevel = node.accessLevel?.integerValue;
  if (!container || typeof accessLevel !== "number") return [];
  return [
    {
      kind: node.group ? "group" : "project",
      containerId: numberIn(container.id),
      path: container.fullPath,
      accessLevel,
      expiresAt: node.expiresAt?.slice(0, 10) ?? null,
      createdAt: node.createdAt ?? null,
    },
  ];
}

function numberIn(globalId: string): number {
  return Number(/\d+$/.exec(globalId)?.[0]);
}
