export type Kind = "user" | "group" | "project" | "token" | "deploy token" | "trigger";

/** What the number after a segment of a path identifies. */
const kindAfter: Readonly<Record<string, Kind>> = {
  users: "user",
  service_accounts: "user",
  groups: "group",
  projects: "project",
  personal_access_tokens: "token",
  access_tokens: "token",
  deploy_tokens: "deploy token",
  triggers: "trigger",
};

/** Which of our ids, names and token values stand for the recorded ones. */
export class Identities {
  private readonly ids = new Map<string, number>();
  private readonly names = new Map<string, string>();
  private readonly tokenValues = new Map<string, string>();

  learnId(kind: Kind, recorded: unknown, ours: unknown): void {
    if (typeof recorded !== "number" || typeof ours !== "number") return;
    this.ids.set(`${kind} ${recorded}`, ours);
  }

  learnName(recorded: unknown, ours: unknown): void {
    if (typeof recorded === "string" && typeof ours === "string") this.names.set(recorded, ours);
  }

  learnTokenValue(alias: string, ours: string): void {
    this.tokenValues.set(alias, ours);
  }

  /** The value to send for a recorded alias; one that no server knows when the alias was invalid. */
  tokenValue(alias: string): string {
    return this.tokenValues.get(alias) ?? "glpat-never-issued-by-anyone";
  }

  id(kind: Kind, recorded: number): number | undefined {
    return this.ids.get(`${kind} ${recorded}`);
  }

  name(recorded: string): string {
    return this.names.get(recorded) ?? recorded;
  }

  /** A recorded path with our ids; an id that was never learnt names nothing here either. */
  path(recorded: string): string {
    const segments = recorded.split("/");
    return segments
      .map((segment, index) => {
        const kind = kindAfter[segments[index - 1] ?? ""];
        const ours = kind && /^\d+$/.test(segment) ? this.id(kind, Number(segment)) : undefined;
        return ours === undefined ? segment : String(ours);
      })
      .join("/");
  }

  /** What the object that a path answers with is; undefined when it has no id to learn. */
  static kindAt(path: string): Kind | undefined {
    const named = path.split("/").filter((segment) => segment in kindAfter);
    return kindAfter[named.at(-1) ?? ""];
  }
}
