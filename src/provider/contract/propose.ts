import type { Attribute, Attributes, ConfigOf, Schema, StateOf } from "./schema";
import { mapNested, type Fields } from "./map-fields";
import { isUnknown, UNKNOWN } from "./values";

/** A list or a map of objects. */
type Named = { readonly [at: string | number]: unknown };

/** The plan before the resource changes it: configuration, then default, then the prior value. */
export function propose<A extends Attributes>(
  schema: Schema<A>,
  config: ConfigOf<A>,
  prior: StateOf<A> | null,
): ConfigOf<A> {
  return proposeFields(schema.attributes, config, prior) as ConfigOf<A>;
}

function proposeFields(attributes: Attributes, config: Fields, prior: Fields | null): Fields {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]) => [
      name,
      proposeValue(attribute, config[name] ?? null, prior === null ? undefined : prior[name]),
    ]),
  );
}

function proposeValue(attribute: Attribute, written: unknown, prior: unknown): unknown {
  if (written !== null) return proposeWritten(attribute, written, prior);
  if ("default" in attribute && attribute.default !== undefined) return attribute.default;
  if (!attribute.computed) return null;
  return prior === undefined ? UNKNOWN : prior;
}

function proposeWritten(attribute: Attribute, written: unknown, prior: unknown): unknown {
  if (isUnknown(written)) return written;
  if (!("attributes" in attribute)) return written;
  return mapNested(attribute, written, (item, at) => {
    if (isUnknown(item)) return item;
    const before = at === undefined ? prior : (prior as Named | null | undefined)?.[at];
    return proposeFields(attribute.attributes, item as Fields, (before ?? null) as Fields | null);
  });
}
