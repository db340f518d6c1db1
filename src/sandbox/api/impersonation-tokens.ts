import { refuseEscalation } from "../auth/granular";
import type { Call } from "../http/call";
import { failure, notFound } from "../http/errors";
import { pageParams, paginate } from "../http/pagination";
import { created, noContent, ok } from "../http/reply";
import { route } from "../http/route";
import { issuedTokenJson, listedTokenJson } from "../json/token";
import { storedScopes } from "../params/granular-scopes";
import { integer, oneOf, required, withDefault } from "../params/types";
import { auditToken } from "../rules/audit";
import { createToken } from "../rules/create-token";
import { revokeToken } from "../rules/revoke-token";
import { filterTokens } from "../rules/token-list";
import type { AccessToken, User } from "../state/rows";
import { requireAdmin } from "./find";
import { eitherTokenParams } from "./token-params";

const base = "/users/:user_id/impersonation_tokens";
const owner = { user_id: required(integer()) };
const one = { ...owner, impersonation_token_id: required(integer()) };

function userOf({ instance }: Call, id: number): User {
  const user = instance.store.users.get(id);
  if (user === undefined) throw notFound("User");
  return user;
}

function tokensOf(call: Call, userId: number): AccessToken[] {
  const { id } = userOf(call, userId);
  return call.instance.store.tokensByUser.all(id).filter(({ impersonation }) => impersonation);
}

function tokenOf(call: Call, userId: number, id: number): AccessToken {
  const token = tokensOf(call, userId).find((candidate) => candidate.id === id);
  if (token === undefined) throw notFound("Impersonation Token");
  return token;
}

function tokenJson({ instance }: Call, token: AccessToken) {
  return { ...listedTokenJson(instance, token), impersonation: true };
}

/** Tokens with which an administrator acts as a user. */
export const impersonationTokenRoutes = [
  route({
    method: "GET",
    path: base,
    before: requireAdmin,
    params: {
      ...owner,
      ...pageParams,
      state: withDefault(oneOf("all", "active", "inactive"), "all"),
    },
    handle(call, params) {
      const state = params.state === "all" ? undefined : params.state;
      const today = call.instance.clock.today();
      const tokens = filterTokens(tokensOf(call, params.user_id), { state }, today);
      return paginate(call, params, tokens, (token) => tokenJson(call, token));
    },
  }),
  route({
    method: "POST",
    path: base,
    before: requireAdmin,
    params: { ...owner, ...eitherTokenParams("granularSelfTokens") },
    handle(call, { user_id, ...request }) {
      const { instance, caller } = call;
      refuseEscalation(instance, caller, storedScopes(request.granular_scopes ?? []));
      const result = createToken(instance, userOf(call, user_id), {
        ...request,
        impersonation: true,
      });
      if ("error" in result) throw failure(400, result.error);
      auditToken(call, "Created", result.token);
      return created({
        ...issuedTokenJson(instance, result.token, result.value),
        impersonation: true,
      });
    },
  }),
  route({
    method: "GET",
    path: `${base}/:impersonation_token_id`,
    before: requireAdmin,
    params: one,
    handle: (call, { user_id, impersonation_token_id }) =>
      ok(tokenJson(call, tokenOf(call, user_id, impersonation_token_id))),
  }),
  route({
    method: "DELETE",
    path: `${base}/:impersonation_token_id`,
    before: requireAdmin,
    params: one,
    handle(call, { user_id, impersonation_token_id }) {
      const token = tokenOf(call, user_id, impersonation_token_id);
      if (!token.revoked) auditToken(call, "Revoked", token);
      revokeToken(call.instance, token);
      return noContent();
    },
  }),
];
