/** Base roles by glsa's names, where the official provider has another one, or none. */
const OTHERWISE = new Map<string, string | null>([
  ["minimal_access", "minimal"],
  ["security_manager", null],
]);

/** A base role as the official provider spells it; null for one that it does not know. */
export function toOfficialRole(name: string): string | null {
  const other = OTHERWISE.get(name);
  return other === undefined ? name : other;
}

/** A base role by glsa's name. */
export function fromOfficialRole(spelling: string): string {
  return [...OTHERWISE].find(([, other]) => other === spelling)?.[0] ?? spelling;
}
