import type { Attribute, Attributes } from "../../src/provider/contract";
import { toPropertyName } from "../../src/provider/pulumi/names";

/** What a program writes if it sets every attribute that it may set, under the names of programs. */
export function wholeValue(attributes: Attributes): Record<string, unknown> {
  return Object.fromEntries(
    settable(attributes).map((name) => [
      toPropertyName(name),
      sample(attributes[name] as Attribute),
    ]),
  );
}

/** The names of the attributes that users may or must set, sorted. */
export function settable(attributes: Attributes): string[] {
  return Object.entries(attributes)
    .filter(([, { required, optional }]) => required || optional)
    .map(([name]) => name)
    .sort();
}

function sample(attribute: Attribute): unknown {
  switch (attribute.type) {
    case "object":
      return wholeValue(attribute.attributes);
    case "objectList":
      return [wholeValue(attribute.attributes)];
    case "list":
    case "set":
      return [attribute.element === "number" ? 7 : "word"];
    case "map":
      return { camelCase: "kept", snake_case: "kept" };
    case "boolean":
      return true;
    case "number":
      return 7;
    case "string":
      return "word";
  }
}

/** The same value under the names of attributes, as an engine is given it. */
export function asAttributes(attributes: Attributes): Record<string, unknown> {
  return Object.fromEntries(
    settable(attributes).map((name) => {
      const attribute = attributes[name] as Attribute;
      if (attribute.type === "object") return [name, asAttributes(attribute.attributes)];
      if (attribute.type === "objectList") return [name, [asAttributes(attribute.attributes)]];
      return [name, sample(attribute)];
    }),
  );
}
