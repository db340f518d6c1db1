/** `expiresAt` → `expires_at`: Terraform's spelling of a property's name. */
export function attributeName(property: string): string {
  return property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** `glsa:index:AccessToken`, `gitlab:index/groupMembership:GroupMembership` → Terraform's name of the type. */
export function typeName(token: string): string {
  const [provider = "", , name = ""] = token.split(":");
  const type = attributeName(name.charAt(0).toLowerCase() + name.slice(1));
  return `${provider}_${type}`;
}

/** The type of what a URN names; in front of it stand the types of its parents. */
export function typeOfUrn(urn: string): string {
  const types = urn.split("::")[2] ?? "";
  return typeName(types.split("$").at(-1) ?? "");
}
