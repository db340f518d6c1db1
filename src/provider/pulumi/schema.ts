import {
  describe,
  type Attribute,
  type Attributes,
  type DataSourceType,
  type ListType,
  type ProviderType,
  type ResourceType,
} from "../contract";
import { functionToken, propertyNames, resourceToken, toTypeName } from "./names";
import { withoutId } from "./outputs";

/** @see https://www.pulumi.com/docs/iac/guides/building-extending/packages/schema/ */
export interface PackageSchema {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  /** Otherwise a generated SDK requests a provider without a version. */
  readonly language: {
    readonly [language in "nodejs" | "python"]: { readonly respectSchemaVersion: true };
  };
  readonly config: ObjectSpec;
  readonly provider: ResourceSpec;
  readonly types: { readonly [token: string]: TypeSpec };
  readonly resources: { readonly [token: string]: ResourceSpec };
  readonly functions: { readonly [token: string]: FunctionSpec };
}

interface ObjectSpec {
  readonly variables: { readonly [name: string]: PropertySpec };
}

interface ResourceSpec {
  readonly description: string;
  readonly properties?: { readonly [name: string]: PropertySpec };
  readonly required?: readonly string[];
  readonly inputProperties: { readonly [name: string]: PropertySpec };
  readonly requiredInputs: readonly string[];
  /** The arguments of a list of existing objects. Types without them are not listed. */
  readonly listInputs?: TypeSpec;
}

interface FunctionSpec {
  readonly description: string;
  readonly inputs: TypeSpec;
  readonly outputs: TypeSpec;
}

/** Pulumi generates SDKs for other languages from it, checks YAML, and writes documentation. */
export function packageSchema<Context>(
  provider: ProviderType<Context>,
  translate: (text: string) => string,
): PackageSchema {
  const { name, version, schema, resources, dataSources, lists = {} } = provider;
  const types = new TypeTable(name, translate);
  const settings = types.properties("Provider", schema.attributes);
  return {
    name,
    version,
    description: translate(schema.description),
    language: { nodejs: { respectSchemaVersion: true }, python: { respectSchemaVersion: true } },
    config: { variables: settings },
    provider: {
      description: translate(schema.description),
      inputProperties: settings,
      requiredInputs: requiredInputs(schema.attributes),
    },
    resources: Object.fromEntries(
      Object.entries(resources).map(([typeName, type]) => {
        const token = resourceToken(name, typeName);
        const listInputs = listInputsOf(types, token, lists[typeName]);
        return [token, { ...resourceSpec(types, token, type, translate), ...listInputs }];
      }),
    ),
    functions: Object.fromEntries(
      Object.entries(dataSources).map(([typeName, type]) => {
        const token = functionToken(name, typeName);
        return [token, functionSpec(types, token, type, translate)];
      }),
    ),
    types: types.specs,
  };
}

function resourceSpec<Context>(
  types: TypeTable,
  token: string,
  { schema }: ResourceType<Context>,
  translate: (text: string) => string,
): ResourceSpec {
  const attributes = withoutId(schema.attributes);
  const owner = lastPart(token);
  return {
    description: translate(schema.description),
    properties: types.properties(owner, attributes),
    required: alwaysThere(attributes),
    inputProperties: types.properties(owner, inputsOf(attributes)),
    requiredInputs: requiredInputs(attributes),
  };
}

function listInputsOf<Context>(
  types: TypeTable,
  token: string,
  list: ListType<Context> | undefined,
): Pick<ResourceSpec, "listInputs"> {
  if (list === undefined) return {};
  const { attributes } = list.schema;
  return {
    listInputs: {
      type: "object",
      properties: types.properties(`${lastPart(token)}List`, attributes),
      required: requiredInputs(attributes),
    },
  };
}

function functionSpec<Context>(
  types: TypeTable,
  token: string,
  { schema }: DataSourceType<Context>,
  translate: (text: string) => string,
): FunctionSpec {
  const { attributes } = schema;
  const owner = lastPart(token);
  return {
    description: translate(schema.description),
    inputs: {
      type: "object",
      properties: types.properties(owner, inputsOf(attributes)),
      required: requiredInputs(attributes),
    },
    outputs: {
      type: "object",
      properties: types.properties(owner, attributes),
      required: alwaysThere(attributes),
    },
  };
}

function lastPart(token: string): string {
  const name = token.slice(token.lastIndexOf(":") + 1);
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function inputsOf(attributes: Attributes): Attributes {
  return Object.fromEntries(
    Object.entries(attributes).filter(([, { required, optional }]) => required || optional),
  );
}

function requiredInputs(attributes: Attributes): string[] {
  return named(attributes, ([, { required }]) => required === true);
}

/** The properties that an object always has: required ones, and those with a default. */
function alwaysThere(attributes: Attributes): string[] {
  return named(
    attributes,
    ([, attribute]) =>
      attribute.required === true || ("default" in attribute && attribute.default !== undefined),
  );
}

function named(
  attributes: Attributes,
  is: (entry: [string, Attributes[string]]) => boolean,
): string[] {
  const { toProperty } = propertyNames(attributes);
  return Object.entries(attributes)
    .filter(is)
    .map(([name]) => toProperty.get(name) ?? name);
}

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

  /** `owner` is the prefix of the names of nested types. */
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
      case "objectMap":
        return {
          type: "object",
          additionalProperties: this.named(typeName, attribute.attributes),
        };
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
