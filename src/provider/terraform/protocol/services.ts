import type { MethodDefinition } from "@grpc/grpc-js";
import { Root, type Type } from "protobufjs/light";
import { healthMessages, pluginMessages } from "./plugin-messages";
import { providerMessages } from "./provider-messages";

/** What grpc-js serves a service by. */
export type ServiceDefinition = { readonly [method: string]: MethodDefinition<object, object> };

interface Method {
  readonly requestType: string;
  readonly responseType: string;
  readonly requestStream?: boolean;
  readonly responseStream?: boolean;
}

type Methods = { readonly [name: string]: Method };

const PROVIDER_METHODS = [
  "GetProviderSchema",
  "GetFunctions",
  "ValidateProviderConfig",
  "ConfigureProvider",
  "StopProvider",
  "ValidateResourceConfig",
  "UpgradeResourceState",
  "ReadResource",
  "PlanResourceChange",
  "ApplyResourceChange",
  "ImportResourceState",
  "ValidateDataResourceConfig",
  "ReadDataSource",
  "ValidateEphemeralResourceConfig",
  "OpenEphemeralResource",
  "CloseEphemeralResource",
];

const messages = Root.fromJSON({
  nested: {
    tfplugin6: { nested: providerMessages },
    plugin: { nested: pluginMessages },
    grpc: { nested: { health: { nested: { v1: { nested: healthMessages } } } } },
  },
});

export const providerService = service(
  "tfplugin6",
  "Provider",
  Object.fromEntries(
    PROVIDER_METHODS.map((name) => [
      name,
      { requestType: `${name}Request`, responseType: `${name}Response` },
    ]),
  ),
);
export const controllerService = service("plugin", "GRPCController", {
  Shutdown: { requestType: "Empty", responseType: "Empty" },
});
export const brokerService = service("plugin", "GRPCBroker", {
  StartStream: {
    requestType: "ConnInfo",
    responseType: "ConnInfo",
    requestStream: true,
    responseStream: true,
  },
});
export const stdioService = service("plugin", "GRPCStdio", {
  StreamStdio: { requestType: "Empty", responseType: "StdioData", responseStream: true },
});
export const healthService = service("grpc.health.v1", "Health", {
  Check: { requestType: "HealthCheckRequest", responseType: "HealthCheckResponse" },
});

/** By hand, because proto-loader describes every message a second time, which costs a sixth of the start. */
function service(packageName: string, name: string, methods: Methods): ServiceDefinition {
  const entries = Object.entries(methods).map(([method, described]) => {
    const request = messages.lookupType(`${packageName}.${described.requestType}`);
    const response = messages.lookupType(`${packageName}.${described.responseType}`);
    const definition: MethodDefinition<object, object> = {
      path: `/${packageName}.${name}/${method}`,
      requestStream: described.requestStream ?? false,
      responseStream: described.responseStream ?? false,
      requestSerialize: serializer(request),
      requestDeserialize: deserializer(request),
      responseSerialize: serializer(response),
      responseDeserialize: deserializer(response),
    };
    return [method, definition] as const;
  });
  return Object.fromEntries(entries);
}

function serializer(type: Type): (value: object) => Buffer {
  return (value) => Buffer.from(type.encode(type.fromObject(value)).finish());
}

function deserializer(type: Type): (bytes: Buffer) => object {
  return (bytes) => type.toObject(type.decode(bytes), { longs: Number });
}
