/** Default roles by glsa's names, if the official provider has another one, or none. */
const OTHERWISE = new Map<string, string | null>([
  ["minimal_access", "minimal"],
  ["security_manager", null],
]);

/** A default role in the official provider's spelling. Null for one that it does not know. */
export function toOfficialRole(name: string): string | null {
  const other = OTHERWISE.get(name);
  return other === undefined ? name : other;
}

/** A default role by glsa's name. */
export function fromOfficialRole(spelling: string): string {
  return [...OTHERWISE].find(([, other]) => other === spelling)?.[0] ?? spelling;
}
