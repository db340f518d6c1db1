import { connect } from "node:net";
import { Server, ServerCredentials, type UntypedServiceImplementation } from "@grpc/grpc-js";
import type { ProviderType } from "../contract";
import { announce, exitWithParent } from "../host/parent-watch";
import { resourceProviderService } from "./protocol";
import { createProviderService } from "./provider";

/** The engine's own limit. */
const MAX_MESSAGE_BYTES = 400 * 1024 * 1024;

/**
 * Serves a provider to Pulumi until the engine ends it.
 * A provider that was started by hand, for example in a debugger, is used by a run with
 * `PULUMI_DEBUG_PROVIDERS=NAME:PORT`.
 */
export async function servePulumi<Context>(provider: ProviderType<Context>): Promise<void> {
  // The engine interrupts a provider when it is done with it, and waits. Ctrl-C in a terminal does not reach this
  // process: the engine starts providers in process groups of their own, and calls Cancel.
  process.on("SIGINT", () => process.exit());
  process.on("SIGTERM", () => process.exit());
  exitWithParent();
  const service = createProviderService(provider);
  const engine = engineAddress(process.argv.slice(2));
  if (engine !== undefined) {
    exitWithoutEngine(engine);
    service.attach(engine);
  }
  const port = await listen(service.implementation);
  announce(String(port));
  if (process.stderr.isTTY) {
    console.error(
      `This is the ${provider.name} provider, which Pulumi starts by itself. To use this process instead, run Pulumi with PULUMI_DEBUG_PROVIDERS=${provider.name}:${port}.`,
    );
  }
}

/** Options for logging and tracing may come before it. */
function engineAddress(args: readonly string[]): string | undefined {
  const last = args.at(-1);
  return last === undefined || last.startsWith("-") ? undefined : last;
}

function listen(implementation: UntypedServiceImplementation): Promise<number> {
  const server = new Server({
    "grpc.max_receive_message_length": MAX_MESSAGE_BYTES,
    "grpc.max_send_message_length": MAX_MESSAGE_BYTES,
  });
  server.addService(resourceProviderService, implementation);
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (failure, port) =>
      failure === null ? resolve(port) : reject(failure),
    );
  });
}

/** An engine that cannot be reached was killed before this process checked. */
export function exitWithoutEngine(address: string): void {
  const found = /^(.+):(\d+)$/.exec(address);
  if (found === null) return;
  const [, host = "", port] = found;
  const socket = connect({ host, port: Number(port) });
  socket.once("connect", () => socket.destroy());
  socket.once("error", ({ code }: NodeJS.ErrnoException) => {
    if (code === "ECONNREFUSED") process.exit();
  });
}
