import { isUnknown, type Attribute, type Attributes } from "../../contract";
import { toWireNumber } from "./numbers";

export type Fields = { readonly [name: string]: unknown };

/**
 * A provider's value as core accepts it: every attribute of the schema is there, null where the provider
 * says nothing, and nothing else is.
 */
export function conform(attributes: Attributes, value: Fields): Fields {
  const conformed: Record<string, unknown> = {};
  for (const name in attributes) {
    conformed[name] = conformValue(attributes[name] as Attribute, value[name]);
  }
  return conformed;
}

function conformValue(attribute: Attribute, value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (isUnknown(value)) return value;
  switch (attribute.type) {
    case "object":
      return conform(attribute.attributes, value as Fields);
    case "objectList":
      return (value as unknown[]).map((item) =>
        isUnknown(item) ? item : conform(attribute.attributes, item as Fields),
      );
    case "number":
      return toWireNumber(value as number);
    case "list":
    case "set":
    case "map":
      return attribute.element === "number" ? mapElements(value, conformNumber) : value;
    default:
      return value;
  }
}

function conformNumber(value: unknown): unknown {
  return typeof value === "number" ? toWireNumber(value) : value;
}

/** Changes every element of a list, set or map. */
export function mapElements(collection: unknown, change: (element: unknown) => unknown): unknown {
  if (Array.isArray(collection)) return collection.map(change);
  return Object.fromEntries(
    Object.entries(collection as Fields).map(([key, element]) => [key, change(element)]),
  );
}
