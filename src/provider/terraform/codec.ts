import { Decoder, Encoder, ExtensionCodec } from "@msgpack/msgpack";
import {
  isUnknown,
  UNKNOWN,
  type Attribute,
  type Attributes,
  type ConfigOf,
  type PrivateState,
  type Schema,
  type StateOf,
  mapFields,
  type Fields,
} from "../contract";
import { withoutEmptyBlocks, withEmptyBlocks } from "./blocks";
import type { DynamicValue } from "./protocol";

const UNKNOWN_TYPE = 0;
/** An unknown value about which core already knows something, such as "not null". It is not used here. */
const REFINED_UNKNOWN_TYPE = 12;
/** Msgpack's null, which represents an object that does not exist. */
const NIL = 0xc0;

const extensionCodec = new ExtensionCodec();
extensionCodec.register({
  type: UNKNOWN_TYPE,
  encode: (value) => (isUnknown(value) ? new Uint8Array(1) : null),
  decode: () => UNKNOWN,
});
extensionCodec.register({
  type: REFINED_UNKNOWN_TYPE,
  encode: () => null,
  decode: () => UNKNOWN,
});

const encoder = new Encoder({ extensionCodec });
const decoder = new Decoder({ extensionCodec });

/** A plain value as core reads it. An absent one is null. */
export function encodeDynamic(value: unknown): DynamicValue {
  return { msgpack: encoder.encode(value) };
}

export function decodeDynamic({ msgpack }: DynamicValue): unknown {
  return decoder.decode(msgpack);
}

/** Represents an object that does not exist. */
export const NOTHING: DynamicValue = encodeDynamic(null);

export function isNothing({ msgpack }: DynamicValue): boolean {
  return msgpack[0] === NIL;
}

/** Converts values of one schema to and from the wire format. */
export class SchemaCodec<A extends Attributes = Attributes> {
  private readonly hasNumbers: boolean;

  constructor(readonly schema: Schema<A>) {
    this.hasNumbers = holdsNumbers(schema.attributes);
  }

  /** A configuration is never null where this is called. */
  decodeConfig(value: DynamicValue): ConfigOf<A> {
    return this.decode(value) as ConfigOf<A>;
  }

  /** A state, or a configuration in which everything is known, in core's form. */
  decodeState(value: DynamicValue): StateOf<A> | null {
    return this.decode(value) as StateOf<A> | null;
  }

  /** A plan. */
  decodePlanned(value: DynamicValue): ConfigOf<A> | null {
    return this.decode(value) as ConfigOf<A> | null;
  }

  /** With every attribute of the schema, and nothing else. */
  encode(value: Fields): DynamicValue {
    const { attributes } = this.schema;
    return encodeDynamic(withEmptyBlocks(attributes, mapFields(attributes, value, toWire)));
  }

  /** Core sends every attribute of the schema. Most schemas contain no numbers, and need no second walk. */
  private decode(value: DynamicValue): Fields | null {
    const { attributes } = this.schema;
    const decoded = decodeDynamic(value) as Fields | null;
    if (decoded === null) return null;
    const fields = withoutEmptyBlocks(attributes, decoded);
    return this.hasNumbers ? mapFields(attributes, fields, fromWire) : fields;
  }
}

function holdsNumbers(attributes: Attributes): boolean {
  return Object.values(attributes).some((attribute) =>
    "attributes" in attribute ? holdsNumbers(attribute.attributes) : isNumeric(attribute),
  );
}

function isNumeric(attribute: Attribute): boolean {
  return attribute.type === "number" || ("element" in attribute && attribute.element === "number");
}

/*
 * Core computes with decimals of 512 bits and compares them exactly. A fraction is therefore transferred as its decimal
 * string in both directions: as a binary float, 0.1 would come back as another number. Whole numbers are exact up to
 * 2^53.
 */

function toWire(attribute: Attribute, value: unknown): unknown {
  return isNumeric(attribute) ? mapNumbers(value, toWireNumber) : value;
}

function fromWire(attribute: Attribute, value: unknown): unknown {
  return isNumeric(attribute) ? mapNumbers(value, fromWireNumber) : value;
}

function toWireNumber(value: unknown): unknown {
  return typeof value === "number" && !Number.isInteger(value) ? String(value) : value;
}

function fromWireNumber(value: unknown): unknown {
  return typeof value === "string" ? Number(value) : value;
}

/** A number, or every element of a list, set or map of them. */
function mapNumbers(value: unknown, change: (value: unknown) => unknown): unknown {
  if (typeof value !== "object" || value === null) return change(value);
  if (Array.isArray(value)) return value.map(change);
  return Object.fromEntries(Object.entries(value).map(([key, element]) => [key, change(element)]));
}

/** Core stores the bytes without reading them. No bytes mean no private state. */
export function decodePrivate(bytes: Uint8Array | undefined): PrivateState | null {
  if (bytes === undefined || bytes.length === 0) return null;
  return JSON.parse(Buffer.from(bytes).toString()) as PrivateState;
}

/** A provider that does not mention the private state leaves it unchanged. */
export function encodePrivate(
  state: PrivateState | null | undefined,
  before?: Uint8Array,
): Uint8Array | undefined {
  if (state === undefined) return before;
  return state === null ? undefined : Buffer.from(JSON.stringify(state));
}
