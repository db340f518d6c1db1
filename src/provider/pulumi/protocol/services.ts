import { Root } from "protobufjs/light";
import { defineService, serializer } from "../../host/service";
import { pulumiMessages } from "./provider-messages";
import { rpcMessages, wellKnownMessages } from "./well-known-messages";

const EMPTY = ".google.protobuf.Empty";

const messages = Root.fromJSON({
  nested: {
    pulumirpc: { nested: pulumiMessages },
    google: {
      nested: { protobuf: { nested: wellKnownMessages }, rpc: { nested: rpcMessages } },
    },
  },
});

/** What is left out (Call, Construct, Parameterize, mappings) grpc-js answers as unimplemented. */
export const resourceProviderService = defineService(messages, "pulumirpc", "ResourceProvider", {
  Handshake: {
    requestType: "ProviderHandshakeRequest",
    responseType: "ProviderHandshakeResponse",
  },
  GetSchema: { requestType: "GetSchemaRequest", responseType: "GetSchemaResponse" },
  CheckConfig: { requestType: "CheckRequest", responseType: "CheckResponse" },
  DiffConfig: { requestType: "DiffRequest", responseType: "DiffResponse" },
  Configure: { requestType: "ConfigureRequest", responseType: "ConfigureResponse" },
  Invoke: { requestType: "InvokeRequest", responseType: "InvokeResponse" },
  Check: { requestType: "CheckRequest", responseType: "CheckResponse" },
  Diff: { requestType: "DiffRequest", responseType: "DiffResponse" },
  Create: { requestType: "CreateRequest", responseType: "CreateResponse" },
  Read: { requestType: "ReadRequest", responseType: "ReadResponse" },
  Update: { requestType: "UpdateRequest", responseType: "UpdateResponse" },
  Delete: { requestType: "DeleteRequest", responseType: EMPTY },
  Cancel: { requestType: EMPTY, responseType: EMPTY },
  GetPluginInfo: { requestType: EMPTY, responseType: "PluginInfo" },
  Attach: { requestType: "PluginAttach", responseType: EMPTY },
});

/** Served by the engine; called by the host. */
export const engineService = defineService(messages, "pulumirpc", "Engine", {
  Log: { requestType: "LogRequest", responseType: EMPTY },
});

export const encodeInitFailed = serializer(
  messages.lookupType("pulumirpc.ErrorResourceInitFailed"),
);
export const encodeStatus = serializer(messages.lookupType("google.rpc.Status"));
