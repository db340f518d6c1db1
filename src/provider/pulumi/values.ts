import {
  isUnknown,
  type Attribute,
  type Attributes,
  type Unknown,
  mapFields,
  mapNested,
  type Fields,
} from "../contract";
import { propertyNames } from "./names";
import type { WireStruct } from "./protocol";

/** A value whose content engines encrypt in the state and hide in their output. */
export class Secret {
  constructor(readonly value: PropertyValue) {}
}

/** A value of a kind that no attribute takes: a file, or another resource as a whole. */
export class Foreign {
  constructor(
    readonly description: string,
    /** As it was received. */
    readonly wire: WireStruct,
  ) {}
}

export type PropertyValue =
  | null
  | boolean
  | number
  | string
  | Unknown
  | Secret
  | Foreign
  | readonly PropertyValue[]
  | PropertyMap;

export type PropertyMap = { readonly [name: string]: PropertyValue };

export function isPropertyMap(value: PropertyValue): value is PropertyMap {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !isUnknown(value) &&
    !(value instanceof Secret) &&
    !(value instanceof Foreign)
  );
}

export function isPropertyList(value: PropertyValue): value is readonly PropertyValue[] {
  return Array.isArray(value);
}

/** True if the value, or anything inside it, is secret. */
export function holdsSecret(value: PropertyValue): boolean {
  if (value instanceof Secret) return true;
  if (isPropertyList(value)) return value.some(holdsSecret);
  return isPropertyMap(value) && Object.values(value).some(holdsSecret);
}

/** The same value, with nothing in it marked as secret. */
export function revealed(value: PropertyValue): PropertyValue {
  if (value instanceof Secret) return revealed(value.value);
  if (isPropertyList(value)) return value.map(revealed);
  if (!isPropertyMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, revealed(item)]));
}

/**
 * Values in one normal form, so that equal values are equal: every attribute is present, null if unset, and a set's
 * elements are in order.
 */
export function canonicalFields(attributes: Attributes, fields: Fields): Fields {
  return mapFields(attributes, fields, ({ type }, value) =>
    type === "set" ? canonicalSet(value as unknown[]) : value,
  );
}

export function canonicalSet(elements: readonly unknown[]): unknown[] {
  const known = [...new Set(elements.filter((element) => !isUnknown(element)))];
  return [...known.sort(compare), ...elements.filter(isUnknown)];
}

function compare(left: unknown, right: unknown): number {
  if (typeof left === "number" && typeof right === "number") return left - right;
  return String(left) < String(right) ? -1 : 1;
}

const NO_SECRETS: ReadonlySet<string> = new Set();

/** Values of a schema as properties: without null values, and with sensitive or named ones marked as secret. */
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
  if (!("attributes" in attribute)) return value as PropertyValue;
  return mapNested(attribute, value, (item) =>
    isUnknown(item) ? item : toProperties(attribute.attributes, item as Fields),
  ) as PropertyValue;
}
