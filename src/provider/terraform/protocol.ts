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

const diagnostics = (id: number) => repeated("Diagnostic", id);
const findings = (id: number) => message({ diagnostics: diagnostics(id) });
const typedConfig = message({ typeName: field("string", 1), config: field("DynamicValue", 2) });
const actionConfig = message({
  actionType: field("string", 1),
  config: field("DynamicValue", 2),
});
const nothing = message();

/**
 * The part of `tfplugin6.proto` that this host uses, and of go-plugin's own services. This host sends nothing over
 * go-plugin's broker nor over its stdio (its output goes to stderr), so their messages need no fields.
 * @see https://github.com/hashicorp/terraform/blob/main/docs/plugin-protocol/tfplugin6.proto
 * @see https://github.com/hashicorp/go-plugin/tree/main/internal/plugin
 * @see https://github.com/grpc/grpc/blob/master/doc/health-checking.md
 */
const messages = {
  /** A value in cty's msgpack form. */
  DynamicValue: message({ msgpack: field("bytes", 1) }),
  /** Without `json` only if a Terraform before 0.12 wrote it. */
  RawState: message({ json: optional("bytes", 1) }),
  Diagnostic: message({
    /** 1 error, 2 warning */
    severity: field("int32", 1),
    summary: field("string", 2),
    detail: field("string", 3),
    attribute: optional("AttributePath", 4),
  }),
  AttributePath: message({ steps: repeated("AttributePathStep", 1) }),
  /** One of the three. */
  AttributePathStep: message({
    attributeName: optional("string", 1),
    elementKeyString: optional("string", 2),
    elementKeyInt: optional("int64", 3),
  }),

  Schema: message({ version: field("int64", 1), block: field("SchemaBlock", 2) }),
  ActionSchema: message({ schema: field("Schema", 1) }),
  SchemaBlock: message({
    version: field("int64", 1),
    attributes: repeated("SchemaAttribute", 2),
    blockTypes: repeated("SchemaNestedBlock", 3),
    description: field("string", 4),
  }),
  SchemaNestedBlock: message({
    typeName: field("string", 1),
    block: field("SchemaBlock", 2),
    /** 1 single, 2 list, 4 map */
    nesting: field("int32", 3),
  }),
  SchemaAttribute: message({
    name: field("string", 1),
    /** In cty's JSON form. Absent if `nestedType` is set. */
    type: optional("bytes", 2),
    description: field("string", 3),
    required: field("bool", 4),
    optional: field("bool", 5),
    computed: field("bool", 6),
    sensitive: field("bool", 7),
    deprecated: field("bool", 9),
    nestedType: optional("SchemaObject", 10),
  }),
  SchemaObject: message({
    attributes: repeated("SchemaAttribute", 1),
    /** 1 single, 2 list */
    nesting: field("int32", 3),
  }),
  ResourceIdentitySchema: message({
    version: field("int64", 1),
    identityAttributes: repeated("IdentityAttribute", 2),
  }),
  IdentityAttribute: message({
    name: field("string", 1),
    type: field("bytes", 2),
    requiredForImport: field("bool", 3),
    optionalForImport: field("bool", 4),
    description: field("string", 5),
  }),
  ResourceIdentityData: message({ identityData: optional("DynamicValue", 1) }),
  ServerCapabilities: message({
    planDestroy: field("bool", 1),
    getProviderSchemaOptional: field("bool", 2),
    moveResourceState: field("bool", 3),
    generateResourceConfig: field("bool", 4),
  }),
  Function: nothing,
  ImportedResource: message({
    typeName: field("string", 1),
    state: field("DynamicValue", 2),
    private: optional("bytes", 3),
    identity: optional("ResourceIdentityData", 4),
  }),

  GetResourceIdentitySchemasRequest: nothing,
  GetResourceIdentitySchemasResponse: message({
    identitySchemas: mapOf("ResourceIdentitySchema", 1),
    diagnostics: diagnostics(2),
  }),
  UpgradeResourceIdentityRequest: message({
    typeName: field("string", 1),
    rawIdentity: field("RawState", 3),
  }),
  UpgradeResourceIdentityResponse: message({
    upgradedIdentity: optional("ResourceIdentityData", 1),
    diagnostics: diagnostics(2),
  }),
  GetProviderSchemaRequest: nothing,
  GetProviderSchemaResponse: message({
    provider: field("Schema", 1),
    resourceSchemas: mapOf("Schema", 2),
    dataSourceSchemas: mapOf("Schema", 3),
    diagnostics: diagnostics(4),
    serverCapabilities: field("ServerCapabilities", 6),
    ephemeralResourceSchemas: mapOf("Schema", 8),
    listResourceSchemas: mapOf("Schema", 9),
    actionSchemas: mapOf("ActionSchema", 11),
  }),
  GetFunctionsRequest: nothing,
  GetFunctionsResponse: message({ functions: mapOf("Function", 1) }),
  ValidateProviderConfigRequest: message({ config: field("DynamicValue", 1) }),
  ValidateProviderConfigResponse: findings(2),
  ConfigureProviderRequest: message({ config: field("DynamicValue", 2) }),
  ConfigureProviderResponse: findings(1),
  StopProviderRequest: nothing,
  StopProviderResponse: message({ error: optional("string", 1) }),

  ValidateResourceConfigRequest: typedConfig,
  ValidateResourceConfigResponse: findings(1),
  UpgradeResourceStateRequest: message({
    typeName: field("string", 1),
    rawState: field("RawState", 3),
  }),
  UpgradeResourceStateResponse: message({
    upgradedState: optional("DynamicValue", 1),
    diagnostics: diagnostics(2),
  }),
  ReadResourceRequest: message({
    typeName: field("string", 1),
    currentState: field("DynamicValue", 2),
    private: optional("bytes", 3),
    currentIdentity: optional("ResourceIdentityData", 6),
  }),
  ReadResourceResponse: message({
    newState: optional("DynamicValue", 1),
    diagnostics: diagnostics(2),
    private: optional("bytes", 3),
    newIdentity: optional("ResourceIdentityData", 5),
  }),
  PlanResourceChangeRequest: message({
    typeName: field("string", 1),
    priorState: field("DynamicValue", 2),
    proposedNewState: field("DynamicValue", 3),
    config: field("DynamicValue", 4),
    priorPrivate: optional("bytes", 5),
    priorIdentity: optional("ResourceIdentityData", 8),
  }),
  PlanResourceChangeResponse: message({
    plannedState: optional("DynamicValue", 1),
    requiresReplace: repeated("AttributePath", 2),
    plannedPrivate: optional("bytes", 3),
    diagnostics: diagnostics(4),
    plannedIdentity: optional("ResourceIdentityData", 7),
  }),
  ApplyResourceChangeRequest: message({
    typeName: field("string", 1),
    priorState: field("DynamicValue", 2),
    plannedState: field("DynamicValue", 3),
    config: field("DynamicValue", 4),
    plannedPrivate: optional("bytes", 5),
    plannedIdentity: optional("ResourceIdentityData", 7),
  }),
  ApplyResourceChangeResponse: message({
    newState: optional("DynamicValue", 1),
    private: optional("bytes", 2),
    diagnostics: diagnostics(3),
    newIdentity: optional("ResourceIdentityData", 5),
  }),
  ImportResourceStateRequest: message({
    typeName: field("string", 1),
    /** Empty if the identity is given instead. */
    id: optional("string", 2),
    identity: optional("ResourceIdentityData", 4),
  }),
  ImportResourceStateResponse: message({
    importedResources: repeated("ImportedResource", 1),
    diagnostics: diagnostics(2),
  }),
  MoveResourceStateRequest: message({
    /** Host, namespace and type. */
    sourceProviderAddress: field("string", 1),
    sourceTypeName: field("string", 2),
    sourceSchemaVersion: optional("int64", 3),
    sourceState: optional("RawState", 4),
    targetTypeName: field("string", 5),
  }),
  MoveResourceStateResponse: message({
    targetState: optional("DynamicValue", 1),
    diagnostics: diagnostics(2),
    targetPrivate: optional("bytes", 3),
  }),

  ValidateDataResourceConfigRequest: typedConfig,
  ValidateDataResourceConfigResponse: findings(1),
  ReadDataSourceRequest: typedConfig,
  ReadDataSourceResponse: message({
    state: optional("DynamicValue", 1),
    diagnostics: diagnostics(2),
  }),

  ValidateEphemeralResourceConfigRequest: typedConfig,
  ValidateEphemeralResourceConfigResponse: findings(1),
  OpenEphemeralResourceRequest: typedConfig,
  OpenEphemeralResourceResponse: message({
    diagnostics: diagnostics(1),
    result: optional("DynamicValue", 3),
    private: optional("bytes", 4),
  }),
  CloseEphemeralResourceRequest: message({
    typeName: field("string", 1),
    private: optional("bytes", 2),
  }),
  CloseEphemeralResourceResponse: findings(1),

  ValidateListResourceConfigRequest: typedConfig,
  ValidateListResourceConfigResponse: findings(1),
  ListResourceRequest: message({
    typeName: field("string", 1),
    config: field("DynamicValue", 2),
    includeResourceObject: optional("bool", 3),
    limit: optional("int64", 4),
  }),
  /** One object, or an error, after which nothing follows. */
  ListResourceEvent: message({
    identity: optional("ResourceIdentityData", 1),
    displayName: optional("string", 2),
    resourceObject: optional("DynamicValue", 3),
    diagnostic: diagnostics(4),
  }),
  GenerateResourceConfigRequest: message({
    typeName: field("string", 1),
    state: field("DynamicValue", 2),
  }),
  GenerateResourceConfigResponse: message({
    config: optional("DynamicValue", 1),
    diagnostics: diagnostics(2),
  }),

  ValidateActionConfigRequest: typedConfig,
  ValidateActionConfigResponse: findings(1),
  PlanActionRequest: actionConfig,
  PlanActionResponse: findings(1),
  InvokeActionRequest: actionConfig,
  /** One of both; the second one ends it. */
  InvokeActionEvent: message({
    progress: optional("ActionProgress", 1),
    completed: optional("ActionCompleted", 2),
  }),
  ActionProgress: message({ message: field("string", 1) }),
  ActionCompleted: findings(1),

  Empty: nothing,
  HealthCheckRequest: nothing,
  HealthCheckResponse: message({ status: field("int32", 1) }),
};

export type Message<Name extends keyof typeof messages> = MessageOf<typeof messages, Name>;
export type DynamicValue = Message<"DynamicValue">;

/** What nearly every response contains. */
export type Response = Message<"ConfigureProviderResponse">;

const CALLS = [
  "GetProviderSchema",
  "GetFunctions",
  "GetResourceIdentitySchemas",
  "UpgradeResourceIdentity",
  "ValidateProviderConfig",
  "ConfigureProvider",
  "StopProvider",
  "ValidateResourceConfig",
  "UpgradeResourceState",
  "ReadResource",
  "PlanResourceChange",
  "ApplyResourceChange",
  "ImportResourceState",
  "MoveResourceState",
  "ValidateDataResourceConfig",
  "ReadDataSource",
  "ValidateEphemeralResourceConfig",
  "OpenEphemeralResource",
  "CloseEphemeralResource",
  "ValidateListResourceConfig",
  "GenerateResourceConfig",
  "ValidateActionConfig",
  "PlanAction",
] as const;

type Calls = {
  readonly [Call in (typeof CALLS)[number]]: {
    readonly request: `${Call}Request`;
    readonly response: `${Call}Response`;
  };
};

export type ProviderCalls = CallsOf<typeof messages, Calls>;

const calls = Object.fromEntries(
  CALLS.map((call) => [call, { request: `${call}Request`, response: `${call}Response` }]),
) as Calls;

const protocol = new Protocol(messages);
const empty = { request: "Empty", response: "Empty" } as const;

export const providerService = protocol.service("tfplugin6.Provider", {
  ...calls,
  ListResource: {
    request: "ListResourceRequest",
    response: "ListResourceEvent",
    streams: "responses",
  },
  InvokeAction: {
    request: "InvokeActionRequest",
    response: "InvokeActionEvent",
    streams: "responses",
  },
});
export const controllerService = protocol.service("plugin.GRPCController", { Shutdown: empty });
export const brokerService = protocol.service("plugin.GRPCBroker", {
  StartStream: { ...empty, streams: "both" },
});
export const stdioService = protocol.service("plugin.GRPCStdio", {
  StreamStdio: { ...empty, streams: "responses" },
});
export const healthService = protocol.service("grpc.health.v1.Health", {
  Check: { request: "HealthCheckRequest", response: "HealthCheckResponse" },
});
