import type { Attribute, Attributes, NestedAttribute } from "./schema";
import { isUnknown } from "./values";

export type Fields = { readonly [name: string]: unknown };

/**
 * Values of a schema, each changed by `change`: every attribute is there, null where nothing is said, and what the
 * schema does not know is left out. Objects, and lists and maps of objects, are walked into; what is null or unknown stays so.
 */
export function mapFields(
  attributes: Attributes,
  fields: Fields,
  change: (attribute: Attribute, value: unknown) => unknown,
): Fields {
  const mapped: Record<string, unknown> = {};
  for (const name in attributes) {
    mapped[name] = mapValue(attributes[name] as Attribute, fields[name], change);
  }
  return mapped;
}

function mapValue(
  attribute: Attribute,
  value: unknown,
  change: (attribute: Attribute, value: unknown) => unknown,
): unknown {
  if (value === undefined || value === null) return null;
  if (isUnknown(value)) return value;
  if (!("attributes" in attribute)) return change(attribute, value);
  const mapObject = (item: unknown) =>
    isUnknown(item) ? item : mapFields(attribute.attributes, item as Fields, change);
  return mapNested(attribute, value, mapObject);
}

/** The value of a nested attribute with each of its objects changed by `change`. */
export function mapNested(
  { type }: NestedAttribute,
  value: unknown,
  change: (object: unknown, at?: string | number) => unknown,
): unknown {
  if (type === "object") return change(value);
  if (type === "objectList") return (value as unknown[]).map(change);
  return Object.fromEntries(
    Object.entries(value as Fields).map(([key, object]) => [key, change(object, key)]),
  );
}

/** A configuration names every attribute, with null for those that are not written. */
export function withNulls(attributes: Attributes, written: Fields): Fields {
  return mapFields(attributes, written, (_, value) => value);
}
