/** An instance's address in its shown form: without `/api/v4` and without slashes at the end. */
export function instanceAddress(baseUrl: string): string {
  const url = new URL(baseUrl.trim());
  return `${url.protocol}//${url.host}${pathOf(url)}`;
}

/**
 * Whether two addresses refer to one server. Scheme, letter case, a default port, `/api/v4` and slashes make no
 * difference. Another port or path does, since one host can serve several GitLabs.
 */
export function isSameInstance(left: string, right: string): boolean {
  return instanceKey(left) === instanceKey(right);
}

/** Equal for all spellings of one server's address. */
export function instanceKey(baseUrl: string): string {
  const url = new URL(baseUrl.trim());
  const port = url.port === "80" || url.port === "443" ? "" : url.port;
  return `${url.hostname.replace(/\.$/, "")}:${port}${pathOf(url)}`.toLowerCase();
}

function pathOf(url: URL): string {
  const path = url.pathname.replace(/\/{2,}/g, "/").replace(/\/$/, "");
  return path.replace(/\/api\/v4$/i, "");
}
