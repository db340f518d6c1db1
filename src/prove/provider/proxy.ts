import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Recorder } from "../real/recorder";
import type { Incoming, Outgoing } from "../real/target";
import type { Json } from "../recording/recording";

/** Decides after which request the provider is killed. */
export type Deadly = (outgoing: Outgoing) => boolean;

/** A provider's requests, all of which go through the recorder. */
export class RecordingProxy {
  /** The provider is dead: no request of it gets through, and it receives nothing. */
  private isDead = false;
  private deadly: Deadly = () => false;
  private reportDeath: () => void = () => undefined;
  private reportFailure: (cause: Error) => void = () => undefined;
  /** Rejects with what stopped the run, such as a limit, which the provider cannot report. */
  readonly failed = new Promise<never>((_resolve, reject) => {
    this.reportFailure = (cause) => {
      this.hasFailed = true;
      reject(cause);
    };
  });
  private hasFailed = false;

  private constructor(
    private readonly recorder: Recorder,
    readonly url: string,
    readonly close: () => Promise<void>,
  ) {}

  static async start(recorder: Recorder): Promise<RecordingProxy> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(0, "127.0.0.1", resolve);
    });
    const { port } = server.address() as AddressInfo;
    const close = () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    const proxy = new RecordingProxy(recorder, `http://127.0.0.1:${port}`, close);
    server.on("request", (request, response) => void proxy.pass(request, response));
    return proxy;
  }

  /** Resolves when the provider is dead. */
  killAt(deadly: Deadly): Promise<"killed"> {
    this.deadly = deadly;
    return new Promise((resolve) => (this.reportDeath = () => resolve("killed")));
  }

  /** Another provider replaces the dead one. */
  revive(): void {
    this.isDead = false;
    this.deadly = () => false;
  }

  private async pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const outgoing = await outgoingOf(request);
      if (this.isDead || this.hasFailed) return void request.socket.destroy();
      const incoming = await this.recorder.ask(outgoing);
      if (this.isDead) return;
      if (!this.deadly(outgoing)) return answer(response, incoming);
      this.isDead = true;
      this.reportDeath();
    } catch (cause) {
      this.reportFailure(cause instanceof Error ? cause : new Error(String(cause)));
      request.socket.destroy();
    }
  }
}

async function outgoingOf(request: IncomingMessage): Promise<Outgoing> {
  const url = new URL(request.url ?? "/", "http://localhost");
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  return {
    method: request.method ?? "GET",
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    token: [request.headers["private-token"] ?? []].flat()[0],
    body: text === "" ? undefined : (JSON.parse(text) as Json),
  };
}

/** Lengths and encodings belong to this connection. */
const OF_THE_CONNECTION = new Set([
  ...["Connection", "Content-Length", "Content-Encoding", "Keep-Alive", "Transfer-Encoding"],
]);

function answer(response: ServerResponse, { status, headers, text }: Incoming): void {
  for (const [name, value] of Object.entries(headers)) {
    if (!OF_THE_CONNECTION.has(name)) response.setHeader(name, value);
  }
  response.writeHead(status);
  response.end(text);
}
