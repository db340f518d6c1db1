import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  Server,
  ServerCredentials,
  type ServerDuplexStream,
  type ServerWritableStream,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import type { ProviderType } from "../contract";
import { announce, exitWithParent } from "../host/parent-watch";
import { unaryCalls } from "../host/protobuf";
import { createSelfSignedCertificate, type SelfSignedCertificate } from "./certificate";
import { log, toServiceError } from "./diagnostics";
import { handshakeLine, isStartedByCore, reattachLine } from "./handshake";
import {
  brokerService,
  controllerService,
  healthService,
  providerService,
  stdioService,
} from "./protocol";
import { createProviderService } from "./provider";

/** Core's own limit. */
const MAX_MESSAGE_BYTES = 256 * 1024 * 1024;
const SERVING = 1;

/**
 * Serves a provider to Terraform or OpenTofu until they end it.
 * With `--debug` it prints instead how to attach them to this process, and runs until it is interrupted.
 */
export async function serveTerraform<Context>(provider: ProviderType<Context>): Promise<void> {
  if (process.argv.includes("--debug")) {
    await serveAttached(provider);
  } else if (isStartedByCore(process.env)) {
    await servePlugin(provider);
  } else {
    console.error(
      `This is the ${provider.name} provider, which Terraform and OpenTofu start by themselves; for a debugger, run it with --debug.`,
    );
    process.exitCode = 1;
  }
}

async function servePlugin<Context>(provider: ProviderType<Context>): Promise<void> {
  // Ctrl-C, or a cancelled pipeline, signals the whole process group. Core then decides itself when to stop and when to
  // end, and work in progress can be finished until then.
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => {});
  exitWithParent();
  const clientPem = process.env.PLUGIN_CLIENT_CERT;
  const tls = clientPem ? { clientPem, own: createSelfSignedCertificate() } : undefined;
  const service = createProviderService(provider);
  const socket = await startPluginServer({ service, tls, onShutdown: exit });
  announce(handshakeLine(socket, tls?.own.der));
  log("info", "provider started", { name: provider.name, version: provider.version });
}

async function serveAttached<Context>(provider: ProviderType<Context>): Promise<void> {
  process.on("SIGINT", exit);
  process.on("SIGTERM", exit);
  const service = createProviderService(provider);
  // Every attached core ends its session; the next one finds the process still running.
  const socket = await startPluginServer({ service, onShutdown: () => {} });
  console.log(reattachLine(provider.address, socket));
}

function exit(): void {
  process.exit();
}

interface PluginServerOptions {
  readonly service: UntypedServiceImplementation;
  /** Absent if any process of this machine's user may connect. */
  readonly tls?: { readonly clientPem: string; readonly own: SelfSignedCertificate };
  readonly onShutdown: () => void;
}

/** Serves on a socket of its own and returns the socket's path. The socket is removed when the process ends. */
async function startPluginServer(options: PluginServerOptions): Promise<string> {
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

/** What go-plugin requires of every plugin, whatever its purpose. */
function addPluginServices(server: Server, onShutdown: () => void): void {
  const shutdown = () => {
    // After the response: core waits for it.
    setImmediate(onShutdown);
    return {};
  };
  server.addService(controllerService, unaryCalls({ Shutdown: shutdown }, toServiceError));
  server.addService(brokerService, {
    StartStream: (stream: ServerDuplexStream<object, object>) => {
      stream.on("end", () => stream.end());
      stream.on("error", ignoreBrokenStream);
      stream.resume();
    },
  });
  server.addService(stdioService, {
    // Stays open and empty: a plugin's messages go to stderr.
    StreamStdio: (stream: ServerWritableStream<object, object>) => {
      stream.on("error", ignoreBrokenStream);
    },
  });
  const health = { Check: () => ({ status: SERVING }) };
  server.addService(healthService, unaryCalls(health, toServiceError));
}

/** Core cuts its streams when it is done. Unhandled, the error would end the process. */
function ignoreBrokenStream(): void {}
