import type { Attribute, Attributes } from "../contract";

export type Fields = { readonly [name: string]: unknown };

/**
 * A state that any version wrote, as this version's schema has it. What the schema no longer knows, or now has
 * another type for, is dropped: the next read fills it in again.
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
      return fittingItems(attribute.attributes, value);
    case "list":
    case "set":
      return Array.isArray(value) && hasOnly(attribute.element, value) ? value : null;
    case "map":
      return isFields(value) && hasOnly(attribute.element, Object.values(value)) ? value : null;
    default:
      return typeof value === attribute.type ? value : null;
  }
}

function fittingItems(attributes: Attributes, value: unknown): Fields[] | null {
  if (!Array.isArray(value) || !value.every(isFields)) return null;
  return value.map((item) => fittingFields(attributes, item));
}

function hasOnly(type: "string" | "number", elements: readonly unknown[]): boolean {
  return elements.every((element) => typeof element === type);
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
