import { ACCESS_LEVELS, parseRole } from "../../src/model";

/** A membership whose account, place and role are known while the program runs. */
export interface DeclaredMembership {
  /** Equal for the memberships of one account. */
  readonly account: unknown;
  readonly username: string;
  readonly container: "group" | "project";
  /** Full path. */
  readonly place: string;
  readonly role: string;
  /** Where it is declared. */
  readonly path: string;
  /** Whether it is taken over: GitLab already has it, whatever it allows for new ones. */
  readonly exists: boolean;
}

/** Memberships whose role is below the one that the account inherits. GitLab refuses them. */
export function lowerThanInherited(memberships: readonly DeclaredMembership[]): {
  readonly path: string;
  readonly detail: string;
}[] {
  return memberships.flatMap((lower) => {
    if (lower.exists) return [];
    const above = memberships.find(
      (other) =>
        other.account === lower.account &&
        other.container === "group" &&
        normal(lower.place).startsWith(`${normal(other.place)}/`) &&
        levelOf(other) > levelOf(lower),
    );
    if (above === undefined) return [];
    const detail =
      `${lower.username} inherits the role ${above.role} from ${above.place} (${above.path}), and GitLab allows no lower one below it; ` +
      `got ${lower.role} in ${lower.place}. Give it at least ${above.role} there, lower the one above, or leave this membership out.`;
    return [{ path: lower.path, detail }];
  });
}

function normal(path: string): string {
  return path.replace(/^\/+|\/+$/g, "").toLowerCase();
}

function levelOf({ role }: DeclaredMembership): number {
  const name = parseRole(role);
  // An invalid role is reported elsewhere.
  return name === undefined ? Number.NaN : ACCESS_LEVELS[name];
}
