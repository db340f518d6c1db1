import { field, mapOf, message, repeated, type Message } from "../../host/fields";

/** Without their `oneof`s: a field that is not on the wire is absent all the same. */
export const wellKnownMessages: { readonly [name: string]: Message } = {
  Empty: message(),
  Struct: message({ fields: mapOf("Value", 1) }),
  Value: message({
    nullValue: field("int32", 1),
    numberValue: field("double", 2),
    stringValue: field("string", 3),
    boolValue: field("bool", 4),
    structValue: field("Struct", 5),
    listValue: field("ListValue", 6),
  }),
  ListValue: message({ values: repeated("Value", 1) }),
  Any: message({ typeUrl: field("string", 1), value: field("bytes", 2) }),
};

/** What a failed call carries in its trailer. */
export const rpcMessages: { readonly [name: string]: Message } = {
  Status: message({
    code: field("int32", 1),
    message: field("string", 2),
    details: repeated(".google.protobuf.Any", 3),
  }),
};
