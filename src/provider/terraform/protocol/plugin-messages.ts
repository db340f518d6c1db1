import { field, message, type Message } from "../../host/fields";

/**
 * The messages of go-plugin's own services. This host never sends over the broker nor over stdio (its
 * output goes to stderr), so those messages need no fields.
 *
 * @see https://github.com/hashicorp/go-plugin/tree/main/internal/plugin
 */
export const pluginMessages: { readonly [name: string]: Message } = {
  Empty: message(),
  ConnInfo: message(),
  StdioData: message(),
};

/** @see https://github.com/grpc/grpc/blob/master/doc/health-checking.md */
export const healthMessages: { readonly [name: string]: Message } = {
  HealthCheckRequest: message(),
  HealthCheckResponse: message({ status: field("int32", 1) }),
};
