/** The token scopes that a route accepts: the usual ones, any, or the usual ones and one more. */
export type RouteScopes = "default" | "any" | "read_user" | "self_rotate";

interface Scope {
  readonly name: string;
  /** Accepted for reading only. */
  readonly reads?: true;
}

const usual: readonly Scope[] = [{ name: "api" }, { name: "read_api", reads: true }];

const scopesOf: Readonly<Record<Exclude<RouteScopes, "any">, readonly Scope[]>> = {
  default: usual,
  read_user: [{ name: "read_user", reads: true }, ...usual],
  self_rotate: [{ name: "api" }, { name: "self_rotate" }],
};

/** The scopes that a refusal names if none of a token's scopes is accepted. Undefined if one is. */
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
