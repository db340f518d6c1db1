import type { CalendarDate } from "../clock";
import type { Call } from "../http/call";
import { badRequest, notFound, parameterError } from "../http/errors";
import { noContent, ok, type Reply } from "../http/reply";
import { route, type Route } from "../http/route";
import { supports } from "../instance";
import { issuedTokenJson, listedTokenJson } from "../json/token";
import { date, integer, required, string } from "../params/types";
import { auditToken } from "../rules/audit";
import { rotateToken } from "../rules/create-token";
import { revokeToken } from "../rules/revoke-token";
import type { AccessToken, SourceType, User } from "../state/rows";
import { requireUnmodified } from "./find";
import { managedSource, provisionedAccount } from "./namespace-service-accounts";
import { createdToken, createTokenParams, listTokensParams, tokenPage } from "./token-params";

/** The two levels differ in what they report as missing. */
const missingOnRotation = { group: undefined, project: "Personal Access Token" };

/** Routes of the tokens of accounts that belong to a group or project. */
export function namespaceAccountTokenRoutes(type: SourceType): Route[] {
  const base = `/${type}s/:id/service_accounts/:user_id/personal_access_tokens`;
  const common = {
    feature: type === "project" ? ("accountsEverywhere" as const) : undefined,
    before: (call: Call) => void managedSource(call, type),
  };
  const account = { user_id: required(integer()) };
  const oneToken = { ...account, token_id: required(string()) };
  return [
    route({
      method: "GET",
      path: base,
      ...common,
      params: { ...account, ...listTokensParams },
      handle(call, params) {
        const user = provisionedAccount(call, type, params.user_id);
        const tokens = call.instance.store.tokensByUser.all(user.id);
        return tokenPage(call, params, tokens, listedTokenJson);
      },
    }),
    route({
      method: "POST",
      path: base,
      ...common,
      params: { ...account, ...createTokenParams },
      handle: (call, params) =>
        createdToken(call, provisionedAccount(call, type, params.user_id), params),
    }),
    route({
      method: "DELETE",
      path: `${base}/:token_id`,
      ...common,
      params: oneToken,
      handle: (call, { user_id, token_id }) =>
        revoked(call, tokenOf(call, provisionedAccount(call, type, user_id), token_id)),
    }),
    route({
      method: "POST",
      path: `${base}/:token_id/rotate`,
      ...common,
      params: { ...oneToken, expires_at: date() },
      handle(call, { user_id, token_id, expires_at }) {
        const token = tokenOf(call, provisionedAccount(call, type, user_id), token_id);
        if (token === undefined) throw notFound(missingOnRotation[type]);
        return rotated(call, token, expires_at);
      },
    }),
  ];
}

function revoked(call: Call, token: AccessToken | undefined): Reply {
  if (token === undefined) throw notFound("Personal Access Token");
  requireUnmodified(call, token.updated_at);
  if (!token.revoked) auditToken(call, "Revoked", token);
  revokeToken(call.instance, token);
  return noContent();
}

function rotated(call: Call, token: AccessToken, expiresAt: CalendarDate | undefined): Reply {
  const result = rotateToken(call.instance, token, expiresAt);
  if ("error" in result) throw badRequest(result.error);
  auditToken(call, "Rotated", result.token);
  return ok(issuedTokenJson(call.instance, result.token, result.value));
}

function tokenOf(call: Call, user: User, reference: string): AccessToken | undefined {
  const { instance } = call;
  if (!/^\d+$/.test(reference)) {
    if (supports(instance, "singleAccount")) throw parameterError("token_id is invalid");
    return undefined;
  }
  const token = instance.store.tokens.get(Number(reference));
  return token?.user_id === user.id ? token : undefined;
}
