import type { Attribute, AttributePath, Attributes } from "../contract";

/** `expires_at` → `expiresAt`: Pulumi's spelling of an attribute's name. */
export function toPropertyName(attribute: string): string {
  return attribute.replace(/(?<=.)_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** `service_account` → `ServiceAccount`. */
export function toTypeName(name: string): string {
  const property = toPropertyName(name);
  return property.charAt(0).toUpperCase() + property.slice(1);
}

/** The names of one object's attributes, both ways. */
export interface PropertyNames {
  readonly toProperty: ReadonlyMap<string, string>;
  readonly toAttribute: ReadonlyMap<string, string>;
}

const known = new WeakMap<Attributes, PropertyNames>();

export function propertyNames(attributes: Attributes): PropertyNames {
  const present = known.get(attributes);
  if (present !== undefined) return present;
  const made = pairNames(Object.keys(attributes));
  known.set(attributes, made);
  return made;
}

function pairNames(names: readonly string[]): PropertyNames {
  const pairs = names.map((name) => [name, toPropertyName(name)] as const);
  const toAttribute = new Map(pairs.map(([name, property]) => [property, name]));
  if (toAttribute.size < names.length) {
    throw new Error(`Two of ${names.join(", ")} have the same name as properties.`);
  }
  return { toProperty: new Map(pairs), toAttribute };
}

/** `x_thing` of the provider `x` → `x:index:Thing`. */
export function resourceToken(provider: string, typeName: string): string {
  return `${provider}:index:${toTypeName(withoutPrefix(provider, typeName))}`;
}

/** `x_thing` of the provider `x` → `x:index:getThing`. */
export function functionToken(provider: string, typeName: string): string {
  return `${provider}:index:get${toTypeName(withoutPrefix(provider, typeName))}`;
}

export function withoutPrefix(provider: string, typeName: string): string {
  return typeName.startsWith(`${provider}_`) ? typeName.slice(provider.length + 1) : typeName;
}

/** Where a property is, as Pulumi writes it: `deliverTo[0].ciVariable.key`. */
export function toPropertyPath(path: AttributePath, attributes: Attributes): string {
  let scope: Attribute | { readonly attributes: Attributes } | undefined = { attributes };
  let text = "";
  for (const step of path) {
    if (typeof step === "number") {
      text += `[${step}]`;
      continue;
    }
    // The names of entries are the user's own.
    const isEntry: boolean = scope !== undefined && "type" in scope && scope.type === "objectMap";
    const isAttribute: boolean = !isEntry && scope !== undefined && "attributes" in scope;
    text = joinPath(text, isAttribute ? toPropertyName(step) : step);
    if (isEntry) scope = { attributes: (scope as { attributes: Attributes }).attributes };
    else scope = scope !== undefined && "attributes" in scope ? scope.attributes[step] : undefined;
  }
  return text;
}

/** The path of a key, in brackets where it is no plain word. */
export function joinPath(path: string, key: string): string {
  if (!/^[A-Za-z_$][\w$]*$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === "" ? key : `${path}.${key}`;
}

/** The reverse, for paths that users write. `*` matches every element. */
export function parsePropertyPath(text: string): (string | number)[] {
  const steps = text.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+|\*)\]|([^.[\]]+)/g);
  return [...steps].map(([, quoted, index, key]) => {
    if (quoted !== undefined) return quoted.replace(/\\(.)/g, "$1");
    if (index !== undefined) return index === "*" ? "*" : Number(index);
    return key ?? "";
  });
}
