import { fromJSON, type MethodDefinition } from "@grpc/proto-loader";
import { healthMessages, pluginMessages } from "./plugin-messages";
import { providerMessages } from "./provider-messages";

/** What grpc-js serves a service by. */
export type ServiceDefinition = { readonly [method: string]: MethodDefinition<object, object> };

interface Method {
  readonly requestType: string;
  readonly responseType: string;
  /** protobufjs wants one of every method. */
  readonly comment: string;
  readonly requestStream?: boolean;
  readonly responseStream?: boolean;
}

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

const providerPackage = {
  ...providerMessages,
  Provider: {
    methods: Object.fromEntries(
      PROVIDER_METHODS.map((name) => [name, method(`${name}Request`, `${name}Response`)]),
    ),
  },
};

const pluginPackage = {
  ...pluginMessages,
  GRPCController: { methods: { Shutdown: method("Empty", "Empty") } },
  GRPCBroker: {
    methods: {
      StartStream: { ...method("ConnInfo", "ConnInfo"), requestStream: true, responseStream: true },
    },
  },
  GRPCStdio: {
    methods: { StreamStdio: { ...method("Empty", "StdioData"), responseStream: true } },
  },
};

const healthPackage = {
  ...healthMessages,
  Health: { methods: { Check: method("HealthCheckRequest", "HealthCheckResponse") } },
};

const definitions = fromJSON(
  {
    nested: {
      tfplugin6: { nested: providerPackage },
      plugin: { nested: pluginPackage },
      grpc: { nested: { health: { nested: { v1: { nested: healthPackage } } } } },
    },
  },
  { longs: Number },
);

export const providerService = service("tfplugin6.Provider");
export const controllerService = service("plugin.GRPCController");
export const brokerService = service("plugin.GRPCBroker");
export const stdioService = service("plugin.GRPCStdio");
export const healthService = service("grpc.health.v1.Health");

function method(requestType: string, responseType: string): Method {
  return { requestType, responseType, comment: "" };
}

function service(name: string): ServiceDefinition {
  return definitions[name] as ServiceDefinition;
}
