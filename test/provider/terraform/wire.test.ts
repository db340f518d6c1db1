import { X509Certificate } from "node:crypto";
import { defineAttributes, type Schema } from "../../../src/provider/contract";
import { formatPath } from "../../../src/provider/host/values";
import { createSelfSignedCertificate } from "../../../src/provider/terraform/certificate";
import { SchemaCodec } from "../../../src/provider/terraform/codec";
import { toWirePath } from "../../../src/provider/terraform/diagnostics";
import { upgradeResource } from "../../../src/provider/terraform/resource";
import { toWireSchema } from "../../../src/provider/terraform/schema";
import { accessTokenSchema } from "../../../src/resources/access-token/schema";
import { thingSchema } from "../fixture/schema";

const schema = thingSchema as unknown as Schema;

describe("a schema on the wire", () => {
  const { version, block } = toWireSchema(schema);
  const named = (name: string) => block.attributes?.find((attribute) => attribute.name === name);
  const nested = (name: string) => block.blockTypes?.find(({ typeName }) => typeName === name);

  test("lists its attributes in order of their names", () => {
    const names = block.attributes?.map(({ name }) => name);
    const isNested = (name: string) => ["lids", "limits", "ports"].includes(name);
    expect(names).toEqual(
      Object.keys(thingSchema.attributes)
        .sort()
        .filter((name) => !isNested(name)),
    );
    expect([version, block.version, block.description]).toEqual([1, 1, "A thing."]);
  });

  test.each([
    ["name", '"string"'],
    ["size", '"number"'],
    ["active", '"bool"'],
    ["labels", '["list","string"]'],
    ["tags", '["set","string"]'],
    ["weights", '["map","number"]'],
  ])("gives %s the type %s", (name, type) => {
    expect(Buffer.from(named(name)?.type ?? []).toString()).toBe(type);
  });

  test("has a block for each object that users write", () => {
    expect(nested("limits")).toMatchObject({
      nesting: 1,
      block: { attributes: [{ name: "high" }, { name: "low" }] },
    });
    expect(nested("ports")?.nesting).toBe(2);
  });

  test("has an attribute for each object that only the provider writes", () => {
    const { attributes } = accessTokenSchema;
    const token = toWireSchema({ version: 0, description: "", attributes }).block;
    const previous = token.attributes?.find(({ name }) => name === "previous");
    expect(previous).toMatchObject({ computed: true, nestedType: { nesting: 2 } });
    expect(token.blockTypes?.map(({ typeName }) => typeName)).toEqual([
      "deliver_to",
      "granular_scopes",
      "rotation",
    ]);
  });

  test("keeps every flag and description", () => {
    expect(named("secret")).toMatchObject({ computed: true, sensitive: true, optional: false });
    expect(named("name")).toMatchObject({ required: true, computed: false });
    expect(named("old_name")).toMatchObject({ deprecated: true, description: "Use name." });
  });
});

describe("an attribute's path", () => {
  const { attributes } = thingSchema;

  test.each([
    [["name"], [{ attributeName: "name" }]],
    [
      ["labels", 0],
      [{ attributeName: "labels" }, { elementKeyInt: 0 }],
    ],
    [
      ["weights", "tin"],
      [{ attributeName: "weights" }, { elementKeyString: "tin" }],
    ],
    [["tags", 1], [{ attributeName: "tags" }]],
    [
      ["limits", "high"],
      [{ attributeName: "limits" }, { attributeName: "high" }],
    ],
    [["limits"], [{ attributeName: "limits" }, { attributeName: "high" }]],
    [
      ["ports", 1, "number"],
      [{ attributeName: "ports" }, { elementKeyInt: 1 }, { attributeName: "number" }],
    ],
    [
      ["ports", 1],
      [{ attributeName: "ports" }, { elementKeyInt: 1 }, { attributeName: "number" }],
    ],
    [["ports"], [{ attributeName: "ports" }]],
    [[], []],
  ])("%j leads as far as engines follow", (path, steps) => {
    expect(toWirePath(path, attributes)).toEqual({ steps });
  });

  test("reads like code", () => {
    expect(formatPath(["ports", 1, "number"])).toBe("ports[1].number");
  });
});

describe("the certificate", () => {
  const own = createSelfSignedCertificate();
  const certificate = new X509Certificate(own.certificatePem);

  test("is for localhost, and vouches for itself", () => {
    expect(certificate.subjectAltName).toBe("DNS:localhost");
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.ca).toBe(true);
    expect(Buffer.compare(certificate.raw, own.der)).toBe(0);
  });

  test("is valid now, and has a serial number of its own", () => {
    expect(Date.parse(certificate.validFrom)).toBeLessThan(Date.now());
    expect(Date.parse(certificate.validTo)).toBeGreaterThan(Date.now());
    const other = new X509Certificate(createSelfSignedCertificate().certificatePem);
    expect(other.serialNumber).not.toBe(certificate.serialNumber);
  });
});

describe("an old state", () => {
  const codec = new SchemaCodec({
    version: 1,
    description: "",
    attributes: defineAttributes({
      text: { type: "string", description: "" },
      list: { type: "list", element: "number", description: "" },
      map: { type: "map", element: "string", description: "" },
      one: {
        type: "object",
        description: "",
        attributes: { a: { type: "number", description: "" } },
      },
      many: {
        type: "objectList",
        description: "",
        attributes: { a: { type: "boolean", description: "" } },
      },
    }),
  } as Schema);

  function upgraded(state: object): unknown {
    const json = Buffer.from(JSON.stringify(state));
    const { upgradedState } = upgradeResource({ codec }, { typeName: "any", rawState: { json } });
    return upgradedState && codec.decodeState(upgradedState);
  }

  test("keeps what still fits", () => {
    const state = { text: "a", list: [1], map: { a: "b" }, one: { a: 1 }, many: [{ a: true }] };
    expect(upgraded(state)).toEqual(state);
  });

  test("loses what no longer fits, and gets null for what is new", () => {
    const nothing = { text: null, list: null, map: null, one: null, many: null };
    expect(upgraded({ text: 1, list: "1", map: { a: 1 }, one: [], many: {} })).toEqual(nothing);
    expect(upgraded({ list: ["1"], many: [1], gone: true })).toEqual(nothing);
    expect(upgraded({ one: { a: "1" } })).toEqual({ ...nothing, one: { a: null } });
  });
});
