import type { World } from "./world";

/** Who sends a request, from nobody to the administrator. */
export const callers = [
  "anonymous",
  "stranger",
  "below",
  "minimal",
  "guest",
  "planner",
  "reporter",
  "developer",
  "maintainer",
  "owner",
  "reader",
  "account",
  "bot",
  "administrator",
  /** A job of the project, started by a Developer. */
  "job",
  /** A deploy token of the project with all scopes. */
  "deploy",
] as const;
export type Caller = (typeof callers)[number];

/** Roles in the group, the lowest first. */
export const roles = [
  "guest",
  "planner",
  "reporter",
  "developer",
  "maintainer",
  "owner",
] as const satisfies readonly Caller[];
export type Role = (typeof roles)[number];

export type Audience = "all" | "administrators" | Role;

/** What GitLab's documentation and policies say about one route. */
export interface AccessRule {
  /** The route's name; a route may have several rules, for different parameters. */
  readonly route: string;
  /** The lowest role that may, everybody with a token, or administrators alone. */
  readonly audience: Audience;
  /** The status for those who see the group or project, but may not. */
  readonly refusal: number;
  /** Callers who are answered otherwise than their role says. */
  readonly except: Partial<Record<Caller, number>>;
  /** What makes the request complete. */
  readonly body?: (world: World) => object;
  /** What the documentation adds to the audience. */
  readonly remark?: string;
}

type Details = Partial<Pick<AccessRule, "refusal" | "except" | "body" | "remark">>;

export function rule(route: string, audience: Audience, details: Details = {}): AccessRule {
  return { route, audience, refusal: 403, except: {}, ...details };
}

/** A body that is the same in every world. */
export const given = (body: object) => () => body;
