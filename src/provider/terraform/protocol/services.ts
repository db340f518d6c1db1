import { Root } from "protobufjs/light";
import { defineService } from "../../host/service";
import { healthMessages, pluginMessages } from "./plugin-messages";
import { providerMessages } from "./provider-messages";

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
  "MoveResourceState",
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

export const providerService = defineService(
  messages,
  "tfplugin6",
  "Provider",
  Object.fromEntries(
    PROVIDER_METHODS.map((name) => [
      name,
      { requestType: `${name}Request`, responseType: `${name}Response` },
    ]),
  ),
);
export const controllerService = defineService(messages, "plugin", "GRPCController", {
  Shutdown: { requestType: "Empty", responseType: "Empty" },
});
export const brokerService = defineService(messages, "plugin", "GRPCBroker", {
  StartStream: {
    requestType: "ConnInfo",
    responseType: "ConnInfo",
    requestStream: true,
    responseStream: true,
  },
});
export const stdioService = defineService(messages, "plugin", "GRPCStdio", {
  StreamStdio: { requestType: "Empty", responseType: "StdioData", responseStream: true },
});
export const healthService = defineService(messages, "grpc.health.v1", "Health", {
  Check: { requestType: "HealthCheckRequest", responseType: "HealthCheckResponse" },
});
