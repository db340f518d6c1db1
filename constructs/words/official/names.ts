/** A resource or data source as Terraform calls it: `gitlab_group_membership`. */
export function terraformType(kind: string): string {
  return `gitlab_${snakeCase(kind)}`;
}

/** A resource as Pulumi calls it: `gitlab:index/groupMembership:GroupMembership`. */
export function pulumiType(kind: string): string {
  return `gitlab:index/${kind}:${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
}

/** Properties by their Terraform names; values that are no plain objects stay as they are. */
export function terraformAttributes(properties: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]: [string, unknown]) => [
      snakeCase(name),
      isPlain(value) ? terraformAttributes(value) : value,
    ]),
  );
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function isPlain(value: unknown): value is object {
  return (
    typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype
  );
}
