import type { IncomingMessage, ServerResponse } from "node:http";
import type { Clock } from "../clock";
import { standardHeaders, wireJson } from "./headers";
import type { Reply } from "./reply";

/** Writes a response with GitLab's headers. A body that the client already has is not sent again. */
export function send(
  clock: Clock,
  request: IncomingMessage,
  response: ServerResponse,
  reply: Reply,
  started = performance.now(),
): void {
  const content = reply.text?.content ?? (reply.body === undefined ? "" : wireJson(reply.body));
  const headers = standardHeaders(reply, content, {
    milliseconds: clock.milliseconds(),
    seconds: (performance.now() - started) / 1000,
  });
  const isRead = request.method === "GET" || request.method === "HEAD";
  const known = request.headers["if-none-match"];
  const isUnchanged = isRead && known !== undefined && known === headers["ETag"];
  const isEmpty = isUnchanged || request.method === "HEAD" || reply.status === 204;
  response.writeHead(isUnchanged ? 304 : reply.status, {
    ...headers,
    ...(isEmpty ? {} : { "Content-Length": String(Buffer.byteLength(content)) }),
  });
  response.end(isEmpty ? undefined : content);
}
