import {
  error,
  isUnknown,
  type Attribute,
  type AttributePath,
  type Attributes,
  type ConfigOf,
  type Diagnostic,
} from "../../contract";
import { propertyNames } from "../names";
import { canonicalSet } from "./canonical";
import {
  Foreign,
  holdsSecret,
  isPropertyList,
  isPropertyMap,
  revealed,
  type PropertyMap,
  type PropertyValue,
} from "./property-value";

export interface DecodedInputs<A extends Attributes> {
  /** Every attribute is there, null where nothing was written. */
  readonly config: ConfigOf<A>;
  /** Attributes in which something is secret. */
  readonly secrets: ReadonlySet<string>;
  /** What does not fit the schema; `config` is then of no use. */
  readonly problems: readonly Diagnostic[];
}

/** What a program wrote, in the words of the schema, and checked against it. */
export function decodeInputs<A extends Attributes>(
  attributes: A,
  inputs: PropertyMap,
): DecodedInputs<A> {
  const decoder = new InputDecoder();
  const config = decoder.fields(attributes, inputs, []) as ConfigOf<A>;
  return { config, secrets: secretAttributes(attributes, inputs), problems: decoder.problems };
}

export function secretAttributes(attributes: Attributes, map: PropertyMap): ReadonlySet<string> {
  const { toAttribute } = propertyNames(attributes);
  const secrets = Object.entries(map).filter(([, value]) => holdsSecret(value));
  return new Set(secrets.map(([property]) => toAttribute.get(property) ?? property));
}

/** Keys of engines and bridges, such as `__defaults`; no schema has them. */
function isInternal(property: string): boolean {
  return property.startsWith("__");
}

class InputDecoder {
  readonly problems: Diagnostic[] = [];

  fields(attributes: Attributes, map: PropertyMap, path: AttributePath): Record<string, unknown> {
    const { toProperty, toAttribute } = propertyNames(attributes);
    for (const property of Object.keys(map)) {
      if (toAttribute.has(property) || isInternal(property)) continue;
      this.problem(path, "Unknown property", unknownDetail(property, toAttribute));
    }
    return Object.fromEntries(
      Object.entries(attributes).map(([name, attribute]) => {
        const written = revealed(map[toProperty.get(name) ?? name] ?? null);
        return [name, this.attribute(attribute, written, [...path, name])];
      }),
    );
  }

  private attribute(attribute: Attribute, written: PropertyValue, path: AttributePath): unknown {
    if (written === null && attribute.required) {
      this.problem(path, "Missing property", "It is required. Write a value.");
    } else if (written !== null && !attribute.required && !attribute.optional) {
      this.problem(path, "Output property", "It cannot be set, only read. Remove it.");
    }
    return written === null || isUnknown(written) ? written : this.value(attribute, written, path);
  }

  private value(attribute: Attribute, written: PropertyValue, path: AttributePath): unknown {
    switch (attribute.type) {
      case "object":
        if (isPropertyMap(written)) return this.fields(attribute.attributes, written, path);
        return this.wrongType("an object", written, path);
      case "objectList":
        if (!isPropertyList(written)) return this.wrongType("a list of objects", written, path);
        return written.map((item, at) => this.item(attribute.attributes, item, [...path, at]));
      case "map":
        if (!isPropertyMap(written)) return this.wrongType("a map", written, path);
        return Object.fromEntries(
          Object.entries(written).map(([key, item]) => [
            key,
            this.primitive(attribute.element, item, [...path, key]),
          ]),
        );
      case "list":
      case "set": {
        if (!isPropertyList(written)) return this.wrongType("a list", written, path);
        const items = written.map((item, at) =>
          this.primitive(attribute.element, item, [...path, at]),
        );
        return attribute.type === "set" ? canonicalSet(items) : items;
      }
      default:
        return this.primitive(attribute.type, written, path);
    }
  }

  private item(attributes: Attributes, written: PropertyValue, path: AttributePath): unknown {
    if (isUnknown(written)) return written;
    if (isPropertyMap(written)) return this.fields(attributes, written, path);
    return this.wrongType("an object", written, path);
  }

  /** Settings of the provider always come as text, and paths may be numbers: so the types convert as on Terraform. */
  private primitive(
    type: "string" | "number" | "boolean",
    written: PropertyValue,
    path: AttributePath,
  ): unknown {
    if (isUnknown(written)) return written;
    if (typeof written === type) return written;
    if (type === "string" && (typeof written === "number" || typeof written === "boolean")) {
      return String(written);
    }
    if (type === "number" && typeof written === "string" && isNumeric(written)) {
      return Number(written);
    }
    if (type === "boolean" && (written === "true" || written === "false")) {
      return written === "true";
    }
    return this.wrongType(`a ${type}`, written, path);
  }

  private wrongType(wanted: string, written: PropertyValue, path: AttributePath): null {
    this.problem(path, "Wrong type", `It must be ${wanted}; got ${describeType(written)}.`);
    return null;
  }

  private problem(path: AttributePath, summary: string, detail: string): void {
    this.problems.push(error(summary, detail, path));
  }
}

function unknownDetail(property: string, known: ReadonlyMap<string, string>): string {
  return `There is no "${property}" here, only ${[...known.keys()].join(", ")}.`;
}

function isNumeric(text: string): boolean {
  return text.trim() !== "" && Number.isFinite(Number(text));
}

/** Never the value itself, which may be a secret. */
function describeType(value: PropertyValue): string {
  if (value instanceof Foreign) return value.description;
  if (value === null) return "nothing";
  if (isPropertyList(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
