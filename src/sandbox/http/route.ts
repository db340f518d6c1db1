import type { Feature } from "../features";
import { readParams, type ParamsOf, type Shape } from "../params/read";
import type { Call } from "./call";
import type { Reply } from "./reply";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** Which token scopes open a route: the usual ones, any, or `api` and one more. */
export type RouteScopes = "default" | "any" | "self_rotate";

/** A route as the server and the documentation see it. */
export interface Route {
  readonly method: Method;
  /** Below `/api/v4`. */
  readonly path: string;
  /** Without it, the route exists in every version. */
  readonly feature?: Feature;
  readonly scopes: RouteScopes;
  /** Takes the body as it is instead of reading parameters from it. */
  readonly rawBody: boolean;
  handle(call: Call): Reply;
}

interface Definition<S extends Shape> {
  readonly method: Method;
  readonly path: string;
  readonly feature?: Feature;
  readonly scopes?: RouteScopes;
  readonly rawBody?: boolean;
  /** Checks that come before the parameters are even read. */
  readonly before?: (call: Call) => void;
  readonly params?: S;
  readonly handle: (call: Call, params: ParamsOf<S>) => Reply;
}

/** Declares a route; its handler gets the parameters already read. */
export function route<const S extends Shape = Record<never, never>>(
  definition: Definition<S>,
): Route {
  const { method, path, feature, before, params, handle } = definition;
  const { scopes = "default", rawBody = false } = definition;
  return {
    method,
    path,
    feature,
    scopes,
    rawBody,
    handle(call) {
      before?.(call);
      return handle(call, readParams(params ?? ({} as S), call.raw));
    },
  };
}

/** The name of a route in logs, counts and faults. */
export function routeName(route: Pick<Route, "method" | "path">): string {
  return `${route.method} ${route.path}`;
}
