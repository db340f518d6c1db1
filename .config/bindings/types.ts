import type { Attribute, Attributes, Schema } from "../../src/provider/contract";
import { toPropertyName, toTypeName, withoutPrefix } from "../../src/provider/pulumi/names";
import { glsaProvider } from "../../src/resources";

/** A type of the provider, as the generators of bindings see it. */
export interface BoundType {
  /** `glsa_access_token`. */
  readonly typeName: string;
  /** `AccessToken`. */
  readonly name: string;
  readonly schema: Schema;
  /** The objects inside its attributes, innermost first. */
  readonly nested: readonly NestedType[];
}

/** An object inside of attributes. */
export interface NestedType {
  /** `GlsaAccessTokenRotation`. */
  readonly name: string;
  readonly description: string;
  readonly attributes: Attributes;
  /** Whether users write it; else only the provider does. */
  readonly isWritten: boolean;
  readonly isList: boolean;
}

const provider = glsaProvider("0");

/** The provider's settings but for `policy`, which programs write as `Policy.of(scope)`. */
export const SETTINGS: Attributes = Object.fromEntries(
  Object.entries(provider.schema.attributes).filter(([name]) => name !== "policy"),
);
export const RESOURCES = Object.entries(provider.resources).map(boundType);
export const DATA_SOURCES = Object.entries(provider.dataSources).map(boundType);

function boundType([typeName, { schema }]: [string, { readonly schema: Schema }]): BoundType {
  const name = toTypeName(withoutPrefix(provider.name, typeName));
  return { typeName, name, schema, nested: nestedTypes(name, schema.attributes) };
}

function nestedTypes(owner: string, attributes: Attributes): NestedType[] {
  return Object.entries(attributes).flatMap(([name, attribute]) => {
    if (!("attributes" in attribute)) return [];
    const nested: NestedType = {
      name: nestedName(owner, name),
      description: attribute.description,
      attributes: attribute.attributes,
      isWritten: isWritten(attribute),
      isList: attribute.type === "objectList",
    };
    return [...nestedTypes(owner, attribute.attributes), nested];
  });
}

export function nestedName(owner: string, attribute: string): string {
  return `Glsa${owner}${toTypeName(attribute)}`;
}

/** Whether users may or must set it. */
export function isWritten({ required, optional }: Attribute): boolean {
  return required === true || optional === true;
}

export function written(attributes: Attributes): [string, Attribute][] {
  return Object.entries(attributes).filter(([, attribute]) => isWritten(attribute));
}

/** `deliver_to` → `deliverTo`. */
export const propertyName = toPropertyName;

/**
 * A docstring, with what applies where the attribute is not set.
 * @param notes in the place of what the schema says, and where to read more
 */
export function docstring(
  text: string,
  attribute?: Attribute,
  { unset, see }: { readonly unset?: string; readonly see?: string } = {},
): string {
  const fixed = attribute === undefined ? undefined : defaultNote(attribute);
  const fallback = unset === undefined ? fixed : `- ${unset}`;
  const words = inCode(text).replace(/\.$/, "") + ".";
  const tags = [
    ...(fallback === undefined ? [] : [`@default ${fallback}`]),
    ...(see === undefined ? [] : [`@see ${see}`]),
  ];
  if (tags.length === 0) return `/** ${words} */`;
  return `/**\n${[words, ...tags].map((line) => ` * ${line}\n`).join("")} */`;
}

function defaultNote(attribute: Attribute): string | undefined {
  if (attribute.required || !attribute.optional) return undefined;
  if (attribute.unset !== undefined) return `- ${inCode(attribute.unset)}`;
  const fixed = "default" in attribute ? attribute.default : undefined;
  return fixed === undefined || fixed === "" ? "- none" : JSON.stringify(fixed);
}

/** Attributes that a text names, as programs write them. */
function inCode(text: string): string {
  return text
    .replace(/\bglsa_([a-z_]+)\b/g, (_, name: string) => `Glsa${toTypeName(name)}`)
    .replace(/(?<![`\w])[a-z]+(?:_[a-z]+)+(?![`\w])/g, (name) =>
      NAMES.has(name) ? `\`${toPropertyName(name)}\`` : name,
    );
}

const NAMES = new Set(
  [provider.schema, ...[...RESOURCES, ...DATA_SOURCES].map(({ schema }) => schema)].flatMap(
    ({ attributes }) => namesIn(attributes),
  ),
);

function namesIn(attributes: Attributes): string[] {
  return Object.entries(attributes).flatMap(([name, attribute]) => [
    name,
    ...("attributes" in attribute ? namesIn(attribute.attributes) : []),
  ]);
}
