import type { Attribute, Attributes, ConfigOf, Schema, StateOf } from "./schema";
import { isUnknown, UNKNOWN } from "./values";

type Fields = { readonly [name: string]: unknown };

/** The plan before a resource has its say: configuration, then default, then the prior value. */
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
  if (attribute.type === "object") {
    return proposeFields(attribute.attributes, written as Fields, (prior ?? null) as Fields | null);
  }
  if (attribute.type === "objectList") {
    const before = Array.isArray(prior) ? (prior as Fields[]) : [];
    return (written as unknown[]).map((item, at) =>
      isUnknown(item)
        ? item
        : proposeFields(attribute.attributes, item as Fields, before[at] ?? null),
    );
  }
  return written;
}
