import { accessLevelIn, accessLevels, hasRole } from "../auth/access";
import type { CalendarDate } from "../clock";
import type { Call } from "../http/call";
import { badRequest, notFound, unauthorized } from "../http/errors";
import { created, noContent, ok, type Reply } from "../http/reply";
import { paginate } from "../http/pagination";
import { route, type Route } from "../http/route";
import { issuedTokenJson, tokenJson } from "../json/token";
import { withoutKeys } from "../json/without-keys";
import type { ParamsOf } from "../params/read";
import { date, integerOf, required, string, stringList, withDefault } from "../params/types";
import { auditResourceToken } from "../rules/audit";
import { rotateToken } from "../rules/create-token";
import { botMembership, createResourceToken, resourceTokens } from "../rules/resource-token";
import { revokeToken } from "../rules/revoke-token";
import { filterTokens, sortTokens } from "../rules/token-list";
import type { AccessToken, SourceType } from "../state/rows";
import type { SourceRef } from "../state/store";
import { findSource, requireUnmodified } from "./find";
import { availableScopes, createTokenParams, listTokensParams } from "./token-params";

const grantable = [
  accessLevels.guest,
  accessLevels.planner,
  accessLevels.reporter,
  accessLevels.developer,
  accessLevels.maintainer,
  accessLevels.owner,
];

/** Bots cannot read other users, nor do what requires an administrator. */
const resourceScopes = availableScopes.filter(
  (scope) => !["read_user", "sudo", "admin_mode", "read_service_ping"].includes(scope),
);

const createParams = {
  ...createTokenParams,
  scopes: required(stringList(resourceScopes)),
  access_level: withDefault(integerOf(...grantable), accessLevels.maintainer),
};

function mayManage(call: Call, source: SourceRef): boolean {
  const level = source.type === "group" ? accessLevels.owner : accessLevels.maintainer;
  return hasRole(call.instance, call.caller, source, level);
}

/** The group or project of a path, if the caller manages it. Other callers learn only that they do not. */
function managedSource(call: Call, type: SourceType): SourceRef {
  const source = findSource(call, type);
  if (!mayManage(call, source)) throw unauthorized();
  return source;
}

/** A token's keys with those of its group or project, its value last. */
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

function tokenIn(
  { instance }: Call,
  source: SourceRef,
  reference: string,
): AccessToken | undefined {
  const token = /^\d+$/.test(reference) ? instance.store.tokens.get(Number(reference)) : undefined;
  const isOfSource = token !== undefined && botMembership(instance, source, token) !== undefined;
  return isOfSource ? token : undefined;
}

function tokenOf(call: Call, source: SourceRef, reference: string): AccessToken {
  const token = tokenIn(call, source, reference);
  if (token === undefined) throw notFound(`${source.type} Access Token`);
  return token;
}

function create(call: Call, type: SourceType, params: ParamsOf<typeof createParams>): Reply {
  const { instance, caller } = call;
  const source = findSource(call, type);
  // A token must not extend its life by creating others.
  if (!mayManage(call, source) || caller.user.user_type === "project_bot") {
    throw badRequest(`User does not have permission to create ${type} access token`);
  }
  if (isAboveOwn(call, source, params.access_level)) {
    throw badRequest(
      "Access level of the token contains permissions not held by the creating user",
    );
  }
  const result = createResourceToken(instance, source, caller.user, params);
  if ("error" in result) throw badRequest(result.error);
  auditResourceToken(call, "Created", source, result.token);
  return created(withResource(call, source, result.token, result.value));
}

function isAboveOwn({ instance, caller }: Call, source: SourceRef, level: number): boolean {
  return !caller.admin && level > accessLevelIn(instance.store, caller.user, source);
}

function list(call: Call, source: SourceRef, params: ParamsOf<typeof listTokensParams>): Reply {
  const { instance } = call;
  const found = filterTokens(resourceTokens(instance, source), params, instance.clock.today());
  return paginate(call, params, sortTokens(found, params.sort), (token) =>
    withResource(call, source, token),
  );
}

function revoke(call: Call, type: SourceType, reference: string): Reply {
  const { instance, caller } = call;
  const source = findSource(call, type);
  const token = tokenOf(call, source, reference);
  if (!mayManage(call, source)) {
    const bot = instance.store.users.get(token.user_id)?.name ?? "";
    throw badRequest(`${caller.user.name} cannot delete ${bot}`);
  }
  requireUnmodified(call, token.updated_at);
  if (!token.revoked) auditResourceToken(call, "Revoked", source, token);
  revokeToken(instance, token);
  return noContent();
}

function rotate(call: Call, type: SourceType, reference: string, expiresAt?: CalendarDate): Reply {
  const { instance, caller } = call;
  const source = findSource(call, type);
  const token = mayManage(call, source) ? tokenIn(call, source, reference) : undefined;
  // Only administrators learn that a token does not exist.
  if (token === undefined) throw caller.admin ? notFound() : unauthorized();
  if (isAboveOwn(call, source, botMembership(instance, source, token)?.access_level ?? 0)) {
    throw badRequest("Not eligible to rotate token with access level higher than the user");
  }
  const result = rotateToken(instance, token, expiresAt);
  if ("error" in result) throw badRequest(result.error);
  auditResourceToken(call, "Rotated", source, result.token);
  return ok(withResource(call, source, result.token, result.value));
}

/** Access tokens of groups or of projects. */
export function resourceAccessTokenRoutes(type: SourceType): Route[] {
  const base = `/${type}s/:id/access_tokens`;
  const one = { token_id: required(string()) };
  return [
    route({
      method: "GET",
      path: base,
      params: listTokensParams,
      handle: (call, params) => list(call, managedSource(call, type), params),
    }),
    route({
      method: "POST",
      path: base,
      params: createParams,
      handle: (call, params) => create(call, type, params),
    }),
    route({
      method: "GET",
      path: `${base}/:token_id`,
      params: one,
      handle(call, { token_id }) {
        const source = managedSource(call, type);
        return ok(withResource(call, source, tokenOf(call, source, token_id)));
      },
    }),
    route({
      method: "DELETE",
      path: `${base}/:token_id`,
      params: one,
      handle: (call, { token_id }) => revoke(call, type, token_id),
    }),
    route({
      method: "POST",
      path: `${base}/:token_id/rotate`,
      params: { ...one, expires_at: date() },
      handle: (call, { token_id, expires_at }) => rotate(call, type, token_id, expires_at),
    }),
  ];
}
