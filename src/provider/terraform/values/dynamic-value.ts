import { Decoder, Encoder, ExtensionCodec } from "@msgpack/msgpack";
import { isUnknown, UNKNOWN } from "../../contract";
import type { DynamicValue } from "../protocol/messages";

const UNKNOWN_TYPE = 0;
/** An unknown of which core knows something already, "not null" for instance. We have no use for it. */
const REFINED_UNKNOWN_TYPE = 12;

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

/** A plain value as core reads it; an absent one is null. */
export function encodeDynamic(value: unknown): DynamicValue {
  return { msgpack: encoder.encode(value) };
}

export function decodeDynamic({ msgpack }: DynamicValue): unknown {
  return decoder.decode(msgpack);
}
