import type { ProviderType } from "../contract";
import { createSelfSignedCertificate } from "./certificate";
import { handshakeLine, isStartedByCore, reattachLine } from "./handshake";
import { log } from "./log";
import { announce, exitWithParent } from "../host/parent-watch";
import { startPluginServer } from "./plugin-server";
import { createProviderService } from "./provider-service";

/**
 * Serves a provider to Terraform or OpenTofu until they end it.
 *
 * With `--debug` it prints instead how to attach them to this process, and stays until it is interrupted.
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
  // Ctrl-C, or a pipeline that is cancelled, signals the whole process group. Core then says by itself when to stop
  // and when to end, and what is half done can be finished until then.
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
  // Every core that was attached says goodbye; the next one finds the process still here.
  const socket = await startPluginServer({ service, onShutdown: () => {} });
  console.log(reattachLine(provider.address, socket));
}

function exit(): void {
  process.exit();
}
