import {
  OFFICIAL_TYPES,
  type Noun,
  type OfficialKind,
  type OfficialObject,
  type OfficialProperties,
  type OfficialType,
} from "./types";

type KindOf<N extends Noun> = {
  [K in OfficialKind]: (typeof OFFICIAL_TYPES)[K]["noun"] extends N ? K : never;
}[OfficialKind];

type ButPlace<P> = P extends unknown ? Omit<P, "group" | "groupId" | "project"> : never;

/**
 * A resource of the noun's kind in that place.
 * @param container the group or project; undefined for the instance
 */
export function officialObject<N extends Noun>(
  noun: N,
  place: OfficialType["in"],
  container: string | number | undefined,
  properties: ButPlace<OfficialProperties[KindOf<N>]>,
): OfficialObject {
  const types: [string, OfficialType][] = Object.entries(OFFICIAL_TYPES);
  const [kind, type] = types.find(([, each]) => each.noun === noun && each.in === place) ?? [];
  const attribute = Object.entries(type?.attributes ?? {}).find(
    ([, [holds, term]]) => holds !== "computed" && term === place,
  );
  const where = attribute && { [attribute[0]]: container };
  return { kind, properties: { ...properties, ...where } } as OfficialObject;
}
