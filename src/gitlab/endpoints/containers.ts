import { ACCESS_LEVELS, type Container } from "../../model";
import type { Call } from "../call";
import type { GitLabClient, Page } from "../client";
import type { GroupEntity, ProjectEntity } from "./entities";
import { askByPath, fullPathOf } from "./number-at";
import { GROUP, PROJECT } from "./shapes";

/** New items come last, and shift no page that is still to come. */
const BY_ID = { order_by: "id", sort: "asc" } as const;

/**
 * Groups and projects, as owners of accounts and containers of memberships.
 * @see https://docs.gitlab.com/api/groups/
 */
export class ContainerEndpoints {
  constructor(private readonly client: GitLabClient) {}

  /** By full path or number. */
  group(spelling: string | number): Promise<GroupEntity> {
    const query = { with_projects: false };
    const call = { shape: GROUP, method: "GET", route: "/groups/:id", query } as const;
    return askByPath(this.client, { kind: "group", spelling }, (id) =>
      this.client.one({ ...call, params: { id } }),
    );
  }

  /** By full path or number. */
  project(spelling: string | number): Promise<ProjectEntity> {
    const call = { shape: PROJECT, method: "GET", route: "/projects/:id" } as const;
    return askByPath(this.client, { kind: "project", spelling }, (id) =>
      this.client.one({ ...call, params: { id } }),
    );
  }

  subgroups(groupId: number): Promise<GroupEntity[]> {
    return this.client.list({
      shape: GROUP,
      method: "GET",
      route: "/groups/:id/descendant_groups",
      params: { id: groupId },
    });
  }

  /** The projects of a group and of everything below it. */
  projectsBelow(groupId: number): Promise<ProjectEntity[]> {
    return this.client.list({
      shape: PROJECT,
      method: "GET",
      route: "/groups/:id/projects",
      params: { id: groupId },
      query: { include_subgroups: true, simple: true },
    });
  }

  /** Groups that the caller can see: all of the instance's for administrators; below a group if one is given. */
  groupPage(page: number, below?: number): Promise<Page<GroupEntity>> {
    const call = { shape: GROUP, method: "GET", query: BY_ID } as const;
    if (below === undefined) return this.client.page({ ...call, route: "/groups" }, page);
    const params = { id: below };
    return this.client.page({ ...call, route: "/groups/:id/descendant_groups", params }, page);
  }

  /** The same for projects; short, unless the groups that are invited to them are wanted. */
  projectPage(
    page: number,
    { below, withShares = false }: { readonly below?: number; readonly withShares?: boolean } = {},
  ): Promise<Page<ProjectEntity>> {
    const call = { shape: PROJECT, method: "GET" } as const;
    const query = { ...BY_ID, simple: !withShares };
    if (below === undefined) return this.client.page({ ...call, route: "/projects", query }, page);
    return this.client.page(
      {
        ...call,
        route: "/groups/:id/projects",
        params: { id: below },
        query: { ...query, include_subgroups: true },
      },
      page,
    );
  }

  /** For a project that the caller can see. Undefined if there is none, or if GitLab has no registry. */
  async registryPrefix(): Promise<string | undefined> {
    const call = { shape: PROJECT, method: "GET", route: "/projects", query: BY_ID } as const;
    const { items } = await this.client.page<ProjectEntity>(call, 1);
    return items.find((item) => item.container_registry_image_prefix !== undefined)
      ?.container_registry_image_prefix;
  }

  /** Paths of groups or projects directly below a group, or of top-level groups. At most one page. */
  async pathsIn(kind: Container["kind"], group: string | null): Promise<string[]> {
    if (group === null) {
      const query = { top_level_only: true };
      return this.pathsOf({ method: "GET", route: "/groups", query });
    }
    const route = kind === "project" ? "/groups/:id/projects" : "/groups/:id/subgroups";
    return this.pathsOf({ method: "GET", route, params: { id: group } });
  }

  /** Those whose service accounts the caller may manage. At most one page. */
  async managed(kind: Container["kind"]): Promise<{ id: number; path: string }[]> {
    const call: Call =
      kind === "group"
        ? { method: "GET", route: "/groups", query: { min_access_level: ACCESS_LEVELS.owner } }
        : {
            method: "GET",
            route: "/projects",
            query: { min_access_level: ACCESS_LEVELS.maintainer, simple: true },
          };
    const { items } = await this.client.page<GroupEntity | ProjectEntity>(call, 1);
    return items.map((item) => ({ id: item.id, path: fullPathOf(item) }));
  }

  private async pathsOf(call: Call): Promise<string[]> {
    const { items } = await this.client.page<GroupEntity | ProjectEntity>(call, 1);
    return items.map(fullPathOf);
  }

  /** Throws a 404 for a container that does not exist and for one that the caller cannot see. */
  async touch({ kind, id }: Container): Promise<void> {
    await (kind === "group" ? this.group(id) : this.project(id));
  }
}
