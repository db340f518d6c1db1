import { Once, type GitLab } from "../gitlab";
import type { Container } from "../model";
import { KeyedOnce } from "./keyed";

/** A group or project, with what declarations need of it. */
export interface KnownContainer extends Container {
  readonly fullPath: string;
  /** A group inside another group. */
  readonly isSubgroup: boolean;
}

/** Groups and projects by the spelling of a declaration: full path or number. */
export class ContainerInventory {
  private readonly bySpelling = new KeyedOnce<KnownContainer>();

  private readonly registry: Once<string | undefined>;

  constructor(private readonly gitlab: GitLab) {
    this.registry = new Once(() => this.gitlab.containers.registryPrefix());
  }

  /** Host of GitLab's container registry, with its port. Undefined if no project returns it. */
  async registryHost(): Promise<string | undefined> {
    return (await this.registry.get())?.split("/")[0];
  }

  /** Throws GitLab's 404 for one that does not exist or that the caller cannot see. */
  resolve(kind: Container["kind"], spelling: string | number): Promise<KnownContainer> {
    const normal = String(spelling)
      .trim()
      .replace(/^\/+|\/+$/g, "");
    return this.bySpelling.get(`${kind} ${normal.toLowerCase()}`, () =>
      kind === "group" ? this.group(normal) : this.project(normal),
    );
  }

  private async group(spelling: string): Promise<KnownContainer> {
    const { id, full_path, parent_id } = await this.gitlab.containers.group(spelling);
    return { kind: "group", id, fullPath: full_path, isSubgroup: parent_id !== null };
  }

  private async project(spelling: string): Promise<KnownContainer> {
    const { id, path_with_namespace } = await this.gitlab.containers.project(spelling);
    return { kind: "project", id, fullPath: path_with_namespace, isSubgroup: false };
  }
}
