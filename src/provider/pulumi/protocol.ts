import {
  field,
  mapOf,
  message,
  optional,
  Protocol,
  repeated,
  type CallsOf,
  type MessageOf,
} from "../host/protobuf";

const struct = (id: number) => optional("Struct", id);
const acceptances = (ids: { secrets: number; resources: number; outputs: number }) => ({
  acceptSecrets: field("bool", ids.secrets),
  acceptResources: field("bool", ids.resources),
  acceptOutputs: field("bool", ids.outputs),
});

/**
 * The part of Pulumi's `provider.proto`, `plugin.proto` and `engine.proto` that this host uses, and of Google's common
 * messages. Fields that the host does not read are left out.
 * @see https://github.com/pulumi/pulumi/tree/master/proto/pulumi
 */
const messages = {
  ProviderHandshakeRequest: message({ engineAddress: optional("string", 1) }),
  ProviderHandshakeResponse: message(acceptances({ secrets: 1, resources: 2, outputs: 3 })),
  GetSchemaRequest: message({ version: optional("int32", 1) }),
  GetSchemaResponse: message({ schema: field("string", 1) }),
  ConfigureRequest: message({ args: struct(2) }),
  ConfigureResponse: message({
    ...acceptances({ secrets: 1, resources: 3, outputs: 4 }),
    supportsPreview: field("bool", 2),
  }),
  InvokeRequest: message({ tok: field("string", 1), args: struct(2) }),
  InvokeResponse: message({ return: struct(1), failures: repeated("CheckFailure", 2) }),
  CheckRequest: message({ urn: field("string", 1), olds: struct(2), news: struct(3) }),
  CheckResponse: message({ inputs: struct(1), failures: repeated("CheckFailure", 2) }),
  /** Without `property` if no single one is the cause. */
  CheckFailure: message({ property: optional("string", 1), reason: field("string", 2) }),
  /** `olds` is the state, not the inputs: these are `oldInputs`. */
  DiffRequest: message({
    id: field("string", 1),
    urn: field("string", 2),
    olds: struct(3),
    news: struct(4),
    ignoreChanges: repeated("string", 5),
    oldInputs: struct(6),
  }),
  DiffResponse: message({
    replaces: repeated("string", 1),
    deleteBeforeReplace: optional("bool", 3),
    /** `NO_CHANGES` or `CHANGES` */
    changes: field("int32", 4),
    diffs: repeated("string", 5),
    detailedDiff: mapOf("PropertyDiff", 6),
    hasDetailedDiff: optional("bool", 7),
  }),
  PropertyDiff: message({
    /** One of `DIFF_KIND`. */
    kind: field("int32", 1),
    /** False: the old value is in the state, not in the old inputs. */
    inputDiff: field("bool", 2),
  }),
  CreateRequest: message({
    urn: field("string", 1),
    properties: struct(2),
    preview: optional("bool", 4),
  }),
  /** The id is empty in a preview. */
  CreateResponse: message({ id: optional("string", 1), properties: struct(2) }),
  /** Without state in an import. */
  ReadRequest: message({
    id: field("string", 1),
    urn: field("string", 2),
    properties: struct(3),
    inputs: struct(4),
  }),
  /** The id is empty for an object that is gone. */
  ReadResponse: message({ id: optional("string", 1), properties: struct(2), inputs: struct(3) }),
  UpdateRequest: message({
    id: field("string", 1),
    urn: field("string", 2),
    olds: struct(3),
    news: struct(4),
    ignoreChanges: repeated("string", 6),
    preview: optional("bool", 7),
    oldInputs: struct(8),
  }),
  UpdateResponse: message({ properties: struct(1) }),
  DeleteRequest: message({
    id: field("string", 1),
    urn: field("string", 2),
    properties: struct(3),
  }),
  /** `limit` is of the whole list and `pageSize` of this call; neither, or 0, is no limit. */
  ListRequest: message({
    token: field("string", 1),
    query: struct(2),
    limit: optional("int64", 3),
    pageSize: optional("int64", 4),
    continuationToken: optional("string", 5),
  }),
  /** One of them: that the list is known only later, an object, or the continuation token. */
  ListResponse: message({
    computed: optional("Empty", 1),
    result: optional("ListResult", 2),
    continuation: optional("ListContinuation", 3),
  }),
  ListResult: message({ id: field("string", 1), name: field("string", 2) }),
  ListContinuation: message({ continuationToken: field("string", 1) }),
  PluginInfo: message({ version: field("string", 1) }),
  PluginAttach: message({ address: field("string", 1) }),
  ErrorResourceInitFailed: message({
    id: field("string", 1),
    properties: struct(2),
    reasons: repeated("string", 3),
    inputs: struct(4),
  }),
  LogRequest: message({
    /** One of `LOG_SEVERITY`. */
    severity: field("int32", 1),
    message: field("string", 2),
    urn: field("string", 3),
  }),

  Empty: message(),
  Struct: message({ fields: mapOf("Value", 1) }),
  /** At most one of them. None means null. */
  Value: message({
    nullValue: optional("int32", 1),
    numberValue: optional("double", 2),
    stringValue: optional("string", 3),
    boolValue: optional("bool", 4),
    structValue: optional("Struct", 5),
    listValue: optional("ListValue", 6),
  }),
  ListValue: message({ values: repeated("Value", 1) }),
  Any: message({ typeUrl: field("string", 1), value: field("bytes", 2) }),
  /** What a failed call carries in its trailer. */
  Status: message({
    code: field("int32", 1),
    message: field("string", 2),
    details: repeated("Any", 3),
  }),
};

export type Message<Name extends keyof typeof messages> = MessageOf<typeof messages, Name>;
export type WireStruct = Message<"Struct">;

export const NO_CHANGES = 1;
export const CHANGES = 2;

export const DIFF_KIND = {
  add: 0,
  addReplace: 1,
  delete: 2,
  deleteReplace: 3,
  update: 4,
  updateReplace: 5,
} as const;

export const LOG_SEVERITY = { debug: 0, info: 1, warning: 2 } as const;

/** grpc-js reports the others (Call, Construct, Parameterize, mappings) as unimplemented. */
const CALLS = {
  Handshake: { request: "ProviderHandshakeRequest", response: "ProviderHandshakeResponse" },
  GetSchema: { request: "GetSchemaRequest", response: "GetSchemaResponse" },
  CheckConfig: { request: "CheckRequest", response: "CheckResponse" },
  DiffConfig: { request: "DiffRequest", response: "DiffResponse" },
  Configure: { request: "ConfigureRequest", response: "ConfigureResponse" },
  Invoke: { request: "InvokeRequest", response: "InvokeResponse" },
  Check: { request: "CheckRequest", response: "CheckResponse" },
  Diff: { request: "DiffRequest", response: "DiffResponse" },
  Create: { request: "CreateRequest", response: "CreateResponse" },
  Read: { request: "ReadRequest", response: "ReadResponse" },
  Update: { request: "UpdateRequest", response: "UpdateResponse" },
  Delete: { request: "DeleteRequest", response: "Empty" },
  Cancel: { request: "Empty", response: "Empty" },
  GetPluginInfo: { request: "Empty", response: "PluginInfo" },
  Attach: { request: "PluginAttach", response: "Empty" },
} as const;

export type ProviderCalls = CallsOf<typeof messages, typeof CALLS>;

const protocol = new Protocol(messages);

export const resourceProviderService = protocol.service("pulumirpc.ResourceProvider", {
  ...CALLS,
  List: { request: "ListRequest", response: "ListResponse", streams: "responses" },
});
/** Served by the engine; called by the host. */
export const engineService = protocol.service("pulumirpc.Engine", {
  Log: { request: "LogRequest", response: "Empty" },
});

export const encodeInitFailed = protocol.serializer("ErrorResourceInitFailed");
export const encodeStatus = protocol.serializer("Status");
