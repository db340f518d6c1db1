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
import { handshakeLine, isStartedByCore, reattachLine, type Endpoint } from "./handshake";
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
const LOOPBACK = "127.0.0.1";

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
  const endpoint = await startPluginServer({ service, tls, onShutdown: exit });
  announce(handshakeLine(endpoint, tls?.own.der));
  log("info", "provider started", { name: provider.name, version: provider.version });
}

async function serveAttached<Context>(provider: ProviderType<Context>): Promise<void> {
  process.on("SIGINT", exit);
  process.on("SIGTERM", exit);
  const service = createProviderService(provider);
  // Every attached core ends its session; the next one finds the process still running.
  const endpoint = await startPluginServer({ service, onShutdown: () => {} });
  console.log(reattachLine(provider.address, endpoint));
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

/**
 * Serves on a socket of its own, which is removed when the process ends; on Windows, where sockets have no path, on a port
 * of this machine.
 */
async function startPluginServer(options: PluginServerOptions): Promise<Endpoint> {
  const server = new Server({
    "grpc.max_receive_message_length": MAX_MESSAGE_BYTES,
    "grpc.max_send_message_length": MAX_MESSAGE_BYTES,
  });
  server.addService(providerService, options.service);
  addPluginServices(server, options.onShutdown);

  if (process.platform === "win32") {
    const port = await bind(server, `${LOOPBACK}:0`, options.tls);
    return { network: "tcp", address: `${LOOPBACK}:${port}` };
  }
  const folder = mkdtempSync(join(process.env.PLUGIN_UNIX_SOCKET_DIR || tmpdir(), "plugin-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const socket = join(folder, "socket");
  await bind(server, `unix:${socket}`, options.tls);
  return { network: "unix", address: socket };
}

/** Returns the port, where there is one. */
function bind(server: Server, address: string, tls: PluginServerOptions["tls"]): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync(address, credentials(tls), (failure, port) =>
      failure === null ? resolve(port) : reject(failure),
    );
  });
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
