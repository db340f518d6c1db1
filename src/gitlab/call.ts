import type { Shape } from "./shape";
import type { ClientSettings } from "./settings";

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Call {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** With placeholders for the variable parts: `/groups/:id/members`. */
  readonly route: string;
  /** The variable parts; encoded into the path. */
  readonly params?: Readonly<Record<string, string | number>>;
  readonly query?: Query;
  readonly body?: Readonly<Record<string, unknown>>;
  /** GraphQL has one address for all queries. @default "v4" */
  readonly api?: "v4" | "graphql";
  /** What the response, or each item of a list, must be. */
  readonly shape?: Shape;
}

export function pathOf({ route, params = {} }: Call): string {
  return route.replace(/:([a-z_]+)/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined) throw new Error(`the route ${route} needs a value for ${name}`);
    return encodeURIComponent(String(value));
  });
}

export function queryOf(query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) search.append(name, String(value));
  }
  return search.size === 0 ? "" : `?${search}`;
}

export function headersOf(settings: ClientSettings, hasBody: boolean): Record<string, string> {
  const own = Object.entries(settings.headers ?? {}).map(([name, value]) => [
    name.toLowerCase(),
    value,
  ]);
  return {
    "user-agent": settings.userAgent ?? "glsa",
    ...Object.fromEntries(own),
    accept: "application/json",
    ...(hasBody && { "content-type": "application/json" }),
    "private-token": settings.token,
  };
}
