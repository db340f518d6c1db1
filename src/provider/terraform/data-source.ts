import type { Attributes, DataSourceType, StateOf } from "../contract";
import type { Message } from "./protocol";
import type { TypeHost } from "./session";

export async function readDataSource<Context>(
  host: TypeHost<Context, DataSourceType<Context>>,
  request: Message<"ReadDataSourceRequest">,
): Promise<Message<"ReadDataSourceResponse">> {
  // Core puts the call off until nothing in the configuration is unknown.
  const config = host.codec.decodeConfig(request.config) as StateOf<Attributes>;
  const { state, diagnostics } = await host.type.read(config, host.context);
  return { state: host.codec.encode(state), diagnostics: host.diagnostics(diagnostics) };
}
