import type { Variable } from "../state/rows";

/** A CI/CD variable. A hidden one never returns its value. */
export function variableJson(variable: Variable) {
  const { variable_type, key, value, hidden, masked, raw, environment_scope, description } =
    variable;
  return {
    variable_type,
    key,
    value: hidden ? null : value,
    hidden,
    protected: variable.protected,
    masked,
    raw,
    environment_scope,
    description,
  };
}
