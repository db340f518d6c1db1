/** Which token scopes open a route: the usual ones, any, or the usual ones with one more. */
export type RouteScopes = "default" | "any" | "read_user" | "self_rotate";

interface Scope {
  readonly name: string;
  /** Opens the route only for reading. */
  readonly reads?: true;
}

const usual: readonly Scope[] = [{ name: "api" }, { name: "read_api", reads: true }];

const scopesOf: Readonly<Record<Exclude<RouteScopes, "any">, readonly Scope[]>> = {
  default: usual,
  read_user: [{ name: "read_user", reads: true }, ...usual],
  self_rotate: [{ name: "api" }, { name: "self_rotate" }],
};

/** The scopes a refusal names when none of a token's scopes opens a route; undefined when one does. */
export function missingScopes(
  granted: readonly string[],
  wanted: RouteScopes,
  method: string,
): string | undefined {
  if (wanted === "any") return undefined;
  const scopes = scopesOf[wanted];
  const isRead = method === "GET" || method === "HEAD";
  const isOpen = scopes.some(({ name, reads }) => granted.includes(name) && (!reads || isRead));
  return isOpen ? undefined : scopes.map(({ name }) => name).join(" ");
}
