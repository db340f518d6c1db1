import {
  isUnknown,
  mapNested,
  type Attribute,
  type AttributePath,
  type Attributes,
  type Fields,
} from "../contract";

/**
 * A state of any version, in this version's schema. Attributes that the schema does not know, or whose type has
 * changed, are dropped: the next read fills them in again.
 */
export function fittingFields(attributes: Attributes, value: Fields): Fields {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]) => [
      name,
      fittingValue(attribute, value[name]),
    ]),
  );
}

function fittingValue(attribute: Attribute, value: unknown): unknown {
  switch (attribute.type) {
    case "object":
      return isFields(value) ? fittingFields(attribute.attributes, value) : null;
    case "objectList":
      return Array.isArray(value) && value.every(isFields)
        ? value.map((item) => fittingFields(attribute.attributes, item))
        : null;
    case "objectMap":
      return isFields(value) && Object.values(value).every(isFields)
        ? mapNested(attribute, value, (item) => fittingFields(attribute.attributes, item as Fields))
        : null;
    case "list":
    case "set":
      return Array.isArray(value) && hasOnly(attribute.element, value) ? value : null;
    case "map":
      return isFields(value) && hasOnly(attribute.element, Object.values(value)) ? value : null;
    default:
      return typeof value === attribute.type ? value : null;
  }
}

function hasOnly(type: "string" | "number", elements: readonly unknown[]): boolean {
  return elements.every((element) => typeof element === type);
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Where a value is still unknown. Empty for one that can be stored in the state. */
export function unknownPaths(value: unknown, path: AttributePath = []): AttributePath[] {
  if (isUnknown(value)) return [path];
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item, at) => unknownPaths(item, [...path, at]));
  return Object.entries(value).flatMap(([name, item]) => unknownPaths(item, [...path, name]));
}

/** The same value with null for unknown parts. */
export function unknownAsNull(value: unknown): unknown {
  if (isUnknown(value)) return null;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(unknownAsNull);
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, unknownAsNull(item)]),
  );
}

/** A path as users write it: `hosts[0].name`. */
export function formatPath(path: AttributePath): string {
  return path
    .map((step, at) => (typeof step === "number" ? `[${step}]` : at === 0 ? step : `.${step}`))
    .join("");
}
