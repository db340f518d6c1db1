import { describe, type Attribute, type Attributes, type Schema } from "../contract";
import type { Message } from "./protocol";

const NESTING = { object: 1, objectList: 2 } as const;

/** A schema as core reads it. */
export function toWireSchema({ version, description, attributes }: Schema): Message<"Schema"> {
  return { version, block: { version, description, attributes: toWireAttributes(attributes) } };
}

/** Sorted, so that the schema's bytes do not depend on the order of declaration. */
function toWireAttributes(attributes: Attributes): Message<"SchemaAttribute">[] {
  return Object.keys(attributes)
    .sort()
    .map((name) => toWireAttribute(name, attributes[name] as Attribute));
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
      return {
        nestedType: {
          nesting: NESTING[attribute.type],
          attributes: toWireAttributes(attribute.attributes),
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
