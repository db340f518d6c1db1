import fc from "fast-check";
import {
  holdsUnknown,
  propose,
  UNKNOWN,
  type Attribute,
  type Attributes,
  type Schema,
} from "../../../src/provider/contract";
import { anyAttributes, valuesOf } from "../arbitraries";
import { thingSchema, type ThingConfig, type ThingState } from "../fixture/schema";

type Values = Record<string, unknown>;

const NOTHING = Object.fromEntries(
  Object.keys(thingSchema.attributes).map((name) => [name, null]),
) as unknown as ThingConfig;

const PRIOR = { ...NOTHING, id: "1", name: "a", size: 3, secret: "s", revision: 1 } as ThingState;

describe("a proposed value", () => {
  test("of a new object is its configuration, a default, or not known yet", () => {
    expect(propose(thingSchema, { ...NOTHING, name: "a" }, null)).toMatchObject({
      name: "a",
      region: null,
      size: 0.1,
      active: true,
      id: UNKNOWN,
      secret: UNKNOWN,
    });
  });

  test("of an object that exists is what it was, where nobody says otherwise", () => {
    expect(propose(thingSchema, { ...NOTHING, name: "b" }, PRIOR)).toMatchObject({
      id: "1",
      name: "b",
      secret: "s",
      revision: 1,
    });
  });

  test("goes back to its default when it is no longer configured", () => {
    expect(propose(thingSchema, { ...NOTHING, name: "a" }, PRIOR).size).toBe(0.1);
  });

  test("has defaults and prior values inside objects too", () => {
    const config = {
      ...NOTHING,
      limits: { high: 2, low: null },
      ports: [
        { number: 1, protocol: null, handle: null },
        { number: 2, protocol: "udp", handle: null },
      ],
    };
    const prior = { ...PRIOR, ports: [{ number: 1, protocol: "tcp", handle: "h" }] };
    expect(propose(thingSchema, config, prior)).toMatchObject({
      limits: { high: 2, low: 1 },
      ports: [
        { number: 1, protocol: "tcp", handle: "h" },
        { number: 2, protocol: "udp", handle: UNKNOWN },
      ],
    });
  });

  test("is unknown where the configuration is", () => {
    const config = { ...NOTHING, name: UNKNOWN, limits: UNKNOWN, ports: [UNKNOWN] };
    expect(propose(thingSchema, config, PRIOR)).toMatchObject({
      name: UNKNOWN,
      limits: UNKNOWN,
      ports: [UNKNOWN],
    });
  });
});

const cases = anyAttributes.chain((attributes) =>
  fc.record({
    attributes: fc.constant(attributes),
    config: valuesOf(attributes, { withUnknown: true }),
    prior: fc.option(valuesOf(attributes, { withUnknown: false })),
  }),
);

function proposeAny(attributes: Attributes, config: Values, prior: Values | null): Values {
  const schema: Schema = { version: 0, description: "", attributes };
  return propose(schema, config as never, prior as never) as Values;
}

describe("any proposed value", () => {
  test("has every attribute, and keeps what the user wrote", () => {
    fc.assert(
      fc.property(cases, ({ attributes, config, prior }) => {
        const proposed = proposeAny(attributes, config, prior);
        expect(Object.keys(proposed)).toEqual(Object.keys(attributes));
        for (const [name, attribute] of Object.entries(attributes)) {
          if (config[name] !== null && isPlain(attribute)) {
            expect(proposed[name]).toEqual(config[name]);
          }
        }
      }),
    );
  });

  test("changes nothing where it is proposed again as what exists", () => {
    fc.assert(
      fc.property(cases, ({ attributes, config, prior }) => {
        const proposed = proposeAny(attributes, config, prior);
        fc.pre(!holdsUnknown(proposed));
        expect(proposeAny(attributes, config, proposed)).toEqual(proposed);
      }),
    );
  });
});

function isPlain(attribute: Attribute): boolean {
  return !("attributes" in attribute);
}
