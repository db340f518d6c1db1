import fc from "fast-check";
import { UNKNOWN, type Attribute, type Attributes } from "../../src/provider/contract";

const FLAGS = { description: "", optional: true } as const;

const anyCollection = fc
  .tuple(
    fc.constantFrom("list" as const, "set" as const, "map" as const),
    fc.constantFrom("string" as const, "number" as const),
  )
  .map(([type, element]): Attribute => ({ ...FLAGS, type, element }));

/** Schemas of every kind of attribute, objects within objects included. */
export const anyAttributes: fc.Arbitrary<Attributes> = fc.letrec<{
  attributes: Attributes;
  attribute: Attribute;
}>((tie) => ({
  attributes: fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), tie("attribute"), {
    maxKeys: 4,
    noNullPrototype: true,
  }),
  attribute: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom<Attribute>(
      { ...FLAGS, type: "string" },
      { ...FLAGS, type: "number" },
      { ...FLAGS, type: "boolean" },
      { ...FLAGS, type: "string", computed: true },
      { ...FLAGS, type: "string", computed: true, default: "default" },
    ),
    anyCollection,
    tie("attributes").map((attributes): Attribute => ({ ...FLAGS, type: "object", attributes })),
    tie("attributes").map((attributes): Attribute => ({
      ...FLAGS,
      type: "objectList",
      attributes,
    })),
    tie("attributes").map((attributes): Attribute => ({
      ...FLAGS,
      type: "objectMap",
      attributes,
    })),
  ),
})).attributes;

type CollectionAttribute = Extract<Attribute, { element: unknown }>;

interface Shape {
  /** Whether unknowns may stand anywhere. */
  readonly withUnknown: boolean;
}

/** Values with every attribute of a schema, null included. */
export function valuesOf(
  attributes: Attributes,
  shape: Shape,
): fc.Arbitrary<Record<string, unknown>> {
  return fc.record(
    Object.fromEntries(
      Object.entries(attributes).map(([name, attribute]) => [name, valueOf(attribute, shape)]),
    ),
    { noNullPrototype: true },
  );
}

function valueOf(attribute: Attribute, shape: Shape): fc.Arbitrary<unknown> {
  const late = shape.withUnknown ? [fc.constant(UNKNOWN)] : [];
  return fc.oneof(fc.constant(null), ...late, known(attribute, shape));
}

function known(attribute: Attribute, shape: Shape): fc.Arbitrary<unknown> {
  switch (attribute.type) {
    case "string":
      return fc.string({ unit: "grapheme" });
    case "boolean":
      return fc.boolean();
    case "number":
      return anyNumber;
    case "list":
    case "set":
      return fc.array(elementOf(attribute));
    case "map":
      return fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), elementOf(attribute), {
        noNullPrototype: true,
      });
    case "object":
      return valuesOf(attribute.attributes, shape);
    case "objectList":
      return fc.array(valuesOf(attribute.attributes, shape), { maxLength: 3 });
    case "objectMap":
      return fc.dictionary(fc.string(), valuesOf(attribute.attributes, shape), {
        maxKeys: 3,
        noNullPrototype: true,
      });
  }
}

function elementOf({ element }: CollectionAttribute): fc.Arbitrary<unknown> {
  return element === "number" ? anyNumber : fc.string();
}

/** Minus zero is left out: decimals have no such number. */
const anyNumber = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value)),
);
