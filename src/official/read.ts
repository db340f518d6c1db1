import { snakeCase, terraformType } from "./names";
import { fromOfficialRole } from "./roles";
import { GLSA_TYPES, OFFICIAL_TYPES, type Noun, type OfficialType } from "./types";

const BY_TERRAFORM_TYPE = new Map<string, OfficialType>(
  Object.entries(OFFICIAL_TYPES).map(([kind, type]) => [terraformType(kind), type]),
);

/** A type by its name in Terraform. */
export function officialType(name: string): OfficialType | undefined {
  return BY_TERRAFORM_TYPE.get(name);
}

/** The properties of a type of glsa's provider or of the official one. */
export function nounOf(name: string): Noun | undefined {
  if (!name.startsWith("glsa_")) return officialType(name)?.noun;
  return (["account", "membership", "token"] as const).find((noun) => GLSA_TYPES[noun] === name);
}

/** The names of a noun's types in Terraform. */
export function officialTypesOf(noun: Noun): string[] {
  return [...BY_TERRAFORM_TYPE].flatMap(([name, type]) => (type.noun === noun ? [name] : []));
}

/** The Terraform names of the attributes for a term of glsa, in order of precedence. */
export function attributesFor(term: string, { attributes }: OfficialType): string[] {
  return Object.keys(attributes)
    .filter((name) => attributes[name]?.[1] === term)
    .map(snakeCase);
}

/** The last number of an id such as `12:345`: the user of an account or membership, the number of a token. */
export function lastNumberOf(id: string): number | undefined {
  const found = /(?:^|:)(\d+)$/.exec(id)?.[1];
  return found === undefined ? undefined : Number(found);
}

/**
 * A resource's attributes: those that glsa's own resource also has, under its names, and the official provider's own
 * settings. If several map to one name, the first that is set counts.
 * @param spell how the names of attributes are spelled
 */
export function inGlsaTerms<V>(
  { attributes }: OfficialType,
  values: Readonly<Record<string, V>>,
  spell: (name: string) => string = String,
): { readonly terms: Record<string, V | string>; readonly settings: Record<string, V> } {
  const known = new Map(Object.entries(attributes).map(([name, facts]) => [spell(name), facts]));
  const terms = [...known].reverse().flatMap(([name, [, term]]) => {
    const value = values[name] ?? undefined;
    return term === undefined || value === undefined ? [] : [[spell(term), inGlsa(term, value)]];
  });
  const settings = Object.entries(values).filter(([name]) => {
    const [holds, term] = known.get(name) ?? [];
    return holds !== "computed" && term === undefined;
  });
  return { terms: Object.fromEntries(terms), settings: Object.fromEntries(settings) };
}

function inGlsa<V>(term: string, value: V): V | string {
  return term === "role" && typeof value === "string" ? fromOfficialRole(value) : value;
}
