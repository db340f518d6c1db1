import fc from "fast-check";
import { defineAttributes, UNKNOWN, type Attributes } from "../../../src/provider/contract";
import { decodeInputs, decodeSettings, markSensitive } from "../../../src/provider/pulumi/inputs";
import { OutputCodec } from "../../../src/provider/pulumi/outputs";
import {
  canonicalFields,
  toProperties,
  Secret,
  type PropertyMap,
  type PropertyValue,
} from "../../../src/provider/pulumi/values";
import { fromStruct, toStruct } from "../../../src/provider/pulumi/wire";
import { anyAttributes, valuesOf } from "../../provider/arbitraries";
import { thingSchema } from "../../provider/fixture/schema";

const SIGNATURE = "4dabf18193072939515e22adb298388d";

const anyProperty: fc.Arbitrary<PropertyValue> = fc.letrec<{ value: PropertyValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom<PropertyValue>(null, true, false, UNKNOWN, ""),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.string({ unit: "grapheme" }),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), tie("value"), {
      maxKeys: 3,
      noNullPrototype: true,
    }) as fc.Arbitrary<PropertyMap>,
    tie("value").map((value) => new Secret(value)),
  ),
})).value;

/** Names with an underscore inside, so that they are other names as properties. */
function longNames(attributes: Attributes): Attributes {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]) => [
      `${name}_x`,
      "attributes" in attribute
        ? { ...attribute, attributes: longNames(attribute.attributes) }
        : attribute,
    ]),
  );
}

describe("a value on the wire", () => {
  test("comes back as it went, secrets and unknowns included", () => {
    fc.assert(
      fc.property(anyProperty, (value) => {
        expect(fromStruct(toStruct({ value }))).toEqual({ value });
      }),
    );
  });

  test.each([
    "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
  ])("is unknown as %s, whatever its type", (stringValue) => {
    expect(fromStruct({ fields: { value: { stringValue } } })).toEqual({ value: UNKNOWN });
  });

  test("is an output that is known, secret or unknown", () => {
    const output = { [SIGNATURE]: "d0e6a833031e9bbcd3f4e8bde6ca49a4" };
    const map = toStruct({
      known: { ...output, value: 1 },
      secret: { ...output, value: 1, secret: true },
      late: output,
    });
    expect(fromStruct(map)).toEqual({ known: 1, secret: new Secret(1), late: UNKNOWN });
  });

  test.each([
    ["an asset", "c44067f5952c0a294b673a41bacd8c17"],
    ["an archive", "0def7320c3a5731c473e5ecbe6d01bc7"],
    ["a resource", "5cf8f73096256a8f31e491e813e4eb8e"],
  ])("that is %s fits no attribute", (description, signature) => {
    const map = fromStruct(toStruct({ name: { [SIGNATURE]: signature } }));
    expect(map).toMatchObject({ name: { description } });
    expect(fromStruct(toStruct(map))).toEqual(map);
    expect(decodeInputs(thingSchema.attributes, map).problems).toMatchObject([
      { path: ["name"], detail: `It must be a string; got ${description}.` },
    ]);
  });
});

describe("values of a schema", () => {
  test("come back from properties as they went, names within objects included", () => {
    fc.assert(
      fc.property(anyAttributes, (short) => {
        const attributes = settable(longNames(short));
        fc.assert(
          fc.property(valuesOf(attributes, { withUnknown: true }), (value) => {
            const wire = fromStruct(toStruct(toProperties(attributes, value)));
            const { config, problems } = decodeInputs(attributes, wire);
            expect(problems).toEqual([]);
            expect(config).toEqual(canonicalFields(attributes, value));
          }),
          { numRuns: 5 },
        );
      }),
    );
  });

  test("come back from the state as they went, beside what is remembered", () => {
    fc.assert(
      fc.property(anyAttributes, (short) => {
        const attributes = longNames(short);
        const codec = new OutputCodec("x", attributes);
        const privateState = { nothing: null, list: [1] };
        fc.assert(
          fc.property(valuesOf(attributes, { withUnknown: false }), (value) => {
            const wire = fromStruct(toStruct(codec.encode(value, privateState, new Set())));
            expect(codec.decode("1", wire)).toEqual({
              state: canonicalFields(attributes, value),
              private: privateState,
              secrets: new Set(),
            });
          }),
          { numRuns: 5 },
        );
      }),
    );
  });

  test("without what this host remembers are no state of its own", () => {
    expect(new OutputCodec("x", thingSchema.attributes).decode("1", { name: "a" })).toBeUndefined();
  });

  test("are secret where the schema or the program says so", () => {
    const { attributes } = thingSchema;
    expect(
      toProperties(attributes, { name: "a", secret: "b", size: 1 }, new Set(["size"])),
    ).toEqual({ name: "a", secret: new Secret("b"), size: new Secret(1) });
    const written = { name: new Secret("a"), ports: [{ number: new Secret(1) }], size: 2 };
    const { config, secrets } = decodeInputs(attributes, written);
    expect(secrets).toEqual(new Set(["name", "ports"]));
    expect(config).toMatchObject({ name: "a", ports: [{ number: 1 }], size: 2 });
  });

  test("that are sensitive are secret as inputs too, at every depth", () => {
    const text = { type: "string", description: "", optional: true } as const;
    const attributes = defineAttributes({
      pass_word: { ...text, sensitive: true },
      doors: { ...text, type: "objectList", attributes: { key: { ...text, sensitive: true } } },
    });
    const inputs = { passWord: "a", doors: [{ key: "b" }, { key: new Secret("c") }], other: "d" };
    expect(markSensitive(attributes, inputs)).toEqual({
      passWord: new Secret("a"),
      doors: [{ key: new Secret("b") }, { key: new Secret("c") }],
      other: "d",
    });
  });

  test("are converted as on Terraform where that is safe", () => {
    const written = { name: 42, size: "1.5", active: "false" };
    expect(decodeInputs(thingSchema.attributes, written).config).toMatchObject({
      name: "42",
      size: 1.5,
      active: false,
    });
  });

  test.each<[string, PropertyMap, object]>([
    ["of another type", { name: "a", size: "big" }, { path: ["size"], summary: "Wrong type" }],
    ["that are missing", {}, { path: ["name"], summary: "Missing property" }],
    ["that are not there", { name: "a", nam: 1 }, { path: [], code: "unknown-property" }],
    [
      "that are not there inside of an object in a list",
      { name: "a", ports: [{ number: 1, protcol: "udp" }] },
      { path: ["ports", 0], detail: expect.stringContaining('Did you mean "protocol"?') as string },
    ],
    ["that are outputs", { name: "a", revision: 1 }, { path: ["revision"] }],
    [
      "of another type inside a list of objects",
      { name: "a", ports: [{ number: 1 }, { number: true }] },
      { path: ["ports", 1, "number"], detail: "It must be a number; got a boolean." },
    ],
  ])("%s are refused with their place", (_, written, problem) => {
    expect(decodeInputs(thingSchema.attributes, written).problems).toMatchObject([problem]);
  });

  test("that are missing or wrong are never quoted", () => {
    const { problems } = decodeInputs(thingSchema.attributes, { name: "a", limits: "hush" });
    expect(JSON.stringify(problems)).not.toContain("hush");
  });
});

describe("settings", () => {
  const attributes = thingSchema.attributes;

  test("are read from text, as a stack's configuration holds them", () => {
    const written = {
      name: "a",
      size: "2",
      active: "true",
      limits: '{"high": 3}',
      labels: '["x"]',
    };
    expect(decodeSettings(attributes, written)).toMatchObject({
      config: { name: "a", size: 2, active: true, limits: { high: 3 }, labels: ["x"] },
      problems: [],
    });
  });

  test("of the engine and of others are left alone", () => {
    expect(decodeSettings(attributes, { name: "a", version: "1.0.0", mine: "x" }).problems).toEqual(
      [],
    );
  });

  test.each(["old_name", "OldName", "oldname", "oldNme"])("spelt %s are refused", (property) => {
    expect(decodeSettings(attributes, { name: "a", [property]: "x" }).problems).toMatchObject([
      { summary: `There is no setting "${property}"`, detail: "Write oldName instead." },
    ]);
  });
});

function settable(attributes: Attributes): Attributes {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]) => [
      name,
      {
        ...attribute,
        optional: true,
        ...("attributes" in attribute && { attributes: settable(attribute.attributes) }),
      },
    ]),
  ) as Attributes;
}
