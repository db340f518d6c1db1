import type { Attributes, DataSourceType, StateOf } from "../contract";
import type { Message } from "./protocol";
import type { TypeHost } from "./session";

export async function readDataSource<Context>(
  host: TypeHost<Context, DataSourceType<Context>>,
  request: Message<"ReadDataSourceRequest">,
): Promise<Message<"ReadDataSourceResponse">> {
  // Core defers the call until everything in the configuration is known.
  const config = host.codec.decodeConfig(request.config) as StateOf<Attributes>;
  // Dependents are planned in a walk that has already failed.
  if (host.session.isSilent) return { state: host.codec.encode(config) };
  const { state, diagnostics } = await host.type.read(config, host.context);
  return { state: host.codec.encode(state), diagnostics: host.diagnostics(diagnostics) };
}
