import type { GitLab, GroupEntity, ProjectEntity } from "../gitlab";
import type { GapLog } from "./gap-log";
import { PagedList } from "./paged-list";
import type { PicturedContainer, Scope } from "./picture";

/** Groups and projects, found by number and by path. */
export class Containers {
  private readonly byKey = new Map<string, PicturedContainer>();
  private readonly byPath = new Map<string, PicturedContainer>();

  constructor(containers: readonly PicturedContainer[]) {
    for (const container of containers) this.add(container);
  }

  get all(): readonly PicturedContainer[] {
    return [...this.byKey.values()];
  }

  find({ kind, id }: Pick<PicturedContainer, "kind" | "id">): PicturedContainer | undefined {
    return this.byKey.get(`${kind} ${id}`);
  }

  /** The known one, or this one from now on. */
  add(container: PicturedContainer): PicturedContainer {
    const known = this.find(container);
    if (known !== undefined) return known;
    this.byKey.set(`${container.kind} ${container.id}`, container);
    this.byPath.set(container.path.toLowerCase(), container);
    return container;
  }

  /** The groups above one, the nearest first, as far as they are known. */
  above({ path }: PicturedContainer): PicturedContainer[] {
    const parent = path.slice(0, Math.max(0, path.lastIndexOf("/"))).toLowerCase();
    if (parent === "") return [];
    const group = this.byPath.get(parent);
    return group === undefined ? [] : [group, ...this.above(group)];
  }
}

export function describe({ kind, path }: PicturedContainer): string {
  return `${kind} ${path}`;
}

interface ContainerPages {
  readonly containers: readonly PicturedContainer[];
  /** Requests that the lists took. */
  readonly pages: number;
}

/** What a pass reads, by path. */
export async function readContainers(
  gitlab: GitLab,
  scope: Scope,
  gaps: GapLog,
): Promise<ContainerPages> {
  if (scope.kind === "project") {
    const { id, path } = scope;
    return { containers: [{ kind: "project", id, path, parentId: null }], pages: 0 };
  }
  const below = scope.kind === "group" ? scope.id : undefined;
  const idOf = ({ id }: { readonly id: number }) => id;
  const groups = new PagedList<GroupEntity>(
    (page) => gitlab.containers.groupPage(page, below),
    idOf,
  );
  const projects = new PagedList<ProjectEntity>(
    (page) => gitlab.containers.projectPage(page, below === undefined ? {} : { below }),
    idOf,
  );
  const [foundGroups, foundProjects] = await Promise.all([
    itemsOf(groups, "groups", gaps),
    itemsOf(projects, "projects", gaps),
  ]);
  const root = scope.kind === "group" ? [await rootOf(gitlab, scope)] : [];
  const all = [...root, ...foundGroups.map(ofGroup)];
  const idOfPath = new Map(all.map(({ path, id }) => [path.toLowerCase(), id]));
  const containers = [...all, ...foundProjects.map((each) => ofProject(each, idOfPath))];
  const sizes = await Promise.allSettled([groups.size(), projects.size()]);
  return {
    containers: containers.sort((left, right) => (left.path < right.path ? -1 : 1)),
    pages: sizes.reduce(
      (sum, each) => sum + (each.status === "fulfilled" ? each.value.pages : 1),
      0,
    ),
  };
}

async function rootOf(
  gitlab: GitLab,
  { id, path }: { readonly id: number; readonly path: string },
): Promise<PicturedContainer> {
  const { parent_id: parentId } = await gitlab.containers.group(id);
  return { kind: "group", id, path, parentId };
}

async function itemsOf<T>(list: PagedList<T>, what: string, gaps: GapLog): Promise<readonly T[]> {
  const { items, isWhole, failure } = await list.read();
  const missing = { hides: ["containers", "memberships", "variables", "accounts"], what } as const;
  if (failure !== undefined) gaps.failed(missing, failure);
  else if (!isWhole) gaps.shifted(missing, `/${what}`);
  return items;
}

function ofGroup({ id, full_path: path, parent_id: parentId }: GroupEntity): PicturedContainer {
  return { kind: "group", id, path, parentId };
}

function ofProject(
  { id, path_with_namespace: path }: ProjectEntity,
  groups: ReadonlyMap<string, number>,
): PicturedContainer {
  const parent = path.slice(0, Math.max(0, path.lastIndexOf("/"))).toLowerCase();
  return { kind: "project", id, path, parentId: groups.get(parent) ?? null };
}
