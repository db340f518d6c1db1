import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Server, ServerCredentials } from "@grpc/grpc-js";
import type { SelfSignedCertificate } from "./certificate";
import { addPluginServices } from "./plugin-services";
import { providerService } from "./protocol/services";
import type { Implementation } from "./unary";

/** Core's own limit. */
const MAX_MESSAGE_BYTES = 256 * 1024 * 1024;

export interface PluginServerOptions {
  readonly service: Implementation;
  /** Absent where anyone of this machine's user may connect. */
  readonly tls?: { readonly clientPem: string; readonly own: SelfSignedCertificate };
  readonly onShutdown: () => void;
}

/** Serves on a socket of its own and answers the socket's path. The socket goes when the process does. */
export async function startPluginServer(options: PluginServerOptions): Promise<string> {
  const server = new Server({
    "grpc.max_receive_message_length": MAX_MESSAGE_BYTES,
    "grpc.max_send_message_length": MAX_MESSAGE_BYTES,
  });
  server.addService(providerService, options.service);
  addPluginServices(server, options.onShutdown);

  const folder = mkdtempSync(join(process.env.PLUGIN_UNIX_SOCKET_DIR || tmpdir(), "plugin-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const socket = join(folder, "socket");
  await new Promise<void>((resolve, reject) => {
    server.bindAsync(`unix:${socket}`, credentials(options.tls), (failure) =>
      failure === null ? resolve() : reject(failure),
    );
  });
  return socket;
}

function credentials(tls: PluginServerOptions["tls"]): ServerCredentials {
  if (tls === undefined) return ServerCredentials.createInsecure();
  const { privateKeyPem, certificatePem } = tls.own;
  const pair = {
    private_key: Buffer.from(privateKeyPem),
    cert_chain: Buffer.from(certificatePem),
  };
  return ServerCredentials.createSsl(Buffer.from(tls.clientPem), [pair], true);
}
