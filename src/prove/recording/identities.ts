import type { Json } from "./recording";

export type Kind = "user" | "group" | "project" | "token" | "deploy token" | "trigger";

/** What the number after a segment of a path identifies, and what a list at its end contains. */
const kindAfter: Readonly<Record<string, Kind | null>> = {
  users: "user",
  service_accounts: "user",
  members: "user",
  all: "user",
  groups: "group",
  subgroups: "group",
  projects: "project",
  personal_access_tokens: "token",
  access_tokens: "token",
  deploy_tokens: "deploy token",
  triggers: "trigger",
  variables: null,
};

/** What a number in a request's body or query identifies. */
const kindOfKey: Readonly<Record<string, Kind>> = {
  user_id: "user",
  user_ids: "user",
  parent_id: "group",
  namespace_id: "group",
};

/** The stand-in's ids, names and token values for the recorded ones. */
export class Identities {
  private readonly ids = new Map<string, number>();
  private readonly lost = new Set<string>();
  private readonly names = new Map<string, string>();
  private readonly tokenValues = new Map<string, string>();

  learnId(kind: Kind, recorded: unknown, ours: unknown): void {
    if (typeof recorded !== "number") return;
    if (typeof ours === "number") this.ids.set(`${kind} ${recorded}`, ours);
    else this.lost.add(`${kind} ${recorded}`);
  }

  learnName(recorded: unknown, ours: unknown): void {
    if (typeof recorded === "string" && typeof ours === "string") this.names.set(recorded, ours);
  }

  learnTokenValue(alias: string, ours: string): void {
    this.tokenValues.set(alias, ours);
  }

  /** The value to send for a recorded alias. One that no server knows if the alias was invalid. */
  tokenValue(alias: string): string {
    return this.tokenValues.get(alias) ?? "glpat-never-issued-by-anyone";
  }

  hasTokenValue(alias: string): boolean {
    return this.tokenValues.has(alias);
  }

  id(kind: Kind, recorded: number): number | undefined {
    return this.ids.get(`${kind} ${recorded}`);
  }

  name(recorded: string): string {
    return this.names.get(recorded) ?? recorded;
  }

  /** A recorded path with the stand-in's ids. An unknown id names nothing here either. */
  path(recorded: string): string {
    const segments = recorded.split("/");
    return segments
      .map((segment, index) => {
        const kind = kindAfter[segments[index - 1] ?? ""];
        return kind ? this.number(kind, segment) : segment;
      })
      .join("/");
  }

  query(recorded: Readonly<Record<string, string>>): Record<string, string> {
    return Object.fromEntries(
      Object.entries(recorded).map(([key, value]) => {
        const kind = kindOfKey[key.replace("[]", "")];
        return [key, kind === undefined ? this.name(value) : this.numbers(kind, value)];
      }),
    );
  }

  /** A Link header whose addresses have no hosts. */
  link(recorded: string | null): string | null {
    if (recorded === null) return null;
    return recorded.replace(/<([^?>]*)\?([^>]*)>/g, (_link, path: string, query: string) => {
      const container = path.split("/")[3] ?? "";
      const parameters = query.replace(
        /(^|&)([^=&]+)=([^&]*)/g,
        (_all, sign, key: string, value) => {
          // GitLab repeats the number in the path.
          const kind = key === "id" ? kindAfter[container] : kindOfKey[key.replace("%5B%5D", "")];
          return `${sign}${key}=${kind ? this.numbers(kind, value) : this.name(value)}`;
        },
      );
      return `<${this.path(path)}?${parameters}>`;
    });
  }

  body(recorded: Json): Json {
    if (typeof recorded !== "object" || recorded === null || Array.isArray(recorded))
      return recorded;
    return Object.fromEntries(
      Object.entries(recorded).map(([key, value]) => {
        const kind = kindOfKey[key];
        const ours = kind && typeof value === "number" ? this.id(kind, value) : undefined;
        return [key, ours ?? value];
      }),
    );
  }

  /** Whether a path names an object that was created in the recording, but not here. */
  namesLost(path: string): boolean {
    const segments = path.split("/");
    return segments.some((segment, index) => {
      const key = `${kindAfter[segments[index - 1] ?? ""]} ${segment}`;
      return this.lost.has(key) && !this.ids.has(key);
    });
  }

  /** The kind of object that a path returns. Undefined if it has no id to learn. */
  static kindAt(path: string): Kind | undefined {
    const named = path.split("/").filter((segment) => segment in kindAfter);
    return kindAfter[named.at(-1) ?? ""] ?? undefined;
  }

  private numbers(kind: Kind, recorded: string): string {
    return recorded
      .split(",")
      .map((part) => this.number(kind, part))
      .join(",");
  }

  private number(kind: Kind, recorded: string): string {
    const ours = /^\d+$/.test(recorded) ? this.id(kind, Number(recorded)) : undefined;
    return ours === undefined ? recorded : String(ours);
  }
}
