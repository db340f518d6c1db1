import type { ErrorFacts, ErrorKind } from "./error-facts";

const OWN_TOKEN = "the token that glsa itself uses (GITLAB_TOKEN, or the provider's token)";

/** A token's permissions cannot be changed, so there has to be another one. */
export const GRANULAR_REMEDY =
  `GitLab names the permissions, and whether they must be for the project, the group, the user or the instance. Make a ` +
  `fine-grained token that has them there, or one with the scope api, and use it in place of ${OWN_TOKEN}; ` +
  "docs/fine-grained-tokens.md has what each feature needs.";

const REMEDIES: Readonly<Record<ErrorKind, string>> = {
  bad_request: "Correct the value that GitLab names.",
  unauthorized: `GitLab does not accept ${OWN_TOKEN}, or it may not read this. Check that the address is that of the instance that you mean, and that the token belongs to it and was copied completely.`,
  token_ended: `GitLab refuses ${OWN_TOKEN}: it was revoked, or its expiry date has come. Replace it with a valid one.`,
  forbidden: `The user of ${OWN_TOKEN} may not do this. It needs the Owner role in the group, Maintainer or Owner in the project, or an administrator; an administrator's token needs the scope admin_mode where Admin Mode is on.`,
  insufficient_scope: `Give ${OWN_TOKEN} the scope api.`,
  not_found: "It does not exist, or the user of glsa's token cannot see it.",
  conflict: "Check what exists on the server and try again.",
  rate_limited:
    "GitLab kept refusing requests as too many. Lower max_requests_per_minute or max_concurrency, or try again later.",
  unexpected_redirect:
    "Write the address that it redirects to, or the object's current path, instead.",
  not_json:
    "Something between here and GitLab responded, such as a proxy or a sign-in page, or base_url is not a GitLab. Open the address in a browser to see what it is.",
  server_error: "GitLab failed. Try again later; the cause is in its logs.",
  unreachable:
    "Check base_url, the network, HTTPS_PROXY and NO_PROXY, and for a certificate of your own ca_file.",
  bad_setup: "Correct the setting that the message names.",
  beyond_limit:
    "Something between here and GitLab misbehaves, or base_url is not a GitLab; docs/limits.md has the limits. Apply again: what took effect is found then.",
  connection_broken:
    "The connection broke before the response came. Apply again: what took effect is found then.",
  stopped: "The run was stopped. Apply again to continue.",
};

/** The remedy for a redirect, by its target. */
export function redirectRemedy(server: string, target: string): string | undefined {
  if (!URL.canParse(target, server)) return undefined;
  const [asked, pointed] = [new URL(server), new URL(target, server)];
  if (pointed.host === asked.host && asked.protocol === "http:" && pointed.protocol === "https:") {
    return "The server speaks https only: write base_url with https://.";
  }
  if (pointed.pathname.includes("/api/v4/")) return undefined;
  return (
    "That is not an address of the API but, most likely, a sign-in page: something in front of GitLab requires a login of its " +
    "own. Let it pass requests to /api/v4, give it its credentials in headers, or correct base_url."
  );
}

const ENCODED_SLASH =
  " The requested path contains %2F, which some reverse proxies refuse, decode or encode again. Have it passed on " +
  "unchanged (Apache: AllowEncodedSlashes NoDecode and ProxyPass … nocanon; nginx: proxy_pass without a path), or write the " +
  "number of the group or project instead of its path.";

const PERHAPS_ENCODED_SLASH =
  " If it does exist, a reverse proxy may have changed the %2F of its path: write its number instead.";

export function remedyFor(facts: ErrorFacts): string {
  const { kind, server, status, path, method } = facts;
  const addressed = kind === "unreachable" || kind === "not_json";
  const remedy = addressed ? `${REMEDIES[kind]} The address is ${server}.` : REMEDIES[kind];
  if (kind === "server_error" && status === 503) return UNAVAILABLE;
  if (kind === "forbidden" && method !== "GET") return remedy + READ_ONLY;
  if (!path.includes("%2F")) return remedy;
  if (kind === "not_json" || facts.isUnrouted === true) return remedy + ENCODED_SLASH;
  return kind === "not_found" ? remedy + PERHAPS_ENCODED_SLASH : remedy;
}

const UNAVAILABLE =
  "GitLab, or a proxy in front of it, accepts no requests at present, as during maintenance or an upgrade. Apply again when it is over.";

const READ_ONLY =
  " If reading works and every change is refused, the instance is read-only: it is under maintenance, or a Geo secondary. Wait, or write the primary's address.";
