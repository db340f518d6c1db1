import type { Call } from "../http/call";
import { notFound } from "../http/errors";
import { pageParams, paginate } from "../http/pagination";
import { created, noContent, ok } from "../http/reply";
import { route, type Route } from "../http/route";
import { boolean, oneOf, required, string } from "../params/types";
import { validateVariable } from "../rules/variable";
import type { Variable } from "../state/rows";
import { sourceKey } from "../state/store";
import { requireAdmin } from "./find";
import { changedFields } from "./variables";

const BASE = "/admin/ci/variables";
/** The instance is one, and has no number. */
const SOURCE = { source_type: "instance", source_id: 0 } as const;

const attributeParams = {
  protected: boolean(),
  masked: boolean(),
  raw: boolean(),
  variable_type: oneOf("env_var", "file"),
  description: string(),
};
const createParams = { ...attributeParams, key: required(string()), value: required(string()) };
const updateParams = { ...attributeParams, value: string() };

/** All environments see it, and none can be hidden: GitLab shows neither setting. */
function instanceVariableJson(variable: Variable) {
  const { variable_type, key, value, protected: isProtected, masked, raw, description } = variable;
  return { variable_type, key, value, protected: isProtected, masked, raw, description };
}

function findVariable(call: Call): Variable {
  const found = all(call).find(({ key }) => key === call.path["key"]);
  if (found === undefined) throw notFound("InstanceVariable");
  return found;
}

function all({ instance }: Call): readonly Variable[] {
  const { source_type: type, source_id: id } = SOURCE;
  return instance.store.variablesBySource.all(sourceKey(type, id));
}

/** CI/CD variables of the whole instance. */
export const instanceVariableRoutes: readonly Route[] = [
  route({
    method: "GET",
    path: BASE,
    before: requireAdmin,
    params: pageParams,
    handle: (call, params) => paginate(call, params, all(call), instanceVariableJson),
  }),
  route({
    method: "GET",
    path: `${BASE}/:key`,
    before: requireAdmin,
    handle: (call) => ok(instanceVariableJson(findVariable(call))),
  }),
  route({
    method: "POST",
    path: BASE,
    before: requireAdmin,
    params: createParams,
    handle(call, params) {
      const { instance } = call;
      const variable = {
        ...SOURCE,
        key: params.key.trim(),
        value: params.value,
        variable_type: params.variable_type ?? "env_var",
        hidden: false,
        protected: params.protected ?? false,
        masked: params.masked ?? false,
        raw: params.raw ?? false,
        environment_scope: "*",
        description: params.description ?? null,
        updated_at: instance.clock.now(),
      } as const;
      validateVariable(instance, variable);
      return created(instanceVariableJson(instance.store.variables.insert(variable)));
    },
  }),
  route({
    method: "PUT",
    path: `${BASE}/:key`,
    before: requireAdmin,
    params: updateParams,
    handle(call, params) {
      const { instance } = call;
      const variable = findVariable(call);
      const changes = changedFields(call, variable, params);
      validateVariable(instance, { ...variable, ...changes }, variable);
      instance.store.variables.update(variable, { ...changes, updated_at: instance.clock.now() });
      return ok(instanceVariableJson(variable));
    },
  }),
  route({
    method: "DELETE",
    path: `${BASE}/:key`,
    before: requireAdmin,
    handle(call) {
      call.instance.store.variables.delete(findVariable(call));
      return noContent();
    },
  }),
];
