/** `expiresAt` → `expires_at`: Terraform's spelling of a name. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** `expires_at` → `expiresAt`: a program's spelling of a name. */
export function camelCase(name: string): string {
  return name.replace(/(?<=.)_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** A resource or data source of the official provider as Terraform calls it: `gitlab_group_membership`. */
export function terraformType(kind: string): string {
  return `gitlab_${snakeCase(kind)}`;
}

/** A resource of the official provider as Pulumi calls it: `gitlab:index/groupMembership:GroupMembership`. */
export function pulumiType(kind: string): string {
  return `gitlab:index/${kind}:${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
}

/** A resource or function of Pulumi's as Terraform calls it: `glsa:index:AccessToken`, `gitlab:index/getUser:getUser`. */
export function terraformTypeOf(token: string): string {
  const [provider = "", , name = ""] = token.split(":");
  const word = name.replace(/^get(?=[A-Z])/, "");
  return `${provider}_${snakeCase(word.charAt(0).toLowerCase() + word.slice(1))}`;
}
