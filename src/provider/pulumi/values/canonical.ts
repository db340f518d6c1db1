import { isUnknown, type Attribute, type Attributes } from "../../contract";
import type { Fields } from "../../host/values";

/**
 * Values in the one form in which equal ones are equal: every attribute is there, null where nothing is said, and
 * a set's elements are in order.
 */
export function canonicalFields(attributes: Attributes, fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]) => [
      name,
      canonicalValue(attribute, fields[name]),
    ]),
  );
}

function canonicalValue(attribute: Attribute, value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (isUnknown(value)) return value;
  switch (attribute.type) {
    case "object":
      return canonicalFields(attribute.attributes, value as Fields);
    case "objectList":
      return (value as unknown[]).map((item) =>
        isUnknown(item) ? item : canonicalFields(attribute.attributes, item as Fields),
      );
    case "set":
      return canonicalSet(value as unknown[]);
    default:
      return value;
  }
}

export function canonicalSet(elements: readonly unknown[]): unknown[] {
  const known = [...new Set(elements.filter((element) => !isUnknown(element)))];
  return [...known.sort(compare), ...elements.filter(isUnknown)];
}

function compare(left: unknown, right: unknown): number {
  if (typeof left === "number" && typeof right === "number") return left - right;
  return String(left) < String(right) ? -1 : 1;
}
