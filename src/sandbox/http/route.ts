import { authenticate } from "../auth/authenticate";
import { requirePermission } from "../auth/granular";
import type { JobTokenPlace } from "../auth/job-token";
import { permissionOf } from "../auth/permissions";
import type { RouteScopes } from "../auth/scopes";
import type { Feature } from "../features";
import { supports, type Instance } from "../instance";
import { readParams, type ParamsOf, type Shape } from "../params/read";
import type { AccessToken } from "../state/rows";
import type { Call, Incoming } from "./call";
import type { Reply } from "./reply";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** A request with its route, before authentication. */
export interface Visit {
  readonly instance: Instance;
  readonly incoming: Incoming;
  /** The request's token, if the instance knows it, usable or not. */
  readonly token: AccessToken | undefined;
  /** Where the route accepts a job's token. */
  readonly jobToken: readonly JobTokenPlace[];
  /** Values from the path, decoded. */
  readonly path: Readonly<Record<string, string>>;
}

/** A route as the server and the documentation use it. */
export interface Route {
  readonly method: Method;
  /** Below `/api/v4`, unless it begins with `/api/` itself. */
  readonly path: string;
  /** Without it, the route exists in every version. */
  readonly feature?: Feature;
  /** Also accepts the token as a password, as Terraform sends it. */
  readonly basicAuth?: boolean;
  /** Where it accepts the token of a CI/CD job. Other routes accept none. */
  readonly jobToken?: readonly JobTokenPlace[];
  /** Accepts a file as its body, of any type. */
  readonly takesFile?: boolean;
  /** What must be loaded before it can respond. */
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
  /** Checks that come before the parameters are read. */
  readonly before?: (call: Call) => void;
  readonly params?: S;
  readonly handle: (call: Call, params: ParamsOf<S>) => Reply;
}

/** Declares a route of the REST API. Its handler gets an authenticated caller and parsed parameters. */
export function route<const S extends Shape = Record<never, never>>(
  definition: Definition<S>,
): Route {
  const { method, path, feature, basicAuth, before, params, handle } = definition;
  const { scopes = "default", jobToken = [] } = definition;
  const permission = permissionOf(definition);
  return {
    method,
    path,
    feature,
    basicAuth,
    jobToken,
    answer({ instance, incoming, token, path: pathValues }) {
      const caller = authenticate(instance, incoming, token, { scopes, jobToken });
      requirePermission(instance, caller, permission, { path: pathValues, method });
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
