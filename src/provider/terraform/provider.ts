import type { UntypedServiceImplementation } from "@grpc/grpc-js";
import type { ProviderType, Schema } from "../contract";
import { streamingCall, unaryCalls } from "../host/protobuf";
import { invokeAction, planAction } from "./action";
import { readDataSource } from "./data-source";
import { failureDiagnostics, toServiceError } from "./diagnostics";
import { closeEphemeral, openEphemeral } from "./ephemeral";
import { identitySchemas, upgradeIdentity } from "./identity";
import { generateConfig, listResource } from "./list";
import type { Message, ProviderCalls } from "./protocol";
import {
  applyResource,
  importResource,
  moveResource,
  planResource,
  readResource,
  upgradeResource,
  validateResource,
} from "./resource";
import { toWireSchema } from "./schema";
import { callsAbout, Session, TypeHost, validate } from "./session";

/** The protocol's calls, implemented by a provider. */
export function createProviderService<Context>(
  provider: ProviderType<Context>,
): UntypedServiceImplementation {
  const session = new Session(provider);
  return {
    ...unaryCalls(createProviderCalls(provider, session), toServiceError),
    ListResource: streamingCall(createListCall(session), toServiceError),
    InvokeAction: streamingCall(createInvokeCall(session), toServiceError),
  };
}

/** The call with more than one response message. */
export function createListCall<Context>(session: Session<Context>) {
  const { resources, lists = {} } = session.provider;
  const hosts = new Map(
    Object.entries(lists).flatMap(([typeName, list]) => {
      const type = resources[typeName];
      if (type === undefined) return [];
      const host = new TypeHost(session, `list.${typeName}`, list);
      return [[typeName, { host, resource: new TypeHost(session, typeName, type) }] as const];
    }),
  );
  return async function* (request: Message<"ListResourceRequest">) {
    const hosted = hosts.get(request.typeName);
    // Core knows the schema, so it requests no type that is not in it.
    if (hosted === undefined) throw new Error(`There is no list "${request.typeName}".`);
    try {
      yield* listResource(hosted, request);
    } catch (failure) {
      const found = failureDiagnostics(failure, hosted.host.subject);
      yield { diagnostic: hosted.host.diagnostics(found) };
    }
  };
}

/** The other call of that kind. */
export function createInvokeCall<Context>(session: Session<Context>) {
  const hosts = new Map(
    Object.entries(session.provider.actions ?? {}).map(([typeName, action]) => [
      typeName,
      new TypeHost(session, `action.${typeName}`, action),
    ]),
  );
  return (request: Message<"InvokeActionRequest">) => {
    const host = hosts.get(request.actionType);
    if (host === undefined) throw new Error(`There is no action "${request.actionType}".`);
    return invokeAction(host, request);
  };
}

export function createProviderCalls<Context>(
  provider: ProviderType<Context>,
  session = new Session(provider),
): ProviderCalls {
  const { resources, dataSources, ephemeralResources = {}, lists = {} } = provider;
  const host = new TypeHost(session, `provider.${provider.name}`, provider);
  const onResource = callsAbout(session, resources);
  const onDataSource = callsAbout(session, dataSources, "data.");
  const onEphemeral = callsAbout(session, ephemeralResources, "ephemeral.");
  const onList = callsAbout(session, lists, "list.");
  const move = onResource(moveResource<Context>);
  return {
    GetProviderSchema: () => providerSchema(provider),
    GetFunctions: () => ({ functions: {} }),
    GetResourceIdentitySchemas: () => identitySchemas(resources),
    UpgradeResourceIdentity: onResource(({ type }, request) => upgradeIdentity(type, request)),
    ValidateProviderConfig: (request) => host.answering(() => validate(host, request)),
    ConfigureProvider: ({ config }) =>
      host.answering(async () => {
        await session.configure(host.codec.decodeConfig(config));
        return {};
      }),
    StopProvider: () => {
      session.stop();
      return {};
    },

    ValidateResourceConfig: onResource(validateResource),
    UpgradeResourceState: onResource(upgradeResource),
    ReadResource: onResource(readResource),
    PlanResourceChange: onResource(planResource),
    ApplyResourceChange: onResource(applyResource),
    ImportResourceState: onResource(importResource),
    MoveResourceState: (request) => move({ ...request, typeName: request.targetTypeName }),

    GenerateResourceConfig: onResource(generateConfig),
    ValidateListResourceConfig: onList(validate),

    ValidateDataResourceConfig: onDataSource(validate),
    ReadDataSource: onDataSource(readDataSource),

    ValidateEphemeralResourceConfig: onEphemeral(validate),
    OpenEphemeralResource: onEphemeral(openEphemeral),
    CloseEphemeralResource: onEphemeral(closeEphemeral),

    ...actionCalls(session),
  };
}

function actionCalls<Context>(session: Session<Context>) {
  const onAction = callsAbout(session, session.provider.actions ?? {}, "action.");
  const plan = onAction(planAction<Context>);
  return {
    ValidateActionConfig: onAction((host, request: Message<"ValidateActionConfigRequest">) =>
      validate(host, request),
    ),
    PlanAction: (request: Message<"PlanActionRequest">) =>
      plan({ ...request, typeName: request.actionType }),
  };
}

function providerSchema<Context>({
  schema,
  resources,
  dataSources,
  ephemeralResources = {},
  lists = {},
  actions = {},
}: ProviderType<Context>): Message<"GetProviderSchemaResponse"> {
  return {
    provider: toWireSchema(schema),
    resourceSchemas: toWireSchemas(resources),
    dataSourceSchemas: toWireSchemas(dataSources),
    ephemeralResourceSchemas: toWireSchemas(ephemeralResources),
    listResourceSchemas: toWireSchemas(lists),
    actionSchemas: Object.fromEntries(
      Object.entries(toWireSchemas(actions)).map(([typeName, schema]) => [typeName, { schema }]),
    ),
    serverCapabilities: {
      planDestroy: true,
      getProviderSchemaOptional: true,
      moveResourceState: true,
      generateResourceConfig: true,
    },
  };
}

function toWireSchemas(types: { readonly [typeName: string]: { readonly schema: Schema } }) {
  return Object.fromEntries(
    Object.entries(types).map(([typeName, { schema }]) => [typeName, toWireSchema(schema)]),
  );
}
