import { MARKED_DESCRIPTION } from "../mark";
import type { Json } from "../recording/recording";

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/**
 * One request. In it, `{name.key}` is replaced by a value from the earlier response kept under that name, `{group}` by
 * the group's number, `{mark}` by the prefix of the run's names, and `{day+30}` by a date that many days from today.
 */
export interface Step {
  /** Below `/api/v4`. */
  readonly ask: `${Method} /${string}`;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, Json>>;
  /** The token of a kept response, `nobody`'s, or one that was `never issued`. @default the caller's */
  readonly as?: string;
  readonly keep?: string;
  /** Repeated until the response has this status, for what GitLab does in the background. */
  readonly until?: number;
}

/** Requests that begin in the empty group and leave it empty. */
export interface Scenario {
  readonly name: string;
  /** What it covers, for the result. */
  readonly about: string;
  readonly steps: readonly Step[];
}

/** A subgroup of the group, kept as `sub`, and a project in a namespace, kept as `app`. */
export function subgroupAndProject(namespace: "{group}" | "{sub.id}"): Step[] {
  const made = { visibility: "private", description: MARKED_DESCRIPTION };
  return [
    {
      ask: "POST /groups",
      body: { name: "{mark}-sub", path: "{mark}-sub", parent_id: "{group}", ...made },
      keep: "sub",
    },
    {
      ask: "POST /projects",
      body: { name: "{mark}-app", path: "{mark}-app", namespace_id: namespace, ...made },
      keep: "app",
    },
  ];
}

/** How a scenario removes a subgroup or project immediately, even if deletion is delayed. */
export function removal(kind: "group" | "project", name: string): Step[] {
  const path = `/${kind}s/{${name}.id}` as const;
  const fullPath = kind === "group" ? "full_path" : "path_with_namespace";
  return [
    { ask: `DELETE ${path}` },
    { ask: `GET ${path}`, keep: `marked ${name}` },
    {
      ask: `DELETE ${path}`,
      query: { permanently_remove: "true", full_path: `{marked ${name}.${fullPath}}` },
    },
    { ask: `GET ${path}`, until: 404 },
  ];
}
