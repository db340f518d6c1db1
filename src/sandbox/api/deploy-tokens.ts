import { accessLevels } from "../auth/access";
import { digestOf, plainValue } from "../auth/token-value";
import type { Call } from "../http/call";
import { recordNotFound } from "../http/errors";
import { pageParams, paginate } from "../http/pagination";
import { created, noContent, ok, type Reply } from "../http/reply";
import { route, type Route } from "../http/route";
import { deployTokenJson } from "../json/deploy-token";
import type { ParamsOf } from "../params/read";
import { boolean, dateTime, integer, required, string, stringList } from "../params/types";
import type { DeployToken, SourceType } from "../state/rows";
import { sourceKey, type SourceRef } from "../state/store";
import { auditDeployToken } from "../rules/audit";
import { findSource, requireAdmin, requireRole } from "./find";

const scopes = [
  ...["read_repository", "read_registry", "write_registry", "read_package_registry"],
  ...["write_package_registry", "read_virtual_registry", "write_virtual_registry"],
];

const createParams = {
  name: required(string()),
  scopes: required(stringList(scopes)),
  expires_at: dateTime(),
  username: string(),
};

/** Maintainers see the deploy tokens of groups, which only Owners change. */
function managedSource(call: Call, type: SourceType, changes: boolean): SourceRef {
  const source = findSource(call, type);
  const isOwners = changes && type === "group";
  requireRole(call, source, isOwners ? accessLevels.owner : accessLevels.maintainer);
  return source;
}

function page(call: Call, params: ParamsOf<typeof listParams>, tokens: readonly DeployToken[]) {
  const now = call.instance.clock.now();
  const isActive = ({ revoked, expires_at }: DeployToken) =>
    !revoked && (expires_at === null || expires_at > now);
  const found = tokens.filter((token) => !params.active || isActive(token));
  return paginate(call, params, found, (token) => deployTokenJson(call.instance, token));
}

const listParams = { ...pageParams, active: boolean() };

function tokensOf({ instance }: Call, source: SourceRef): DeployToken[] {
  return instance.store.deployTokensBySource
    .all(sourceKey(source.type, source.id))
    .filter(({ revoked }) => !revoked);
}

function create(call: Call, type: SourceType, params: ParamsOf<typeof createParams>): Reply {
  const { instance, caller } = call;
  const { id, type: source_type } = managedSource(call, type, true);
  const { store, clock } = instance;
  const value = plainValue("gldt-");
  const token = store.deployTokens.insert({
    source_type,
    source_id: id,
    name: params.name,
    username: params.username ?? null,
    scopes: params.scopes,
    expires_at: params.expires_at ?? null,
    revoked: false,
    creator_id: caller.user.id,
    created_at: clock.now(),
    digest: digestOf(value),
  });
  auditDeployToken(call, "Created", { type: source_type, id }, token);
  return created({ ...deployTokenJson(instance, token), token: value });
}

function tokenOf(call: Call, source: SourceRef, id: number): DeployToken {
  const token = tokensOf(call, source).find((candidate) => candidate.id === id);
  if (token === undefined) throw recordNotFound();
  return token;
}

/** Deploy tokens of groups or of projects. */
export function deployTokenRoutes(type: SourceType): Route[] {
  const base = `/${type}s/:id/deploy_tokens`;
  const one = { token_id: required(integer()) };
  return [
    route({
      method: "GET",
      path: base,
      params: listParams,
      handle: (call, params) =>
        page(call, params, tokensOf(call, managedSource(call, type, false))),
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
        const source = managedSource(call, type, false);
        return ok(deployTokenJson(call.instance, tokenOf(call, source, token_id)));
      },
    }),
    route({
      method: "DELETE",
      path: `${base}/:token_id`,
      params: one,
      handle(call, { token_id }) {
        const source = managedSource(call, type, true);
        const token = tokenOf(call, source, token_id);
        auditDeployToken(call, "Revoked", source, token);
        call.instance.store.deployTokens.update(token, { revoked: true });
        return noContent();
      },
    }),
  ];
}

/** The deploy tokens of the whole instance. */
export const allDeployTokensRoute = route({
  method: "GET",
  path: "/deploy_tokens",
  before: requireAdmin,
  params: listParams,
  handle: (call, params) => page(call, params, call.instance.store.deployTokens.rows()),
});
