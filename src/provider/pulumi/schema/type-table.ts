import { describe, type Attribute, type Attributes } from "../../contract";
import { propertyNames, toTypeName } from "../names";

export interface TypeReference {
  readonly type?: "string" | "number" | "boolean" | "array" | "object";
  readonly items?: TypeReference;
  readonly additionalProperties?: TypeReference;
  readonly $ref?: string;
}

export interface PropertySpec extends TypeReference {
  readonly description: string;
  readonly secret?: true;
  readonly deprecationMessage?: string;
}

export interface TypeSpec {
  readonly type: "object";
  readonly description?: string;
  readonly properties: { readonly [name: string]: PropertySpec };
  readonly required: readonly string[];
}

/** The named types of a package: objects inside properties must have a name of their own. */
export class TypeTable {
  readonly specs: Record<string, TypeSpec> = {};

  constructor(
    private readonly packageName: string,
    private readonly translate: (text: string) => string,
  ) {}

  /** `owner` begins the names of the types that are found inside. */
  properties(owner: string, attributes: Attributes): Record<string, PropertySpec> {
    const { toProperty } = propertyNames(attributes);
    return Object.fromEntries(
      Object.entries(attributes)
        .sort(([left], [right]) => (left < right ? -1 : 1))
        .map(([name, attribute]) => [
          toProperty.get(name) ?? name,
          this.property(`${owner}${toTypeName(name)}`, attribute),
        ]),
    );
  }

  private property(typeName: string, attribute: Attribute): PropertySpec {
    return {
      ...this.reference(typeName, attribute),
      description: this.translate(describe(attribute)),
      ...(attribute.sensitive && { secret: true }),
      ...(attribute.deprecated && { deprecationMessage: this.translate(attribute.description) }),
    };
  }

  private reference(typeName: string, attribute: Attribute): TypeReference {
    switch (attribute.type) {
      case "object":
        return this.named(typeName, attribute.attributes);
      case "objectList":
        return { type: "array", items: this.named(typeName, attribute.attributes) };
      case "list":
      case "set":
        return { type: "array", items: { type: attribute.element } };
      case "map":
        return { type: "object", additionalProperties: { type: attribute.element } };
      default:
        return { type: attribute.type };
    }
  }

  private named(typeName: string, attributes: Attributes): TypeReference {
    const token = `${this.packageName}:index:${typeName}`;
    const { toProperty } = propertyNames(attributes);
    this.specs[token] ??= {
      type: "object",
      properties: this.properties(typeName, attributes),
      required: Object.entries(attributes)
        .filter(([, { required }]) => required)
        .map(([name]) => toProperty.get(name) ?? name),
    };
    return { $ref: `#/types/${token}` };
  }
}
