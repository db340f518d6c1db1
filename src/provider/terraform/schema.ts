import {
  describe,
  isBlock,
  type Attribute,
  type Attributes,
  type NestedAttribute,
  type Schema,
} from "../contract";
import type { Message } from "./protocol";

const NESTING = { object: 1, objectList: 2, objectMap: 4 } as const;

/** A schema as core reads it. */
export function toWireSchema({ version, description, attributes }: Schema): Message<"Schema"> {
  return { version, block: toWireBlock(version, description, attributes) };
}

/** An object that users write is a nested block, since core silently drops unknown keys of nested attributes. */
function toWireBlock(
  version: number,
  description: string,
  attributes: Attributes,
): Message<"SchemaBlock"> {
  const entries = sorted(attributes);
  return {
    version,
    description,
    attributes: entries.flatMap(([name, attribute]) =>
      isBlock(attribute) ? [] : [toWireAttribute(name, attribute)],
    ),
    blockTypes: entries.flatMap(([name, attribute]) =>
      isBlock(attribute) ? [toWireNestedBlock(name, attribute)] : [],
    ),
  };
}

function toWireNestedBlock(
  typeName: string,
  attribute: NestedAttribute,
): Message<"SchemaNestedBlock"> {
  return {
    typeName,
    nesting: NESTING[attribute.type],
    block: toWireBlock(0, describe(attribute), attribute.attributes),
  };
}

/** So that the schema's bytes do not depend on the order of declaration. */
function sorted(attributes: Attributes): [string, Attribute][] {
  return Object.keys(attributes)
    .sort()
    .map((name) => [name, attributes[name] as Attribute]);
}

function toWireAttribute(name: string, attribute: Attribute): Message<"SchemaAttribute"> {
  return {
    name,
    ...toWireType(attribute),
    description: describe(attribute),
    required: attribute.required ?? false,
    optional: attribute.optional ?? false,
    computed: attribute.computed ?? false,
    sensitive: attribute.sensitive ?? false,
    deprecated: attribute.deprecated ?? false,
  };
}

function toWireType(attribute: Attribute): Pick<Message<"SchemaAttribute">, "type" | "nestedType"> {
  switch (attribute.type) {
    case "object":
    case "objectList":
    case "objectMap":
      return {
        nestedType: {
          nesting: NESTING[attribute.type],
          attributes: sorted(attribute.attributes).map(([name, inner]) =>
            toWireAttribute(name, inner),
          ),
        },
      };
    case "list":
    case "set":
    case "map":
      return { type: typeBytes([attribute.type, attribute.element]) };
    case "boolean":
      return { type: typeBytes("bool") };
    default:
      return { type: typeBytes(attribute.type) };
  }
}

/** @see https://github.com/zclconf/go-cty/blob/main/docs/json.md */
function typeBytes(type: string | readonly string[]): Uint8Array {
  return Buffer.from(JSON.stringify(type));
}
