import type { ServerResponse } from "node:http";
import type { Clock } from "../clock";
import type { LoggedRequest, RequestLog } from "../http/request-log";

export const eventsPath = "/-/sandbox/events";

const heartbeat = 15_000;

/** Sends every future request as a server-sent event, until the listener disconnects. */
export function streamRequests(log: RequestLog, clock: Clock, response: ServerResponse): void {
  response.writeHead(200, {
    "Content-Type": "text/event-stream",
    "Cache-Control": "no-store",
    Connection: "keep-alive",
  });
  response.write(": connected\n\n");
  const send = (request: LoggedRequest) =>
    response.write(`data: ${JSON.stringify({ time: clock.now(), ...request })}\n\n`);
  const unsubscribe = log.subscribe(send);
  const timer = setInterval(() => response.write(": still here\n\n"), heartbeat);
  timer.unref();
  response.once("close", () => {
    clearInterval(timer);
    unsubscribe();
  });
}
