import { isUnknown, UNKNOWN } from "../contract";
import type { Message, WireStruct } from "./protocol";
import { Foreign, isPropertyList, Secret, type PropertyMap, type PropertyValue } from "./values";

/*
 * Pulumi's values are JSON in which an object with this key has a special meaning, and certain strings represent a
 * value that is not known yet.
 * @see https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/sig/sig.go
 */
const SIGNATURE_KEY = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const FOREIGN: ReadonlyMap<string, string> = new Map([
  ["c44067f5952c0a294b673a41bacd8c17", "an asset"],
  ["0def7320c3a5731c473e5ecbe6d01bc7", "an archive"],
  ["5cf8f73096256a8f31e491e813e4eb8e", "a resource"],
]);

/** Written for every unknown value. The others, one for each type, are only read. */
const UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const UNKNOWN_TEXTS: ReadonlySet<string> = new Set([
  UNKNOWN_TEXT,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

export function fromStruct(struct: WireStruct | undefined): PropertyMap {
  return Object.fromEntries(
    Object.entries(struct?.fields ?? {}).map(([name, value]) => [name, fromWire(value)]),
  );
}

export function toStruct(map: PropertyMap): WireStruct {
  return {
    fields: Object.fromEntries(Object.entries(map).map(([name, value]) => [name, toWire(value)])),
  };
}

function fromWire(value: Message<"Value">): PropertyValue {
  const { stringValue, structValue, listValue } = value;
  if (stringValue !== undefined) return UNKNOWN_TEXTS.has(stringValue) ? UNKNOWN : stringValue;
  if (structValue !== undefined) return fromObject(structValue);
  if (listValue !== undefined) return (listValue.values ?? []).map(fromWire);
  return value.numberValue ?? value.boolValue ?? null;
}

function fromObject(struct: WireStruct): PropertyValue {
  const map = fromStruct(struct);
  const signature = map[SIGNATURE_KEY];
  if (typeof signature !== "string") return map;
  if (signature === SECRET) return new Secret(map["value"] ?? null);
  if (signature === OUTPUT) {
    const value = "value" in map ? (map["value"] ?? null) : UNKNOWN;
    return map["secret"] === true ? new Secret(value) : value;
  }
  return new Foreign(FOREIGN.get(signature) ?? "a value of an unknown kind", struct);
}

function toWire(value: PropertyValue): Message<"Value"> {
  if (value === null) return { nullValue: 0 };
  if (isUnknown(value)) return { stringValue: UNKNOWN_TEXT };
  if (typeof value === "string") return { stringValue: value };
  if (typeof value === "number") return { numberValue: value };
  if (typeof value === "boolean") return { boolValue: value };
  if (isPropertyList(value)) return { listValue: { values: value.map(toWire) } };
  if (value instanceof Secret) {
    return { structValue: toStruct({ [SIGNATURE_KEY]: SECRET, value: value.value }) };
  }
  if (value instanceof Foreign) return { structValue: value.wire };
  return { structValue: toStruct(value) };
}
