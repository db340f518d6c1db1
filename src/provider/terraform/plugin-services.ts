import type { Server, ServerDuplexStream, ServerWritableStream } from "@grpc/grpc-js";
import { brokerService, controllerService, healthService, stdioService } from "./protocol/services";
import { unary } from "./unary";

const SERVING = 1;

/** What go-plugin asks of every plugin, whatever the plugin is for. */
export function addPluginServices(server: Server, onShutdown: () => void): void {
  server.addService(controllerService, {
    Shutdown: unary(() => {
      // After the answer: core waits for it.
      setImmediate(onShutdown);
      return {};
    }),
  });
  server.addService(brokerService, {
    StartStream: (stream: ServerDuplexStream<object, object>) => {
      stream.on("end", () => stream.end());
      stream.on("error", ignoreBrokenStream);
      stream.resume();
    },
  });
  server.addService(stdioService, {
    // Stays open and empty: what a plugin has to say goes to stderr.
    StreamStdio: (stream: ServerWritableStream<object, object>) => {
      stream.on("error", ignoreBrokenStream);
    },
  });
  server.addService(healthService, { Check: unary(() => ({ status: SERVING })) });
}

/** Core cuts its streams when it is done; unheard, the error would end the process. */
function ignoreBrokenStream(): void {}
