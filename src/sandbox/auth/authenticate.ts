import { isExpired } from "../rules/token-expiry";
import { revokeFamily } from "../rules/revoke-token";
import { recordUse } from "../rules/token-use";
import type { Caller, Incoming } from "../http/call";
import { bearerError, forbidden, notFound, unauthorized } from "../http/errors";
import type { Instance } from "../instance";
import type { Job } from "../state/pipeline-rows";
import type { AccessToken, User } from "../state/rows";
import { basicLogin } from "./basic";
import { presentedJob, type JobTokenPlace } from "./job-token";
import { missingScopes, type RouteScopes } from "./scopes";
import { tokenParameters } from "./token-parameters";
import { digestOf } from "./token-value";

const revokedText = "Token was revoked. You have to re-authorize from the user.";
const expiredText = "Token is expired. You can either do re-authorization or token refresh.";
const scopeText = "The request requires higher privileges than provided by the access token.";

/** A request with a revoked token on such a path indicates a leak. */
const rotationPath = /access_tokens\/(?:\d+|self)\/rotate$/;

/** The token of a request, if the instance knows it, usable or not. */
export function presentedToken(
  instance: Instance,
  incoming: Incoming,
  { basicAuth }: { readonly basicAuth: boolean },
): AccessToken | undefined {
  const value = presentedValue(incoming, basicAuth);
  return value === undefined ? undefined : instance.store.tokensByDigest.first(digestOf(value));
}

/** In GitLab's order: its own parameter and header, then those of OAuth. */
function presentedValue(
  { query, body, headers }: Incoming,
  basicAuth: boolean,
): string | undefined {
  const [own, access, bearer] = tokenParameters.map((name) => body[name] ?? query[name]);
  const authorization = headers["authorization"] ?? "";
  const authorized = /^Bearer (.+)$/i.exec(authorization)?.[1];
  const password = basicAuth ? basicLogin(headers)?.password : undefined;
  return [own, headers["private-token"], access, authorized, bearer, password].find(
    (value): value is string => typeof value === "string" && value !== "",
  );
}

/** Whether a token is still usable. */
export function isUsable(instance: Instance, token: AccessToken): boolean {
  return !token.revoked && !isExpired(token, instance.clock.today());
}

/** A route's requirements for its callers. */
export interface Admission {
  readonly scopes: RouteScopes;
  /** Where it accepts the token of a CI/CD job. */
  readonly jobToken: readonly JobTokenPlace[];
}

/** Accepts a request or ends it, in GitLab's order of checks. */
export function authenticate(
  instance: Instance,
  incoming: Incoming,
  token: AccessToken | undefined,
  { scopes, jobToken }: Admission,
): Caller {
  // A value where users' tokens belong counts before a job's, even if it is invalid.
  const isUsers = token !== undefined || carriesUserToken(incoming);
  const job = isUsers ? undefined : presentedJob(instance, incoming, jobToken);
  if (job !== undefined) return jobCaller(instance, job);
  const user = token === undefined ? undefined : instance.store.users.get(token.user_id);
  if (token === undefined || user === undefined) throw unauthorized();
  if (isExpired(token, instance.clock.today())) {
    throw bearerError(401, "invalid_token", expiredText);
  }
  if (token.revoked) {
    if (rotationPath.test(incoming.path)) revokeFamily(instance, token);
    throw bearerError(401, "invalid_token", revokedText);
  }
  const isGranular = token.granular_scopes !== undefined;
  const missing = isGranular ? undefined : missingScopes(token.scopes, scopes, incoming.method);
  if (missing !== undefined) throw bearerError(403, "insufficient_scope", scopeText, missing);
  if (user.composite_identity_enforced) throw unauthorized();
  requireOpenAccount(instance, user);
  recordUse(instance, token, incoming.ip);
  const elevated = !instance.store.settings.admin_mode || token.scopes.includes("admin_mode");
  return actingAs(instance, incoming, { user, token, admin: user.admin && elevated });
}

function carriesUserToken({ query, body, headers }: Incoming): boolean {
  const parameters = tokenParameters.map((name) => body[name] ?? query[name]);
  return [...parameters, headers["private-token"]].some(
    (value) => typeof value === "string" && value !== "" && !value.startsWith("glcbt-"),
  );
}

/** A job acts as its user, who may be an administrator, but only within its project. */
function jobCaller(instance: Instance, job: Job): Caller {
  const user = instance.store.users.get(job.user_id);
  if (user === undefined) throw unauthorized();
  requireOpenAccount(instance, user);
  return { user, token: undefined, job, admin: user.admin };
}

/** Refuses users who may not use the API at all, with the reason. */
function requireOpenAccount({ store, url }: Instance, user: User): void {
  if (user.state === "deactivated") {
    throw forbidden(
      `Your account has been deactivated by your administrator. Please log back in from a web browser to reactivate your account at ${url}`,
    );
  }
  if (user.state !== "active") throw forbidden("Your account has been blocked.");
  if (user.confirmed_at !== null || store.settings.email_confirmation_setting !== "hard") return;
  throw forbidden(
    `Your primary email address is not confirmed. Please check your inbox for the confirmation instructions. In case the link is expired, you can request a new confirmation email at ${url}/users/confirmation/new`,
  );
}

/** `sudo` lets an administrator with a token of that scope act as another user. */
function actingAs(instance: Instance, { query, body, headers }: Incoming, caller: Caller): Caller {
  const wanted = body["sudo"] ?? query["sudo"] ?? headers["sudo"];
  if (typeof wanted !== "string" && typeof wanted !== "number") return caller;
  const name = String(wanted);
  if (!caller.admin) throw forbidden("Must be admin to use sudo");
  if (caller.token?.scopes.includes("sudo") !== true) {
    throw bearerError(403, "insufficient_scope", scopeText, "sudo");
  }
  const { users, usersByUsername } = instance.store;
  const user = /^\d+$/.test(name)
    ? users.get(Number(name))
    : usersByUsername.first(name.toLowerCase());
  if (user === undefined) throw notFound(`User with ID or username '${name}'`);
  return { ...caller, user, admin: user.admin };
}
