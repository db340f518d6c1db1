import type { ErrorFacts, ErrorKind } from "./errors";

const OWN_TOKEN = "the token that glsa itself uses (GITLAB_TOKEN, or the provider's token)";

const REMEDIES: Readonly<Record<ErrorKind, string>> = {
  bad_request: "Correct the value that GitLab names.",
  unauthorized: `GitLab does not know ${OWN_TOKEN}, or it may not ask this. Check that the token belongs to this instance and was copied whole.`,
  token_revoked: `Somebody revoked ${OWN_TOKEN}. Put a valid one in its place.`,
  token_expired: `The expiry date of ${OWN_TOKEN} has come. Put a valid one in its place.`,
  forbidden: `The user of ${OWN_TOKEN} may not do this. It needs the Owner role in the group, Maintainer or Owner in the project, or an administrator; an administrator's token needs the scope admin_mode where Admin Mode is on.`,
  insufficient_scope: `Give ${OWN_TOKEN} the scope api.`,
  not_found: "It does not exist, or the user of glsa's token cannot see it.",
  conflict: "Look at what exists on the server and try again.",
  rate_limited:
    "GitLab kept refusing requests as too many. Lower max_requests_per_minute or max_concurrency, or try again later.",
  unexpected_redirect: "Write the address it points to, or the object's present path, instead.",
  not_json:
    "Something between here and GitLab answered, such as a proxy or a sign-in page, or base_url is not a GitLab. Open the address in a browser to see what it is.",
  server_error: "GitLab failed. Try again later; its logs know the cause.",
  unreachable:
    "Check base_url, the network, HTTPS_PROXY and NO_PROXY, and for a certificate of your own ca_file.",
  bad_setup: "Correct the setting that the message names.",
  beyond_limit:
    "Something between here and GitLab does not behave, or base_url is not a GitLab; docs/limits.md has the limits. Apply again: what took effect is found then.",
  connection_broken:
    "The connection broke before the answer came. Apply again: what took effect is found then.",
  stopped: "The run was told to stop. Apply again to go on.",
};

export function remedyFor({ kind, server }: ErrorFacts): string {
  return kind === "unreachable" || kind === "not_json"
    ? `${REMEDIES[kind]} The address is ${server}.`
    : REMEDIES[kind];
}
