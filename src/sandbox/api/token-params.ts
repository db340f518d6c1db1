import { refuseEscalation } from "../auth/granular";
import type { Call } from "../http/call";
import { keysetUnavailable } from "../http/keyset";
import { pageParams, paginate, type PageParams } from "../http/pagination";
import { failure } from "../http/errors";
import { created, type Reply } from "../http/reply";
import { issuedTokenJson, tokenJson } from "../json/token";
import type { Feature } from "../features";
import { granularScopes, storedScopes } from "../params/granular-scopes";
import {
  boolean,
  date,
  dateTime,
  exactlyOneOf,
  oneOf,
  required,
  since,
  string,
  stringList,
} from "../params/types";
import { auditToken } from "../rules/audit";
import { filterTokens, sortTokens, type TokenFilter } from "../rules/token-list";
import { createToken, type TokenRequest } from "../rules/create-token";
import type { AccessToken, User } from "../state/rows";

export const availableScopes = [
  "api",
  "read_api",
  "read_user",
  "create_runner",
  "manage_runner",
  "k8s_proxy",
  "self_rotate",
  "mcp",
  "mcp_orbit",
  "granular",
  "read_repository",
  "write_repository",
  "read_registry",
  "write_registry",
  "read_virtual_registry",
  "write_virtual_registry",
  "read_observability",
  "write_observability",
  "ai_features",
  "sudo",
  "admin_mode",
  "read_service_ping",
];

export const createTokenParams = {
  name: required(string()),
  description: string(),
  scopes: required(stringList(availableScopes)),
  expires_at: date(),
};

/** For the routes that also create fine-grained tokens. */
export function eitherTokenParams<const F extends Feature>(
  feature: F,
  scopes: readonly string[] = availableScopes,
) {
  return {
    ...createTokenParams,
    scopes: stringList(scopes),
    granular_scopes: since(feature, granularScopes()),
    kind: exactlyOneOf("scopes", "granular_scopes", feature),
  };
}

export const listTokensParams = {
  ...pageParams,
  pagination: oneOf("legacy", "keyset"),
  state: oneOf("active", "inactive"),
  revoked: boolean(),
  created_before: dateTime(),
  created_after: dateTime(),
  last_used_before: dateTime(),
  last_used_after: dateTime(),
  expires_before: date(),
  expires_after: date(),
  search: string(),
  sort: string(),
};

type ListParams = PageParams & TokenFilter & Readonly<Record<string, unknown>>;

/** A page of those tokens that pass the filters. */
export function tokenPage(
  call: Call,
  params: ListParams & { readonly pagination?: "legacy" | "keyset"; readonly sort?: string },
  tokens: readonly AccessToken[],
  present = tokenJson,
): Reply {
  if (params.pagination === "keyset") throw keysetUnavailable();
  const found = filterTokens(tokens, params, call.instance.clock.today());
  return paginate(call, params, sortTokens(found, params.sort), (token) =>
    present(call.instance, token),
  );
}

/** Creates a token for a user and shows its value, or says with 422 what is wrong. */
export function createdToken(call: Call, user: User, request: TokenRequest): Reply {
  refuseEscalation(call.instance, call.caller, storedScopes(request.granular_scopes ?? []));
  const result = createToken(call.instance, user, request);
  if ("error" in result) throw failure(422, result.error);
  auditToken(call, "Created", result.token);
  return created(issuedTokenJson(call.instance, result.token, result.value));
}
