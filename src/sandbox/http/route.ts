import { authenticate } from "../auth/authenticate";
import type { JobTokenPlace } from "../auth/job-token";
import type { RouteScopes } from "../auth/scopes";
import type { Feature } from "../features";
import { supports, type Instance } from "../instance";
import { readParams, type ParamsOf, type Shape } from "../params/read";
import type { AccessToken } from "../state/rows";
import type { Call, Incoming } from "./call";
import type { Reply } from "./reply";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** A request that has found its route, before anybody has been let in. */
export interface Visit {
  readonly instance: Instance;
  readonly incoming: Incoming;
  /** What the request carries, if the instance knows it, be it usable or not. */
  readonly token: AccessToken | undefined;
  /** Where the route takes a job's token. */
  readonly jobToken: readonly JobTokenPlace[];
  /** Values from the path, decoded. */
  readonly path: Readonly<Record<string, string>>;
}

/** A route as the server and the documentation see it. */
export interface Route {
  readonly method: Method;
  /** Below `/api/v4`, unless it begins with `/api/` itself. */
  readonly path: string;
  /** Without it, the route exists in every version. */
  readonly feature?: Feature;
  /** Takes the token as a password too, as Terraform sends it. */
  readonly basicAuth?: boolean;
  /** Where it takes the token of a CI/CD job; other routes take none. */
  readonly jobToken?: readonly JobTokenPlace[];
  /** Takes a file as its body, of whatever type. */
  readonly takesFile?: boolean;
  /** What has to be loaded before it can answer. */
  prepare?(): Promise<void>;
  answer(visit: Visit): Reply;
}

interface Definition<S extends Shape> {
  readonly method: Method;
  readonly path: string;
  readonly feature?: Feature;
  readonly scopes?: RouteScopes;
  readonly basicAuth?: boolean;
  readonly jobToken?: readonly JobTokenPlace[];
  /** Checks that come before the parameters are even read. */
  readonly before?: (call: Call) => void;
  readonly params?: S;
  readonly handle: (call: Call, params: ParamsOf<S>) => Reply;
}

/** Declares a route of the REST API; its handler gets a known caller and the parameters already read. */
export function route<const S extends Shape = Record<never, never>>(
  definition: Definition<S>,
): Route {
  const { method, path, feature, basicAuth, before, params, handle } = definition;
  const { scopes = "default", jobToken = [] } = definition;
  return {
    method,
    path,
    feature,
    basicAuth,
    jobToken,
    answer({ instance, incoming, token, path: pathValues }) {
      const caller = authenticate(instance, incoming, token, { scopes, jobToken });
      const raw = { ...incoming.query, ...incoming.body, ...pathValues };
      const call = { instance, incoming, caller, path: pathValues, raw };
      before?.(call);
      return handle(
        call,
        readParams(params ?? ({} as S), raw, (name) => supports(instance, name)),
      );
    },
  };
}

/** The name of a route in logs, counts and faults. */
export function routeName(route: Pick<Route, "method" | "path">): string {
  return `${route.method} ${route.path}`;
}
