import {
  error,
  isUnknown,
  mapNested,
  sameValue,
  type Attribute,
  type AttributePath,
  type Attributes,
  type Code,
  type ConfigOf,
  type Diagnostic,
  type Fields,
} from "../contract";
import { propertyNames } from "./names";
import { meantSetting, unknownProperty } from "./unknown-property";
import {
  canonicalSet,
  Foreign,
  holdsSecret,
  isPropertyList,
  isPropertyMap,
  revealed,
  Secret,
  toProperties,
  type PropertyMap,
  type PropertyValue,
} from "./values";

export interface DecodedInputs<A extends Attributes> {
  /** Every attribute is present, null if unset. */
  readonly config: ConfigOf<A>;
  /** Attributes that contain a secret. */
  readonly secrets: ReadonlySet<string>;
  /** What does not fit the schema. `config` is then of no use. */
  readonly problems: readonly Diagnostic[];
}

/** A program's inputs, in the terms of the schema, and checked against it. */
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
      this.problems.push(unknownProperty(path, property, [...toAttribute.keys()]));
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
      this.problem("missing-property", path, "Missing property", "It is required. Write a value.");
    } else if (written !== null && !attribute.required && !attribute.optional) {
      this.problem(
        "output-property",
        path,
        "Output property",
        "It cannot be set, only read. Remove it.",
      );
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
      case "objectMap":
        if (!isPropertyMap(written)) return this.wrongType("a map of objects", written, path);
        return mapNested(attribute, written, (item, key = "") =>
          this.item(attribute.attributes, item as PropertyValue, [...path, key]),
        );
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

  /**
   * Settings of the provider always come as strings, and paths may be numbers, so types are converted as on Terraform.
   */
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
    this.problem(
      "wrong-type",
      path,
      "Wrong type",
      `It must be ${wanted}; got ${describeType(written)}.`,
    );
    return null;
  }

  private problem(code: Code, path: AttributePath, summary: string, detail: string): void {
    this.problems.push(error(code, summary, detail, path));
  }
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

/**
 * The provider's settings. They come from a stack's configuration, which contains only strings, or from a program,
 * which sends other values as JSON. They may include the engine's own (`version`), and those of a project that has the
 * provider's name. So unknown settings are left alone, unless one is similar to a known setting.
 */
export function decodeSettings<A extends Attributes>(
  attributes: A,
  settings: PropertyMap,
): DecodedInputs<A> {
  const { toAttribute } = propertyNames(attributes);
  const known = new Map<string, PropertyValue>();
  const misspelt: Diagnostic[] = [];
  for (const [property, value] of Object.entries(settings)) {
    const name = toAttribute.get(property);
    if (name !== undefined) {
      known.set(property, fromText(attributes[name], revealed(value)));
    } else {
      const meant = meantSetting(property, [...toAttribute.keys()]);
      if (meant !== undefined) misspelt.push(misspelling(property, meant));
    }
  }
  const decoded = decodeInputs(attributes, Object.fromEntries(known));
  return { ...decoded, problems: [...decoded.problems, ...misspelt] };
}

function fromText(attribute: Attribute | undefined, value: PropertyValue): PropertyValue {
  const isText = attribute?.type === "string" || typeof value !== "string";
  if (isText) return value;
  try {
    return JSON.parse(value) as PropertyValue;
  } catch {
    return value;
  }
}

/** Ignored, it would send the token to the default instance, or disable a guardrail. */
function misspelling(written: string, meant: string): Diagnostic {
  const summary = `There is no setting "${written}"`;
  return error("unknown-setting", summary, `Write ${meant} instead.`);
}

/**
 * Inputs in which every sensitive value is secret, even if the program did not mark it: they are stored in the state.
 */
export function markSensitive(attributes: Attributes, inputs: PropertyMap): PropertyMap {
  const { toAttribute } = propertyNames(attributes);
  return Object.fromEntries(
    Object.entries(inputs).map(([property, value]) => {
      const attribute = attributes[toAttribute.get(property) ?? ""];
      return [property, attribute === undefined ? value : marked(attribute, value)];
    }),
  );
}

function marked(attribute: Attribute, value: PropertyValue): PropertyValue {
  if (value === null || value instanceof Secret) return value;
  if (attribute.sensitive) return new Secret(value);
  if (!("attributes" in attribute)) return value;
  const isFitting = attribute.type === "objectList" ? isPropertyList(value) : isPropertyMap(value);
  if (!isFitting) return value;
  return mapNested(attribute, value, (item) =>
    isPropertyMap(item as PropertyValue)
      ? markSensitive(attribute.attributes, item as PropertyMap)
      : item,
  ) as PropertyValue;
}

/** The inputs for an object like this one: the settable attributes, unless they have their default. */
export function inputsMaking(attributes: Attributes, state: Fields): PropertyMap {
  return toProperties(attributes, settable(attributes, state));
}

function settable(attributes: Attributes, state: Fields): Fields {
  return Object.fromEntries(
    Object.entries(attributes)
      .filter(([, { required, optional }]) => required || optional)
      .filter(([name, attribute]) => !isDefault(attribute, state[name]))
      .map(([name, attribute]) => [name, settableValue(attribute, state[name] ?? null)]),
  );
}

function isDefault(attribute: Attribute, value: unknown): boolean {
  return "default" in attribute && sameValue(value, attribute.default);
}

function settableValue(attribute: Attribute, value: unknown): unknown {
  if (value === null || !("attributes" in attribute)) return value;
  return mapNested(attribute, value, (item) => settable(attribute.attributes, item as Fields));
}
