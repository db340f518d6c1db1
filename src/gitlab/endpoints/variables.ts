import { secrets } from "../../http";
import type { Owner } from "../../model";
import type { GitLabClient, Page } from "../client";
import type { VariableEntity } from "./entities";
import { ownerRoute } from "./owner-route";
import { VARIABLE } from "./shapes";

export interface VariableFields {
  readonly value: string;
  readonly protected: boolean;
  readonly masked: boolean;
  readonly raw: boolean;
  readonly description: string;
}

export interface VariableAddress {
  readonly container: Owner;
  readonly key: string;
  readonly environmentScope: string;
}

/**
 * CI/CD variables of projects, groups and the instance.
 * @see https://docs.gitlab.com/api/project_level_variables/
 * @see https://docs.gitlab.com/api/group_level_variables/
 * @see https://docs.gitlab.com/api/instance_level_ci_variables/
 */
export class VariableEndpoints {
  constructor(private readonly client: GitLabClient) {}

  page(container: Owner, page: number): Promise<Page<VariableEntity>> {
    const { route, params } = allVariables(container);
    return this.client.page({ shape: VARIABLE, method: "GET", route, params }, page);
  }

  get(address: VariableAddress): Promise<VariableEntity> {
    return this.client.one({ shape: VARIABLE, method: "GET", ...oneVariable(address) });
  }

  /** Only a new variable can be hidden, never an existing one. */
  create(
    { container, key, environmentScope }: VariableAddress,
    fields: VariableFields,
    options: { hidden: boolean },
  ): Promise<VariableEntity> {
    secrets.add(fields.value);
    const body = {
      ...fields,
      key,
      ...(container.kind !== "instance" && { environment_scope: environmentScope }),
      ...(options.hidden && { masked_and_hidden: true }),
    };
    return this.client.one({
      shape: VARIABLE,
      method: "POST",
      ...allVariables(container),
      body,
    });
  }

  update(address: VariableAddress, fields: Partial<VariableFields>): Promise<VariableEntity> {
    if (fields.value !== undefined) secrets.add(fields.value);
    return this.client.one({
      shape: VARIABLE,
      method: "PUT",
      ...oneVariable(address),
      body: { ...fields },
    });
  }

  delete(address: VariableAddress): Promise<void> {
    return this.client.send({ method: "DELETE", ...oneVariable(address) });
  }
}

function allVariables(container: Owner) {
  if (container.kind === "instance") return { route: "/admin/ci/variables", params: {} };
  const { prefix, params } = ownerRoute(container);
  return { route: `${prefix}/variables`, params };
}

/** Always with the scope: without it GitLab refuses, or changes the first variable of that key that it finds. */
function oneVariable({ container, key, environmentScope }: VariableAddress) {
  const { route, params } = allVariables(container);
  return {
    route: `${route}/:key`,
    params: { ...params, key },
    // Those of the instance have none.
    ...(container.kind !== "instance" && {
      query: { "filter[environment_scope]": environmentScope },
    }),
  };
}
