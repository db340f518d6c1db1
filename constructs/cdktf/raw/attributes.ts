/** Values under their Terraform names; those that are undefined are left out. */
export type Attributes = Record<string, unknown>;

/** The attribute that each property becomes; with it, those inside of an object or a list of objects. */
export interface AttributeNames {
  readonly [property: string]: string | readonly [string, AttributeNames];
}

/** Copies what a program gave, so that a later change of its objects changes nothing here. */
export function toAttributes(names: AttributeNames, given: object): Attributes {
  const values = given as Attributes;
  return Object.fromEntries(
    Object.entries(names).map(([property, name]) => {
      const value = values[property];
      return typeof name === "string" ? [name, copyOf(value)] : [name[0], inside(name[1], value)];
    }),
  );
}

/** Attributes as cdktf renders them in HCL, where an object is a nested block. In JSON nothing tells the two apart. */
export function inHcl(names: AttributeNames, attributes: Attributes): Attributes {
  const blocks = Object.values(names).flatMap((name) => {
    if (typeof name === "string" || attributes[name[0]] === undefined) return [];
    return [[name[0], asBlock(name[1], attributes[name[0]])]];
  });
  return { ...attributes, ...Object.fromEntries(blocks) };
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

function inside(names: AttributeNames, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => inside(names, item));
  return isPlain(value) ? toAttributes(names, value) : value;
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
