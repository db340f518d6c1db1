import { accessLevels } from "../auth/access";
import { isGiven, type Call } from "../http/call";
import { conflict, invalidRecord, notFound } from "../http/errors";
import { pageParams, paginate, type PageParams } from "../http/pagination";
import { created, noContent, ok, type Reply } from "../http/reply";
import { route, type Route } from "../http/route";
import { variableJson } from "../json/variable";
import type { ParamsOf } from "../params/read";
import {
  boolean,
  environmentScopeFilter,
  oneOf,
  required,
  string,
  withDefault,
} from "../params/types";
import { validateVariable } from "../rules/variable";
import type { SourceType, Variable } from "../state/rows";
import { sourceKey, type SourceRef } from "../state/store";
import { findSource, requireRole, requireUnmodified } from "./find";

const anyScope = "*";
const severalText =
  "There are multiple variables with provided parameters. Please use 'filter[environment_scope]'";

const attributeParams = {
  protected: boolean(),
  masked: boolean(),
  raw: boolean(),
  variable_type: oneOf("env_var", "file"),
  environment_scope: string(),
  description: string(),
};

const createParams = {
  ...attributeParams,
  key: required(string()),
  value: required(string()),
  masked_and_hidden: withDefault(boolean(), false),
};

const updateParams = {
  ...attributeParams,
  value: string(),
  masked_and_hidden: boolean(),
  filter: environmentScopeFilter(),
};

/** The group or project whose variables the caller manages. */
function managedSource(call: Call, type: SourceType): SourceRef {
  const source = findSource(call, type);
  requireRole(call, source, type === "group" ? accessLevels.owner : accessLevels.maintainer);
  return source;
}

/** Scopes of group variables need a licence. Without one every variable applies to all environments. */
function hasScopes(call: Call, type: SourceType): boolean {
  return type === "project" || call.instance.tier !== "free";
}

function findVariable(
  call: Call,
  type: SourceType,
  filter: string | undefined,
  several: "refuse" | "take first",
): Variable {
  const source = managedSource(call, type);
  const key = call.path["key"];
  const scope = hasScopes(call, type) ? filter : undefined;
  const [found, ...others] = call.instance.store.variablesBySource
    .all(sourceKey(source.type, source.id))
    .filter(
      (variable) =>
        variable.key === key && (scope === undefined || variable.environment_scope === scope),
    );
  if (found === undefined) throw notFound(type === "group" ? "GroupVariable" : "Variable");
  if (others.length > 0 && several === "refuse") throw conflict(severalText);
  return found;
}

function createVariable(
  call: Call,
  type: SourceType,
  params: ParamsOf<typeof createParams>,
): Reply {
  const { instance } = call;
  const source = managedSource(call, type);
  const variable = {
    source_type: source.type,
    source_id: source.id,
    key: params.key.trim(),
    value: params.value,
    variable_type: params.variable_type ?? "env_var",
    hidden: params.masked_and_hidden,
    protected: params.protected ?? false,
    masked: params.masked_and_hidden || (params.masked ?? false),
    raw: params.raw ?? false,
    environment_scope: (hasScopes(call, type) ? params.environment_scope : undefined) ?? anyScope,
    description: params.description ?? null,
    updated_at: instance.clock.now(),
  } as const;
  validateVariable(instance, variable);
  return created(variableJson(instance.store.variables.insert(variable)));
}

function updateVariable(
  call: Call,
  type: SourceType,
  params: ParamsOf<typeof updateParams>,
): Reply {
  const { instance } = call;
  // Unlike projects, groups silently update one of several.
  const several = type === "group" ? "take first" : "refuse";
  const variable = findVariable(call, type, params.filter, several);
  requireSameVisibility(variable, params);
  const changes = {
    ...changedFields(call, variable, params),
    environment_scope:
      (hasScopes(call, type) ? params.environment_scope : undefined) ?? variable.environment_scope,
  };
  validateVariable(instance, { ...variable, ...changes }, variable);
  instance.store.variables.update(variable, { ...changes, updated_at: instance.clock.now() });
  return ok(variableJson(variable));
}

type ChangeableFields = Pick<
  Variable,
  "value" | "variable_type" | "protected" | "masked" | "raw" | "description"
>;

/** What an update sets, and everything else as it is. Only a description can be taken away. */
export function changedFields(
  call: Call,
  variable: Variable,
  params: { readonly [Name in keyof ChangeableFields]?: ChangeableFields[Name] | undefined },
): ChangeableFields {
  return {
    value: params.value ?? variable.value,
    variable_type: params.variable_type ?? variable.variable_type,
    protected: params.protected ?? variable.protected,
    masked: params.masked ?? variable.masked,
    raw: params.raw ?? variable.raw,
    description: isGiven(call, "description") ? (params.description ?? null) : variable.description,
  };
}

/** Hidden cannot be changed, in either direction. */
function requireSameVisibility(
  variable: Variable,
  { masked, masked_and_hidden }: ParamsOf<typeof updateParams>,
): void {
  if (!variable.hidden && masked_and_hidden === true) {
    throw invalidRecord({ base: ["Only new variables can be set as masked and hidden."] });
  }
  if (variable.hidden && (masked === false || masked_and_hidden === false)) {
    throw invalidRecord({
      base: ["The visibility setting cannot be changed for masked and hidden variables."],
    });
  }
}

/** CI/CD variables of groups or of projects. */
export function variableRoutes(type: SourceType): Route[] {
  const base = `/${type}s/:id/variables`;
  const before = (call: Call) => void managedSource(call, type);
  const filterParams = { filter: environmentScopeFilter() };
  return [
    route({
      method: "GET",
      path: base,
      before,
      params: pageParams,
      handle: (call, params) => listVariables(call, type, params),
    }),
    route({
      method: "GET",
      path: `${base}/:key`,
      before,
      params: filterParams,
      handle: (call, { filter }) => ok(variableJson(findVariable(call, type, filter, "refuse"))),
    }),
    route({
      method: "POST",
      path: base,
      before,
      params: createParams,
      handle: (call, params) => createVariable(call, type, params),
    }),
    route({
      method: "PUT",
      path: `${base}/:key`,
      before,
      params: updateParams,
      handle: (call, params) => updateVariable(call, type, params),
    }),
    route({
      method: "DELETE",
      path: `${base}/:key`,
      before,
      params: filterParams,
      handle(call, { filter }) {
        const variable = findVariable(call, type, filter, "refuse");
        requireUnmodified(call, variable.updated_at);
        call.instance.store.variables.delete(variable);
        return noContent();
      },
    }),
  ];
}

function listVariables(call: Call, type: SourceType, params: PageParams): Reply {
  const key = sourceKey(type, managedSource(call, type).id);
  return paginate(call, params, call.instance.store.variablesBySource.all(key), variableJson);
}
