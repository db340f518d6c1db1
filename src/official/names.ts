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

/** Pulumi's name of a resource as Terraform's: `glsa:index:AccessToken` → `glsa_access_token`. */
export function terraformTypeOf(token: string): string {
  const [provider = "", , name = ""] = token.split(":");
  return `${provider}_${snakeCase(name.charAt(0).toLowerCase() + name.slice(1))}`;
}
