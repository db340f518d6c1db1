import { isUnknown, type Attribute, type Attributes } from "../../contract";
import type { Fields } from "../../host/values";
import { propertyNames } from "../names";
import { Secret, type PropertyMap, type PropertyValue } from "./property-value";

const NO_SECRETS: ReadonlySet<string> = new Set();

/** Values of a schema as properties: without what is null, and with what is sensitive or named marked as secret. */
export function toProperties(
  attributes: Attributes,
  fields: Fields,
  secrets: ReadonlySet<string> = NO_SECRETS,
): PropertyMap {
  const { toProperty } = propertyNames(attributes);
  const properties: Record<string, PropertyValue> = {};
  for (const [name, attribute] of Object.entries(attributes)) {
    const value = fields[name];
    if (value === undefined || value === null) continue;
    const property = toPropertyValue(attribute, value);
    const isSecret = attribute.sensitive === true || secrets.has(name);
    properties[toProperty.get(name) ?? name] = isSecret ? new Secret(property) : property;
  }
  return properties;
}

function toPropertyValue(attribute: Attribute, value: unknown): PropertyValue {
  if (isUnknown(value)) return value;
  switch (attribute.type) {
    case "object":
      return toProperties(attribute.attributes, value as Fields);
    case "objectList":
      return (value as unknown[]).map((item) =>
        isUnknown(item) ? item : toProperties(attribute.attributes, item as Fields),
      );
    default:
      return value as PropertyValue;
  }
}
