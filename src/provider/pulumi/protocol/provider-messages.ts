import { field, mapOf, message, repeated, type Message } from "../../host/fields";

const struct = (id: number) => field(".google.protobuf.Struct", id);

/**
 * The part of Pulumi's `provider.proto`, `plugin.proto` and `engine.proto` that this host speaks. Only numbers and
 * types travel, so enums are integers here, and what the host does not read is left out.
 *
 * @see https://github.com/pulumi/pulumi/tree/master/proto/pulumi
 */
export const pulumiMessages: { readonly [name: string]: Message } = {
  ProviderHandshakeRequest: message({ engineAddress: field("string", 1) }),
  ProviderHandshakeResponse: message(capabilities({ secrets: 1, resources: 2, outputs: 3 })),
  GetSchemaRequest: message({ version: field("int32", 1) }),
  GetSchemaResponse: message({ schema: field("string", 1) }),
  ConfigureRequest: message({ args: struct(2) }),
  ConfigureResponse: message({
    ...capabilities({ secrets: 1, resources: 3, outputs: 4 }),
    supportsPreview: field("bool", 2),
  }),
  InvokeRequest: message({ tok: field("string", 1), args: struct(2) }),
  InvokeResponse: message({ return: struct(1), failures: repeated("CheckFailure", 2) }),
  CheckRequest: message({ urn: field("string", 1), olds: struct(2), news: struct(3) }),
  CheckResponse: message({ inputs: struct(1), failures: repeated("CheckFailure", 2) }),
  CheckFailure: message({ property: field("string", 1), reason: field("string", 2) }),
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
    deleteBeforeReplace: field("bool", 3),
    changes: field("int32", 4),
    diffs: repeated("string", 5),
    detailedDiff: mapOf("PropertyDiff", 6),
    hasDetailedDiff: field("bool", 7),
  }),
  PropertyDiff: message({ kind: field("int32", 1), inputDiff: field("bool", 2) }),
  CreateRequest: message({
    urn: field("string", 1),
    properties: struct(2),
    preview: field("bool", 4),
  }),
  CreateResponse: message({ id: field("string", 1), properties: struct(2) }),
  ReadRequest: message({
    id: field("string", 1),
    urn: field("string", 2),
    properties: struct(3),
    inputs: struct(4),
  }),
  ReadResponse: message({ id: field("string", 1), properties: struct(2), inputs: struct(3) }),
  UpdateRequest: message({
    id: field("string", 1),
    urn: field("string", 2),
    olds: struct(3),
    news: struct(4),
    ignoreChanges: repeated("string", 6),
    preview: field("bool", 7),
    oldInputs: struct(8),
  }),
  UpdateResponse: message({ properties: struct(1) }),
  DeleteRequest: message({
    id: field("string", 1),
    urn: field("string", 2),
    properties: struct(3),
  }),
  PluginInfo: message({ version: field("string", 1) }),
  PluginAttach: message({ address: field("string", 1) }),
  ErrorResourceInitFailed: message({
    id: field("string", 1),
    properties: struct(2),
    reasons: repeated("string", 3),
    inputs: struct(4),
  }),
  LogRequest: message({
    severity: field("int32", 1),
    message: field("string", 2),
    urn: field("string", 3),
  }),
};

function capabilities(ids: { secrets: number; resources: number; outputs: number }) {
  return {
    acceptSecrets: field("bool", ids.secrets),
    acceptResources: field("bool", ids.resources),
    acceptOutputs: field("bool", ids.outputs),
  };
}
