/** What every go-plugin server offers beside its own service, and the health check the client asks first. */
export const pluginProto = /* proto */ `
syntax = "proto3";
package plugin;

service GRPCController {
  rpc Shutdown(Empty) returns (Empty);
}

service GRPCBroker {
  rpc StartStream(stream ConnInfo) returns (stream ConnInfo);
}

service GRPCStdio {
  rpc StreamStdio(Empty) returns (stream StdioData);
}

message Empty {}

message ConnInfo {
  uint32 service_id = 1;
  string network = 2;
  string address = 3;
}

message StdioData {
  int32 channel = 1;
  bytes data = 2;
}
`;

export const healthProto = /* proto */ `
syntax = "proto3";
package grpc.health.v1;

service Health {
  rpc Check(HealthCheckRequest) returns (HealthCheckResponse);
  rpc Watch(HealthCheckRequest) returns (stream HealthCheckResponse);
}

message HealthCheckRequest {
  string service = 1;
}

message HealthCheckResponse {
  int32 status = 1;
}
`;
