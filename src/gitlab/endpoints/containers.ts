import type { Container } from "../../model";
import type { GitLabClient } from "../client";
import type { GroupEntity, ProjectEntity } from "./entities";

/**
 * Groups and projects, as far as owners of accounts and targets of memberships go.
 * @see https://docs.gitlab.com/api/groups/
 */
export class ContainerEndpoints {
  constructor(private readonly client: GitLabClient) {}

  /** By full path or number. */
  group(id: string | number): Promise<GroupEntity> {
    const query = { with_projects: false };
    return this.client.one({ method: "GET", route: "/groups/:id", params: { id }, query });
  }

  /** By full path or number. */
  project(id: string | number): Promise<ProjectEntity> {
    return this.client.one({ method: "GET", route: "/projects/:id", params: { id } });
  }

  subgroups(groupId: number): Promise<GroupEntity[]> {
    return this.client.list({
      method: "GET",
      route: "/groups/:id/descendant_groups",
      params: { id: groupId },
    });
  }

  /** The projects of a group and of everything below it. */
  projectsBelow(groupId: number): Promise<ProjectEntity[]> {
    return this.client.list({
      method: "GET",
      route: "/groups/:id/projects",
      params: { id: groupId },
      query: { include_subgroups: true, simple: true },
    });
  }

  /** Paths of groups or projects right below a group, or of top-level groups; no more than one page of them. */
  async pathsIn(kind: Container["kind"], group: string | null): Promise<string[]> {
    if (group === null) {
      const query = { top_level_only: true, per_page: 100 };
      const groups = await this.client.one<GroupEntity[]>({
        method: "GET",
        route: "/groups",
        query,
      });
      return groups.map(({ full_path }) => full_path);
    }
    const request = { method: "GET", params: { id: group }, query: { per_page: 100 } } as const;
    if (kind === "project") {
      const route = "/groups/:id/projects";
      const projects = await this.client.one<ProjectEntity[]>({ ...request, route });
      return projects.map(({ path_with_namespace }) => path_with_namespace);
    }
    const groups = await this.client.one<GroupEntity[]>({
      ...request,
      route: "/groups/:id/subgroups",
    });
    return groups.map(({ full_path }) => full_path);
  }

  /** Answers 404 for a container that does not exist and for one that the caller may not see. */
  async touch({ kind, id }: Container): Promise<void> {
    await (kind === "group" ? this.group(id) : this.project(id));
  }
}
