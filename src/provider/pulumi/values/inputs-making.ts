import { sameValue, type Attribute, type Attributes } from "../../contract";
import type { Fields } from "../../host/values";
import type { PropertyMap } from "./property-value";
import { toProperties } from "./to-properties";

/** The inputs that would make an object like this one: what can be set, unless it is as it would be anyway. */
export function inputsMaking(attributes: Attributes, state: Fields): PropertyMap {
  return toProperties(attributes, settable(attributes, state));
}

function settable(attributes: Attributes, state: Fields): Fields {
  return Object.fromEntries(
    Object.entries(attributes)
      .filter(([, { required, optional }]) => required || optional)
      .filter(([name, attribute]) => !isDefault(attribute, state[name]))
      .map(([name, attribute]) => [name, settableValue(attribute, state[name] ?? null)]),
  );
}

function isDefault(attribute: Attribute, value: unknown): boolean {
  return "default" in attribute && sameValue(value, attribute.default);
}

function settableValue(attribute: Attribute, value: unknown): unknown {
  if (value === null || !("attributes" in attribute)) return value;
  return Array.isArray(value)
    ? value.map((item) => settable(attribute.attributes, item as Fields))
    : settable(attribute.attributes, value as Fields);
}
