import { field, mapOf, message, repeated, type Message } from "../../host/fields";

/**
 * The part of `tfplugin6.proto` that this host speaks. Only numbers and types travel, so nested messages
 * stand flat here, names are written the JavaScript way, and enums are integers.
 *
 * @see https://github.com/hashicorp/terraform/blob/main/docs/plugin-protocol/tfplugin6.proto
 */
export const providerMessages: { readonly [name: string]: Message } = {
  DynamicValue: message({ msgpack: field("bytes", 1) }),
  RawState: message({ json: field("bytes", 1) }),
  Diagnostic: message({
    severity: field("int32", 1),
    summary: field("string", 2),
    detail: field("string", 3),
    attribute: field("AttributePath", 4),
  }),
  AttributePath: message({ steps: repeated("AttributePathStep", 1) }),
  AttributePathStep: message({
    attributeName: field("string", 1),
    elementKeyString: field("string", 2),
    elementKeyInt: field("int64", 3),
  }),

  Schema: message({ version: field("int64", 1), block: field("SchemaBlock", 2) }),
  SchemaBlock: message({
    version: field("int64", 1),
    attributes: repeated("SchemaAttribute", 2),
    description: field("string", 4),
  }),
  SchemaAttribute: message({
    name: field("string", 1),
    type: field("bytes", 2),
    description: field("string", 3),
    required: field("bool", 4),
    optional: field("bool", 5),
    computed: field("bool", 6),
    sensitive: field("bool", 7),
    deprecated: field("bool", 9),
    nestedType: field("SchemaObject", 10),
  }),
  SchemaObject: message({
    attributes: repeated("SchemaAttribute", 1),
    nesting: field("int32", 3),
  }),
  ServerCapabilities: message({
    planDestroy: field("bool", 1),
    getProviderSchemaOptional: field("bool", 2),
    moveResourceState: field("bool", 3),
  }),
  Function: message(),
  ImportedResource: message({
    typeName: field("string", 1),
    state: field("DynamicValue", 2),
    private: field("bytes", 3),
  }),

  GetProviderSchemaRequest: message(),
  GetProviderSchemaResponse: message({
    provider: field("Schema", 1),
    resourceSchemas: mapOf("Schema", 2),
    dataSourceSchemas: mapOf("Schema", 3),
    diagnostics: repeated("Diagnostic", 4),
    serverCapabilities: field("ServerCapabilities", 6),
    ephemeralResourceSchemas: mapOf("Schema", 8),
  }),
  GetFunctionsRequest: message(),
  GetFunctionsResponse: message({ functions: mapOf("Function", 1) }),
  ValidateProviderConfigRequest: message({ config: field("DynamicValue", 1) }),
  ValidateProviderConfigResponse: message({ diagnostics: repeated("Diagnostic", 2) }),
  ConfigureProviderRequest: message({ config: field("DynamicValue", 2) }),
  ConfigureProviderResponse: message({ diagnostics: repeated("Diagnostic", 1) }),
  StopProviderRequest: message(),
  StopProviderResponse: message({ error: field("string", 1) }),

  ValidateResourceConfigRequest: typedConfig(),
  ValidateResourceConfigResponse: message({ diagnostics: repeated("Diagnostic", 1) }),
  UpgradeResourceStateRequest: message({
    typeName: field("string", 1),
    rawState: field("RawState", 3),
  }),
  UpgradeResourceStateResponse: message({
    upgradedState: field("DynamicValue", 1),
    diagnostics: repeated("Diagnostic", 2),
  }),
  ReadResourceRequest: message({
    typeName: field("string", 1),
    currentState: field("DynamicValue", 2),
    private: field("bytes", 3),
  }),
  ReadResourceResponse: message({
    newState: field("DynamicValue", 1),
    diagnostics: repeated("Diagnostic", 2),
    private: field("bytes", 3),
  }),
  PlanResourceChangeRequest: message({
    typeName: field("string", 1),
    priorState: field("DynamicValue", 2),
    proposedNewState: field("DynamicValue", 3),
    config: field("DynamicValue", 4),
    priorPrivate: field("bytes", 5),
  }),
  PlanResourceChangeResponse: message({
    plannedState: field("DynamicValue", 1),
    requiresReplace: repeated("AttributePath", 2),
    plannedPrivate: field("bytes", 3),
    diagnostics: repeated("Diagnostic", 4),
  }),
  ApplyResourceChangeRequest: message({
    typeName: field("string", 1),
    priorState: field("DynamicValue", 2),
    plannedState: field("DynamicValue", 3),
    config: field("DynamicValue", 4),
    plannedPrivate: field("bytes", 5),
  }),
  ApplyResourceChangeResponse: message({
    newState: field("DynamicValue", 1),
    private: field("bytes", 2),
    diagnostics: repeated("Diagnostic", 3),
  }),
  ImportResourceStateRequest: message({ typeName: field("string", 1), id: field("string", 2) }),
  ImportResourceStateResponse: message({
    importedResources: repeated("ImportedResource", 1),
    diagnostics: repeated("Diagnostic", 2),
  }),
  MoveResourceStateRequest: message({
    sourceProviderAddress: field("string", 1),
    sourceTypeName: field("string", 2),
    sourceSchemaVersion: field("int64", 3),
    sourceState: field("RawState", 4),
    targetTypeName: field("string", 5),
  }),
  MoveResourceStateResponse: message({
    targetState: field("DynamicValue", 1),
    diagnostics: repeated("Diagnostic", 2),
    targetPrivate: field("bytes", 3),
  }),

  ValidateDataResourceConfigRequest: typedConfig(),
  ValidateDataResourceConfigResponse: message({ diagnostics: repeated("Diagnostic", 1) }),
  ReadDataSourceRequest: typedConfig(),
  ReadDataSourceResponse: message({
    state: field("DynamicValue", 1),
    diagnostics: repeated("Diagnostic", 2),
  }),

  ValidateEphemeralResourceConfigRequest: typedConfig(),
  ValidateEphemeralResourceConfigResponse: message({ diagnostics: repeated("Diagnostic", 1) }),
  OpenEphemeralResourceRequest: typedConfig(),
  OpenEphemeralResourceResponse: message({
    diagnostics: repeated("Diagnostic", 1),
    result: field("DynamicValue", 3),
    private: field("bytes", 4),
  }),
  CloseEphemeralResourceRequest: message({
    typeName: field("string", 1),
    private: field("bytes", 2),
  }),
  CloseEphemeralResourceResponse: message({ diagnostics: repeated("Diagnostic", 1) }),
};

function typedConfig(): Message {
  return message({ typeName: field("string", 1), config: field("DynamicValue", 2) });
}
