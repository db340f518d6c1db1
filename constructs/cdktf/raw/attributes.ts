/** Values under their Terraform names; those that are undefined are left out. */
export type Attributes = Record<string, unknown>;

/** The attribute that each property becomes; with it, those inside of an object, or of a list or a map of objects. */
export interface AttributeNames {
  readonly [property: string]: string | readonly [string, AttributeNames, "map"?];
}

/** Copies what a program gave, so that a later change of its objects changes nothing here. */
export function toAttributes(names: AttributeNames, given: object): Attributes {
  const values = given as Attributes;
  return Object.fromEntries(
    Object.entries(names).map(([property, name]) => {
      const value = values[property];
      return typeof name === "string" ? [name, copyOf(value)] : [name[0], inside(name, value)];
    }),
  );
}

/** Attributes as cdktf renders them in HCL, where an object is a nested block. In JSON nothing tells the two apart. */
export function inHcl(names: AttributeNames, attributes: Attributes): Attributes {
  const rendered = new Map(Object.entries(attributes));
  for (const name of Object.values(names)) {
    if (typeof name === "string" || attributes[name[0]] === undefined) continue;
    const [attribute, inside, map] = name;
    const value = attributes[attribute];
    if (map === undefined || !isPlain(value)) {
      rendered.set(attribute, asBlock(inside, value));
      continue;
    }
    rendered.delete(attribute);
    for (const [label, block] of Object.entries(value))
      rendered.set(`${attribute} ${JSON.stringify(label)}`, asBlock(inside, [block]));
  }
  return Object.fromEntries(rendered);
}

function asBlock(names: AttributeNames, value: unknown): object {
  const content = (item: unknown) => (isPlain(item) ? inHcl(names, item as Attributes) : item);
  return {
    value: Array.isArray(value) ? value.map(content) : content(value),
    isBlock: true,
    type: "list",
    storageClassType: "list",
  };
}

function inside(
  [attribute, names, map]: readonly [string, AttributeNames, "map"?],
  value: unknown,
): unknown {
  if (Array.isArray(value)) return value.map((item) => inside([attribute, names], item));
  if (!isPlain(value)) return value;
  if (map === undefined) return toAttributes(names, value);
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, inside([attribute, names], item)]),
  );
}

function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return [...(value as unknown[])];
  return isPlain(value) ? { ...value } : value;
}

/** False for what is resolved at synth, such as a token of cdktf. */
export function isPlain(value: unknown): value is object {
  return (
    typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype
  );
}
