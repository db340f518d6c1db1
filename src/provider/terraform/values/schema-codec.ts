import type { Attributes, ConfigOf, Schema, StateOf } from "../../contract";
import type { DynamicValue } from "../protocol/messages";
import { conform, type Fields } from "./conform";
import { decodeDynamic, encodeDynamic } from "./dynamic-value";
import { holdsNumbers, revive } from "./revive";

/** Values of one schema, to and from the wire. */
export class SchemaCodec<A extends Attributes = Attributes> {
  private readonly hasNumbers: boolean;

  constructor(readonly schema: Schema<A>) {
    this.hasNumbers = holdsNumbers(schema.attributes);
  }

  /** A configuration is never null where this is called. */
  decodeConfig(value: DynamicValue): ConfigOf<A> {
    return this.decode(value) as ConfigOf<A>;
  }

  /** What core calls a state, or a configuration in which everything is known. */
  decodeState(value: DynamicValue): StateOf<A> | null {
    return this.decode(value) as StateOf<A> | null;
  }

  /** A plan. */
  decodePlanned(value: DynamicValue): ConfigOf<A> | null {
    return this.decode(value) as ConfigOf<A> | null;
  }

  encode(value: Fields): DynamicValue {
    return encodeDynamic(conform(this.schema.attributes, value));
  }

  private decode(value: DynamicValue): Fields | null {
    const decoded = decodeDynamic(value) as Fields | null;
    if (decoded === null || !this.hasNumbers) return decoded;
    return revive(this.schema.attributes, decoded);
  }
}

/** What stands for an object that does not exist. */
export const NOTHING: DynamicValue = encodeDynamic(null);
