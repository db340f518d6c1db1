import { isUnknown, type Unknown } from "../../contract";
import type { WireStruct } from "../protocol/messages";

/** A value whose content engines encrypt in the state and hide in their output. */
export class Secret {
  constructor(readonly value: PropertyValue) {}
}

/** A value of a kind that no attribute takes: a file, or another resource as a whole. */
export class Foreign {
  constructor(
    readonly description: string,
    /** As it came. */
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
