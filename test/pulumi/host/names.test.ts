import fc from "fast-check";
import { defineAttributes } from "../../../src/provider/contract";
import {
  functionToken,
  parsePropertyPath,
  propertyNames,
  resourceToken,
  toPropertyName,
  toPropertyPath,
} from "../../../src/provider/pulumi/names";
import { Words } from "../../../src/provider/pulumi/words";
import { fixture } from "../../provider/fixture/provider";

const attributeName = fc.stringMatching(/^[a-z][a-z0-9]{0,3}(_[a-z][a-z0-9]{0,3}){0,3}$/);

test.each([
  ["name", "name"],
  ["service_account_id", "serviceAccountId"],
  ["sha_256_sum", "sha256Sum"],
])("the attribute %s is the property %s", (attribute, property) => {
  expect(toPropertyName(attribute)).toBe(property);
});

test("every property leads back to its attribute", () => {
  fc.assert(
    fc.property(fc.uniqueArray(attributeName), (names) => {
      const attributes = Object.fromEntries(
        names.map((name) => [name, { type: "string", description: "" } as const]),
      );
      const { toProperty, toAttribute } = propertyNames(attributes);
      expect(names.map((name) => toAttribute.get(toProperty.get(name) ?? ""))).toEqual(names);
    }),
  );
});

test("two attributes that would be one property are refused", () => {
  const text = { type: "string", description: "" } as const;
  expect(() => propertyNames({ a_1: text, a1: text })).toThrow("same name");
});

test("types and functions are named after what they are", () => {
  expect(resourceToken("x", "x_service_account")).toBe("x:index:ServiceAccount");
  expect(functionToken("x", "x_service_account")).toBe("x:index:getServiceAccount");
});

describe("a property's path", () => {
  const attributes = defineAttributes({
    deliver_to: {
      type: "objectList",
      description: "",
      attributes: {
        extra_headers: { type: "map", element: "string", description: "" },
      },
    },
  });

  test.each([
    [["deliver_to", 0, "extra_headers", "X-Some_Key"], 'deliverTo[0].extraHeaders["X-Some_Key"]'],
    [["deliver_to", 0, "extra_headers", "some_key"], "deliverTo[0].extraHeaders.some_key"],
    [["deliver_to"], "deliverTo"],
    [[], ""],
  ])("%j is written %s", (path, text) => {
    expect(toPropertyPath(path, attributes)).toBe(text);
  });

  test.each([
    ["ports[0].number", ["ports", 0, "number"]],
    ['limits["a.\\"b"].c', ["limits", 'a."b', "c"]],
    ["ports[*].number", ["ports", "*", "number"]],
    ["*", ["*"]],
  ])("%s is read as %j", (text, path) => {
    expect(parsePropertyPath(text)).toEqual(path);
  });
});

test("texts name properties and types as a program does", () => {
  const words = new Words(fixture as never);
  expect(words.translate("old_name of a fixture_thing, not my_old_name_x nor a fixture")).toBe(
    "oldName of a Thing, not my_old_name_x nor a fixture",
  );
});
