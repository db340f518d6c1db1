import type { UntypedServiceImplementation } from "@grpc/grpc-js";
import type { ProviderType, Schema } from "../contract";
import { unaryCalls } from "../host/protobuf";
import { readDataSource } from "./data-source";
import { toServiceError } from "./diagnostics";
import { closeEphemeral, openEphemeral } from "./ephemeral";
import { identitySchemas, upgradeIdentity } from "./identity";
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

/** The protocol's calls, answered by a provider. */
export function createProviderService<Context>(
  provider: ProviderType<Context>,
): UntypedServiceImplementation {
  return unaryCalls(createProviderCalls(provider), toServiceError);
}

export function createProviderCalls<Context>(provider: ProviderType<Context>): ProviderCalls {
  const { resources, dataSources, ephemeralResources = {} } = provider;
  const session = new Session(provider);
  const host = new TypeHost(session, `provider.${provider.name}`, provider);
  const onResource = callsAbout(session, resources);
  const onDataSource = callsAbout(session, dataSources, "data.");
  const onEphemeral = callsAbout(session, ephemeralResources, "ephemeral.");
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

    ValidateDataResourceConfig: onDataSource(validate),
    ReadDataSource: onDataSource(readDataSource),

    ValidateEphemeralResourceConfig: onEphemeral(validate),
    OpenEphemeralResource: onEphemeral(openEphemeral),
    CloseEphemeralResource: onEphemeral(closeEphemeral),
  };
}

function providerSchema<Context>({
  schema,
  resources,
  dataSources,
  ephemeralResources = {},
}: ProviderType<Context>): Message<"GetProviderSchemaResponse"> {
  return {
    provider: toWireSchema(schema),
    resourceSchemas: toWireSchemas(resources),
    dataSourceSchemas: toWireSchemas(dataSources),
    ephemeralResourceSchemas: toWireSchemas(ephemeralResources),
    serverCapabilities: {
      planDestroy: true,
      getProviderSchemaOptional: true,
      moveResourceState: true,
    },
  };
}

function toWireSchemas(types: { readonly [typeName: string]: { readonly schema: Schema } }) {
  return Object.fromEntries(
    Object.entries(types).map(([typeName, { schema }]) => [typeName, toWireSchema(schema)]),
  );
}
