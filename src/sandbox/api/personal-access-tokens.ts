import type { Call } from "../http/call";
import { badRequest, notFound, recordNotFound, unauthorized } from "../http/errors";
import { noContent, ok } from "../http/reply";
import { route } from "../http/route";
import { issuedTokenJson, ownTokenJson, tokenJson } from "../json/token";
import { date, integer, required } from "../params/types";
import { auditToken } from "../rules/audit";
import { rotateToken } from "../rules/create-token";
import { revokeToken } from "../rules/revoke-token";
import type { AccessToken } from "../state/rows";
import { requireAdmin, requireUnmodified } from "./find";
import { createdToken, eitherTokenParams, listTokensParams, tokenPage } from "./token-params";

const rotateParams = { expires_at: date() };
const one = { id: required(integer()) };

/** A token that its owner or an administrator requests. Other callers learn nothing, not even that it is missing. */
function ownOrAnyToken(call: Call, id: number): AccessToken {
  const token = call.instance.store.tokens.get(id);
  if (token !== undefined && (call.caller.admin || token.user_id === call.caller.user.id)) {
    return token;
  }
  throw call.caller.admin ? notFound() : unauthorized();
}

/** Impersonation tokens have a list of their own. */
function isOwn({ impersonation }: AccessToken): boolean {
  return !impersonation;
}

function ownTokens({ instance }: Call, userId: number): AccessToken[] {
  return instance.store.tokensByUser.all(userId).filter(isOwn);
}

function rotated(call: Call, token: AccessToken, expiresAt: string | undefined) {
  const result = rotateToken(call.instance, token, expiresAt);
  if ("error" in result) throw badRequest(result.error);
  auditToken(call, "Rotated", result.token);
  return ok(issuedTokenJson(call.instance, result.token, result.value));
}

function revoke(call: Call, token: AccessToken): void {
  if (!token.revoked) auditToken(call, "Revoked", token);
  revokeToken(call.instance, token);
}

/** The token of the request itself. Routes of tokens accept no job's token. */
function ownToken({ caller }: Call): AccessToken {
  if (caller.token === undefined) throw unauthorized();
  return caller.token;
}

export const selfRoutes = [
  route({
    method: "GET",
    path: "/personal_access_tokens/self",
    scopes: "any",
    handle: (call) => ok(ownTokenJson(call.instance, ownToken(call))),
  }),
  route({
    method: "DELETE",
    path: "/personal_access_tokens/self",
    scopes: "any",
    handle(call) {
      const token = ownToken(call);
      requireUnmodified(call, token.updated_at);
      revoke(call, token);
      return noContent();
    },
  }),
  route({
    method: "POST",
    path: "/personal_access_tokens/self/rotate",
    scopes: "self_rotate",
    params: rotateParams,
    handle: (call, { expires_at }) => rotated(call, ownToken(call), expires_at),
  }),
];

export const tokenRoutes = [
  route({
    method: "GET",
    path: "/personal_access_tokens",
    params: { ...listTokensParams, user_id: integer() },
    handle(call, params) {
      const { store } = call.instance;
      const { user, admin } = call.caller;
      const wantsUser = Object.hasOwn(call.raw, "user_id");
      if (!admin) {
        if (params.user_id !== undefined && params.user_id !== user.id) throw unauthorized();
        return tokenPage(call, params, ownTokens(call, user.id));
      }
      if (!wantsUser) return tokenPage(call, params, store.tokens.rows().filter(isOwn));
      const owner = params.user_id === undefined ? undefined : store.users.get(params.user_id);
      if (owner === undefined) throw notFound();
      return tokenPage(call, params, ownTokens(call, owner.id));
    },
  }),
  route({
    method: "GET",
    path: "/personal_access_tokens/:id",
    params: one,
    handle: (call, { id }) => ok(tokenJson(call.instance, ownOrAnyToken(call, id))),
  }),
  route({
    method: "POST",
    path: "/personal_access_tokens/:id/rotate",
    params: { ...one, ...rotateParams },
    handle: (call, { id, expires_at }) => rotated(call, ownOrAnyToken(call, id), expires_at),
  }),
  route({
    method: "DELETE",
    path: "/personal_access_tokens/:id",
    params: one,
    handle(call, { id }) {
      const token = call.instance.store.tokens.get(id);
      if (token === undefined) throw recordNotFound();
      requireUnmodified(call, token.updated_at);
      if (!call.caller.admin && token.user_id !== call.caller.user.id) {
        throw badRequest("Not permitted to revoke");
      }
      revoke(call, token);
      return noContent();
    },
  }),
];

export const userTokenRoutes = [
  route({
    method: "POST",
    path: "/users/:user_id/personal_access_tokens",
    before: requireAdmin,
    params: { ...eitherTokenParams("granularUserTokens"), user_id: required(integer()) },
    handle(call, params) {
      const user = call.instance.store.users.get(params.user_id);
      if (user === undefined) throw notFound("User");
      return createdToken(call, user, params);
    },
  }),
  route({
    method: "POST",
    path: "/user/personal_access_tokens",
    params: eitherTokenParams("granularSelfTokens", ["k8s_proxy", "self_rotate"]),
    handle: (call, params) => createdToken(call, call.caller.user, params),
  }),
];
