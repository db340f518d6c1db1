import { snakeCase, terraformType } from "./names";
import { fromOfficialRole } from "./roles";
import { GLSA_TYPES, OFFICIAL_TYPES, type Noun, type OfficialType } from "./types";

const BY_TERRAFORM_TYPE = new Map<string, OfficialType>(
  Object.entries(OFFICIAL_TYPES).map(([kind, type]) => [terraformType(kind), type]),
);

/** A type by Terraform's name of it. */
export function officialType(name: string): OfficialType | undefined {
  return BY_TERRAFORM_TYPE.get(name);
}

/** What a type of glsa's provider or of the official one is. */
export function nounOf(name: string): Noun | undefined {
  if (!name.startsWith("glsa_")) return officialType(name)?.noun;
  return (["account", "membership", "token"] as const).find((noun) => GLSA_TYPES[noun] === name);
}

/** Terraform's names of a noun's types. */
export function officialTypesOf(noun: Noun): string[] {
  return [...BY_TERRAFORM_TYPE].flatMap(([name, type]) => (type.noun === noun ? [name] : []));
}

/** Terraform's names of the attributes that hold what glsa calls so, in the order in which they count. */
export function attributesFor(term: string, { attributes }: OfficialType): string[] {
  return Object.keys(attributes)
    .filter((name) => attributes[name]?.[1] === term)
    .map(snakeCase);
}

/** The last number of an id such as `12:345`: an account's and a membership's user, a token's own. */
export function lastNumberOf(id: string): number | undefined {
  const found = /(?:^|:)(\d+)$/.exec(id)?.[1];
  return found === undefined ? undefined : Number(found);
}

/**
 * A resource's attributes: those that glsa's own resource has, too, under its names, and the official provider's own
 * settings. Of several for one name, the first counts that is set.
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
