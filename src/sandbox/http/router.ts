import findMyWay from "find-my-way";
import { hasFeature } from "../features";
import type { GitLabVersion } from "../options";
import { isWellFormed } from "./body";
import { routeName, type Route } from "./route";

const prefix = "/api/v4";
const longestParameter = 4096;
const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

export type Match =
  | { readonly kind: "found"; readonly route: Route; readonly path: Record<string, string> }
  | { readonly kind: "unknown" }
  | { readonly kind: "gone" }
  | { readonly kind: "other methods" | "options"; readonly allowed: readonly string[] }
  | { readonly kind: "malformed" };

/** A route that is found by a pattern of the whole path. */
interface OutsideRoute {
  readonly pattern: RegExp;
  readonly route: Route;
}

/** Finds the route of a request among those that the version has. */
export class Router {
  private readonly finder = findMyWay({
    maxParamLength: longestParameter,
    ignoreTrailingSlash: true,
  });
  private readonly names = new Set<string>();

  constructor(
    routes: readonly Route[],
    version: GitLabVersion,
    private readonly outside: readonly OutsideRoute[] = [],
  ) {
    for (const { route } of outside) this.names.add(routeName(route));
    for (const route of routes) {
      if (route.feature !== undefined && !hasFeature(version, route.feature)) continue;
      this.names.add(routeName(route));
      const path = route.path.startsWith("/api/") ? route.path : prefix + route.path;
      this.finder.on(route.method, path, () => undefined, route);
    }
  }

  has(name: string): boolean {
    return this.names.has(name);
  }

  match(method: string, path: string, query: string): Match {
    if (path === "/api/v3" || path.startsWith("/api/v3/")) return { kind: "gone" };
    if (!isWellFormed(path) || !isWellFormed(query)) return { kind: "malformed" };
    const wanted = method === "HEAD" ? "GET" : method;
    for (const { pattern, route } of this.outside) {
      const match = route.method === wanted ? pattern.exec(decodeURIComponent(path)) : null;
      if (match !== null) return { kind: "found", route, path: { ...match.groups } };
    }
    const known = methods.find((candidate) => candidate === wanted);
    const found = known === undefined ? null : this.finder.find(known, path);
    if (found !== null) {
      return { kind: "found", route: found.store as Route, path: definedParams(found.params) };
    }
    const allowed = methods.filter((candidate) => this.finder.find(candidate, path) !== null);
    if (allowed.length === 0) return { kind: "unknown" };
    return method === "OPTIONS"
      ? {
          kind: "options",
          allowed: ["OPTIONS", ...allowed, ...(allowed.includes("GET") ? ["HEAD"] : [])],
        }
      : { kind: "other methods", allowed };
  }
}

function definedParams(params: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, value ?? ""]));
}
