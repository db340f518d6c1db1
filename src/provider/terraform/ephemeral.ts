import type { Attributes, EphemeralType, StateOf } from "../contract";
import { decodePrivate, encodePrivate } from "./codec";
import type { Message } from "./protocol";
import type { TypeHost } from "./session";

/* Ephemeral resources. None is ever renewed: none returns a time for it. */

type Ephemeral<Context> = TypeHost<Context, EphemeralType<Context>>;

export async function openEphemeral<Context>(
  host: Ephemeral<Context>,
  request: Message<"OpenEphemeralResourceRequest">,
): Promise<Message<"OpenEphemeralResourceResponse">> {
  // Core defers the call until everything in the configuration is known.
  const config = host.codec.decodeConfig(request.config) as StateOf<Attributes>;
  const opened = await host.type.open(config, host.context);
  return {
    result: host.codec.encode(opened.state),
    private: encodePrivate(opened.private),
    diagnostics: host.diagnostics(opened.diagnostics),
  };
}

export async function closeEphemeral<Context>(
  host: Ephemeral<Context>,
  request: Message<"CloseEphemeralResourceRequest">,
): Promise<Message<"CloseEphemeralResourceResponse">> {
  const found = await host.type.close(decodePrivate(request.private), host.context);
  return { diagnostics: host.diagnostics(found) };
}
