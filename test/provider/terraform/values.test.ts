import { Decoder } from "@msgpack/msgpack";
import fc from "fast-check";
import {
  holdsUnknown,
  isUnknown,
  UNKNOWN,
  type Schema,
  withNulls,
} from "../../../src/provider/contract";
import { unknownAsNull, unknownPaths } from "../../../src/provider/host/values";
import {
  decodeDynamic,
  decodePrivate,
  encodeDynamic,
  encodePrivate,
  isNothing,
  NOTHING,
  SchemaCodec,
} from "../../../src/provider/terraform/codec";
import { withoutEmptyBlocks } from "../../../src/provider/terraform/blocks";
import { anyAttributes, valuesOf } from "../arbitraries";
import { thingSchema } from "../fixture/schema";

function bytes(hex: string): Uint8Array {
  return Buffer.from(hex.replaceAll(" ", ""), "hex");
}

const withValues = (withUnknown: boolean) =>
  anyAttributes.chain((attributes) =>
    fc.tuple(fc.constant(attributes), valuesOf(attributes, { withUnknown })),
  );

describe("a dynamic value", () => {
  test.each([
    ["as core writes it", "d4 00 00"],
    ["with another payload", "c7 03 00 01 02 03"],
    ["refined: not null", "c7 03 0c 81 01 c2"],
    ["refined: with a prefix", "c7 06 0c 82 01 c2 02 a1 61"],
  ])("is unknown %s", (_form, hex) => {
    expect(isUnknown(decodeDynamic({ msgpack: bytes(hex) }))).toBe(true);
  });

  test("is written as the plain unknown", () => {
    expect(Buffer.from(encodeDynamic(UNKNOWN).msgpack).toString("hex")).toBe("d40000");
  });

  test("is null where nothing is", () => {
    expect(Buffer.from(encodeDynamic(undefined).msgpack).toString("hex")).toBe("c0");
    expect(decodeDynamic({ msgpack: bytes("c0") })).toBeNull();
  });

  test("says by its first byte whether it is null", () => {
    expect(isNothing(NOTHING)).toBe(true);
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(isNothing(encodeDynamic(value))).toBe(value === null);
      }),
    );
    expect(isNothing(encodeDynamic(UNKNOWN))).toBe(false);
  });
});

describe("values of a schema", () => {
  test("come back from the wire as they went", () => {
    fc.assert(
      fc.property(withValues(true), ([attributes, value]) => {
        const codec = new SchemaCodec({ version: 0, description: "", attributes } as Schema);
        expect(codec.decodePlanned(codec.encode(value))).toEqual(
          withoutEmptyBlocks(attributes, value),
        );
      }),
    );
  });

  test("have an empty list on the wire, and null here, for blocks that are not there", () => {
    const codec = new SchemaCodec(thingSchema as unknown as Schema);
    const wire = codec.encode({ name: "a" });
    expect(new Decoder().decode(wire.msgpack)).toMatchObject({ ports: [], limits: null });
    expect(codec.decodeState(wire)).toMatchObject({ ports: null, limits: null });
  });

  test("write fractions as decimals, and whole numbers as such", () => {
    const codec = new SchemaCodec(thingSchema as unknown as Schema);
    const wire = new Decoder().decode(
      codec.encode({ size: 0.1, weights: { a: 2, b: 1.5 } }).msgpack,
    );
    expect(wire).toMatchObject({ size: "0.1", weights: { a: 2, b: "1.5" } });
  });

  test("read the decimals that core writes", () => {
    const codec = new SchemaCodec(thingSchema as unknown as Schema);
    const value = encodeDynamic({
      size: "0.1",
      limits: { high: "10.7" },
      ports: [{ number: "1e3" }],
    });
    expect(codec.decodeState(value)).toMatchObject({
      size: 0.1,
      limits: { high: 10.7 },
      ports: [{ number: 1000 }],
    });
  });
});

describe("values in the shape of their schema", () => {
  const attributes = thingSchema.attributes;

  test("have every attribute, null where nothing was said, and no other", () => {
    const value = withNulls(attributes, { name: "a", gone: 1, limits: { high: 1 }, ports: [{}] });
    expect(Object.keys(value)).toEqual(Object.keys(attributes));
    expect(value).toMatchObject({
      name: "a",
      id: null,
      limits: { high: 1, low: null },
      ports: [{ number: null, protocol: null, handle: null }],
    });
  });

  test("keep unknowns at every depth", () => {
    const value = { tags: UNKNOWN, limits: UNKNOWN, ports: [UNKNOWN, { number: UNKNOWN }] };
    expect(withNulls(attributes, value)).toMatchObject(value);
  });

  test("do not change when they are walked again", () => {
    fc.assert(
      fc.property(withValues(true), ([schema, value]) => {
        const once = withNulls(schema, value);
        expect(withNulls(schema, once)).toEqual(once);
      }),
    );
  });
});

describe("what is unknown in a value", () => {
  test("is found by its path", () => {
    const value = { a: UNKNOWN, b: [1, { c: UNKNOWN }], d: null };
    expect(unknownPaths(value)).toEqual([["a"], ["b", 1, "c"]]);
  });

  test("is null afterwards, and the rest is as before", () => {
    fc.assert(
      fc.property(withValues(true), ([, value]) => {
        const known = unknownAsNull(value);
        expect(holdsUnknown(known)).toBe(false);
        if (unknownPaths(value).length === 0) expect(known).toEqual(value);
      }),
    );
  });
});

describe("private state", () => {
  test("comes back as it went, and none stays none", () => {
    const bytesOf = encodePrivate({ a: [1, "ü"] });
    expect(decodePrivate(bytesOf)).toEqual({ a: [1, "ü"] });
    expect(decodePrivate(encodePrivate(null, bytesOf))).toBeNull();
    expect(encodePrivate(undefined, bytesOf)).toBe(bytesOf);
    expect(decodePrivate(new Uint8Array())).toBeNull();
  });
});
