import { isGitLabError, type GitLab, type VariableAddress, type VariableEntity } from "../gitlab";
import type { Owner } from "../model";
import { confirmVisible, describeOwner } from "./invisible";
import { KeyedOnce } from "./keyed";

interface Known {
  readonly variables: VariableEntity[];
  /** The page to read next. Undefined once all have been read. */
  next: number | undefined;
  totalPages: number;
  /** Variables that were read one by one, since they were on no page read so far. */
  singleReads: number;
}

/** CI/CD variables, container by container. Values stay in memory only, for the duration of a run. */
export class VariableInventory {
  private readonly containers = new KeyedOnce<Known>();
  private readonly remainders = new KeyedOnce<void>();

  constructor(private readonly gitlab: GitLab) {}

  /** Undefined only if there is certainly no such variable. */
  async find(address: VariableAddress): Promise<VariableEntity | undefined> {
    const key = describeOwner(address.container);
    const known = await this.containers.get(key, () => this.readFirst(address.container));
    const listed = pick(known.variables, address);
    if (listed !== undefined || known.next === undefined) return listed ?? this.readOne(address);
    known.singleReads += 1;
    if (known.totalPages - known.next + 1 > known.singleReads) return this.readOne(address);
    await this.remainders.get(key, () => this.readOthers(address.container, known));
    return pick(known.variables, address) ?? this.readOne(address);
  }

  /** After a write of this run: the next call reads this container from the server. */
  forget(container: Owner): void {
    this.containers.forget(describeOwner(container));
    this.remainders.forget(describeOwner(container));
  }

  private async readFirst(container: Owner): Promise<Known> {
    try {
      const { items, next, totalPages } = await this.gitlab.variables.page(container, 1);
      return { variables: [...items], next, totalPages: totalPages ?? Infinity, singleReads: 0 };
    } catch (error) {
      if (!isGitLabError(error, "not_found")) throw error;
      await confirmVisible(this.gitlab, container);
      return { variables: [], next: undefined, totalPages: 1, singleReads: 0 };
    }
  }

  private async readOthers(container: Owner, known: Known): Promise<void> {
    while (known.next !== undefined) {
      const { items, next } = await this.gitlab.variables.page(container, known.next);
      known.variables.push(...items);
      known.next = next;
    }
  }

  private async readOne(address: VariableAddress): Promise<VariableEntity | undefined> {
    try {
      return await this.gitlab.variables.get(address);
    } catch (error) {
      if (!isGitLabError(error, "not_found")) throw error;
      await confirmVisible(this.gitlab, address.container);
      return undefined;
    }
  }
}

function pick(
  variables: readonly VariableEntity[],
  { key, environmentScope }: VariableAddress,
): VariableEntity | undefined {
  return variables.find(
    (variable) => variable.key === key && (variable.environment_scope ?? "*") === environmentScope,
  );
}
