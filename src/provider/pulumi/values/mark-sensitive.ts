import type { Attribute, Attributes } from "../../contract";
import { propertyNames } from "../names";
import {
  isPropertyList,
  isPropertyMap,
  Secret,
  type PropertyMap,
  type PropertyValue,
} from "./property-value";

/** Inputs in which all that is sensitive is secret, even where the program did not say so: they go into the state. */
export function markSensitive(attributes: Attributes, inputs: PropertyMap): PropertyMap {
  const { toAttribute } = propertyNames(attributes);
  return Object.fromEntries(
    Object.entries(inputs).map(([property, value]) => {
      const attribute = attributes[toAttribute.get(property) ?? ""];
      return [property, attribute === undefined ? value : marked(attribute, value)];
    }),
  );
}

function marked(attribute: Attribute, value: PropertyValue): PropertyValue {
  if (value === null || value instanceof Secret) return value;
  if (attribute.sensitive) return new Secret(value);
  if (!("attributes" in attribute)) return value;
  if (isPropertyList(value)) {
    return value.map((item) =>
      isPropertyMap(item) ? markSensitive(attribute.attributes, item) : item,
    );
  }
  return isPropertyMap(value) ? markSensitive(attribute.attributes, value) : value;
}
