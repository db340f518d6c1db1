import type { GranularScope } from "../state/rows";

const largestPermissions = 64 * 1024;

/** What GitLab refuses about the permissions of a fine-grained token. */
export function granularProblems(scopes: readonly GranularScope[]): string[] {
  if (scopes.length === 0) return ["At least one granular scope must be provided"];
  const places = scopes.map(({ access, project_id, group_id }) =>
    [access, project_id, group_id].join(" "),
  );
  const isMalformed = scopes.some(
    ({ permissions }) =>
      permissions.length === 0 || permissions.some((name) => !/^[a-z]+(_[a-z0-9]+)+$/.test(name)),
  );
  const isLarge = scopes.some(
    ({ permissions }) => JSON.stringify(permissions).length > largestPermissions,
  );
  return [
    ...(new Set(places).size < places.length
      ? ["The token cannot have multiple granular scopes for the same namespace"]
      : []),
    ...(isMalformed ? ["Permissions must be a valid json schema"] : []),
    ...(isLarge ? ["Permissions is too large"] : []),
  ];
}
