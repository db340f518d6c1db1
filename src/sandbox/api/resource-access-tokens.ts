import { accessLevelIn, accessLevels } from "../auth/access";
import type { Call } from "../http/call";
import { badRequest, notFound, parameterError } from "../http/errors";
import { created, noContent, ok, type Reply } from "../http/reply";
import { paginate } from "../http/pagination";
import { route, type Route } from "../http/route";
import { issuedTokenJson, tokenJson } from "../json/token";
import { withoutKeys } from "../json/without-keys";
import type { ParamsOf } from "../params/read";
import { date, integer, required, withDefault } from "../params/types";
import { rotateToken } from "../rules/create-token";
import { botMembership, createResourceToken, resourceTokens } from "../rules/resource-token";
import { revokeToken } from "../rules/revoke-token";
import { filterTokens, sortTokens } from "../rules/token-list";
import type { AccessToken, SourceType } from "../state/rows";
import type { SourceRef } from "../state/store";
import { findSource, requireRole, requireUnmodified } from "./find";
import { createTokenParams, listTokensParams } from "./token-params";

const grantable: readonly number[] = [
  accessLevels.guest,
  accessLevels.planner,
  accessLevels.reporter,
  accessLevels.developer,
  accessLevels.maintainer,
  accessLevels.owner,
];

const createParams = {
  ...createTokenParams,
  access_level: withDefault(integer(), accessLevels.maintainer),
};

function managedSource(call: Call, type: SourceType): SourceRef {
  const source = findSource(call, type);
  requireRole(call, source, type === "group" ? accessLevels.owner : accessLevels.maintainer);
  return source;
}

/** A token's keys with those of the group or project it belongs to, its value last. */
function withResource(call: Call, source: SourceRef, token: AccessToken, value?: string) {
  const { instance } = call;
  const membership = botMembership(instance, source, token);
  const resource = {
    access_level: membership?.access_level ?? null,
    resource_type: source.type,
    resource_id: source.id,
  };
  if (value === undefined) return { ...tokenJson(instance, token), ...resource };
  return {
    ...withoutKeys(issuedTokenJson(instance, token, value), ["token"]),
    ...resource,
    token: value,
  };
}

function tokenOf(call: Call, source: SourceRef, id: number): AccessToken {
  const token = call.instance.store.tokens.get(id);
  if (token === undefined || botMembership(call.instance, source, token) === undefined) {
    throw notFound(`${source.type} Access Token`);
  }
  return token;
}

function create(call: Call, type: SourceType, params: ParamsOf<typeof createParams>): Reply {
  const { instance, caller } = call;
  const source = managedSource(call, type);
  if (!grantable.includes(params.access_level)) {
    throw parameterError("access_level does not have a valid value");
  }
  const own = accessLevelIn(instance.store, caller.user, source);
  if (!caller.admin && params.access_level > own) {
    throw badRequest("Could not provision the access token with a role above your own");
  }
  const result = createResourceToken(instance, source, caller.user, params);
  if ("error" in result) throw badRequest(result.error);
  return created(withResource(call, source, result.token, result.value));
}

function list(call: Call, source: SourceRef, params: ParamsOf<typeof listTokensParams>): Reply {
  const { instance } = call;
  const found = filterTokens(resourceTokens(instance, source), params, instance.clock.today());
  return paginate(call, params, sortTokens(found, params.sort), (token) =>
    withResource(call, source, token),
  );
}

/** Access tokens of groups or of projects. */
export function resourceAccessTokenRoutes(type: SourceType): Route[] {
  const base = `/${type}s/:id/access_tokens`;
  const before = (call: Call) => void managedSource(call, type);
  const one = { token_id: required(integer()) };
  return [
    route({
      method: "GET",
      path: base,
      before,
      params: listTokensParams,
      handle: (call, params) => list(call, managedSource(call, type), params),
    }),
    route({
      method: "POST",
      path: base,
      before,
      params: createParams,
      handle: (call, params) => create(call, type, params),
    }),
    route({
      method: "GET",
      path: `${base}/:token_id`,
      before,
      params: one,
      handle(call, { token_id }) {
        const source = managedSource(call, type);
        return ok(withResource(call, source, tokenOf(call, source, token_id)));
      },
    }),
    route({
      method: "DELETE",
      path: `${base}/:token_id`,
      before,
      params: one,
      handle(call, { token_id }) {
        const token = tokenOf(call, managedSource(call, type), token_id);
        requireUnmodified(call, token.updated_at);
        revokeToken(call.instance, token);
        return noContent();
      },
    }),
    route({
      method: "POST",
      path: `${base}/:token_id/rotate`,
      before,
      params: { ...one, expires_at: date() },
      handle(call, { token_id, expires_at }) {
        const source = managedSource(call, type);
        const result = rotateToken(call.instance, tokenOf(call, source, token_id), expires_at);
        if ("error" in result) throw badRequest(result.error);
        return ok(withResource(call, source, result.token, result.value));
      },
    }),
  ];
}
