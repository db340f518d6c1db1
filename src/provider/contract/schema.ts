import type { Unknown } from "./values";

/** What a schema defines for an attribute of any type. */
export interface AttributeFlags {
  readonly description: string;
  /** The user must set it. */
  readonly required?: boolean;
  /** The user may set it. Together with `computed`: the provider fills it in if the user does not. */
  readonly optional?: boolean;
  readonly computed?: boolean;
  /** Engines hide it in their output. Terraform still keeps it in clear text in the state. */
  readonly sensitive?: boolean;
  readonly deprecated?: boolean;
  /** What applies if it is not set and the schema has no default, as a phrase: `the username`. */
  readonly unset?: string;
  /** A computed value that may be null. */
  readonly nullable?: boolean;
}

export interface StringAttribute extends AttributeFlags {
  readonly type: "string";
  readonly default?: string;
  /** The only allowed values. */
  readonly values?: readonly string[];
}

export interface NumberAttribute extends AttributeFlags {
  readonly type: "number";
  readonly default?: number;
}

export interface BooleanAttribute extends AttributeFlags {
  readonly type: "boolean";
  readonly default?: boolean;
}

/** A set has no order and no duplicates. The host compares it accordingly. */
export interface CollectionAttribute extends AttributeFlags {
  readonly type: "list" | "set" | "map";
  readonly element: "string" | "number";
}

export interface ObjectAttribute extends AttributeFlags {
  readonly type: "object";
  readonly attributes: Attributes;
}

export interface ObjectListAttribute extends AttributeFlags {
  readonly type: "objectList";
  readonly attributes: Attributes;
}

/** Objects by names that users choose. */
export interface ObjectMapAttribute extends AttributeFlags {
  readonly type: "objectMap";
  readonly attributes: Attributes;
}

export type Attribute =
  | StringAttribute
  | NumberAttribute
  | BooleanAttribute
  | CollectionAttribute
  | ObjectAttribute
  | ObjectListAttribute
  | ObjectMapAttribute;

export type Attributes = { readonly [name: string]: Attribute };

/** Attributes that contain objects. */
export type NestedAttribute = ObjectAttribute | ObjectListAttribute | ObjectMapAttribute;

/** Objects that users write. Engines that can refuse a misspelled name inside of them do so. */
export function isBlock(attribute: Attribute): attribute is NestedAttribute {
  return "attributes" in attribute && Boolean(attribute.required ?? attribute.optional);
}

export interface Schema<A extends Attributes = Attributes> {
  /** Version of the state's shape. Raised when old states need `upgrade`. */
  readonly version: number;
  readonly description: string;
  readonly attributes: A;
}

/** Keeps the literal types of the attributes, so that values can be typed from the schema. */
export function defineSchema<const A extends Attributes>(schema: Schema<A>): Schema<A> {
  return schema;
}

/** The same for attributes that several schemas share. */
export function defineAttributes<const A extends Attributes>(attributes: A): A {
  return attributes;
}

type Primitive<T> = T extends "string" ? string : T extends "number" ? number : boolean;

type Bare<T extends Attribute, Extra> = T extends CollectionAttribute
  ? T["type"] extends "map"
    ? { [key: string]: Primitive<T["element"]> | Extra }
    : (Primitive<T["element"]> | Extra)[]
  : T extends ObjectAttribute
    ? Values<T["attributes"], Extra>
    : T extends ObjectListAttribute
      ? (Values<T["attributes"], Extra> | Extra)[]
      : T extends ObjectMapAttribute
        ? { [key: string]: Values<T["attributes"], Extra> | Extra }
        : Primitive<T["type"]>;

type Values<A extends Attributes, Extra> = {
  -readonly [K in keyof A]:
    Bare<A[K], Extra> | Extra | (A[K]["required"] extends true ? never : null);
};

/** Values as the engine stores them: nothing is unknown, and absent values are null. */
export type StateOf<A extends Attributes> = Values<A, never>;

/** Values of a configuration or a plan: any of them may be unknown. */
export type ConfigOf<A extends Attributes> = Values<A, Unknown>;

/** The description with what applies if the attribute is not set, for readers who do not see the schema. */
export function describe(attribute: Attribute): string {
  const fixed = "default" in attribute ? attribute.default : undefined;
  const fallback = attribute.unset ?? (fixed === "" ? undefined : fixed);
  return fallback === undefined
    ? attribute.description
    : `${attribute.description} Defaults to ${fallback}.`;
}
