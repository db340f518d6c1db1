import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface CloudRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface CloudReply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Fault {
  /** The requests that it meets, by their names. */
  readonly matching: RegExp;
  /** How many of them. @default every one */
  readonly times?: number;
  readonly by: "cut before effect" | "cut after effect" | CloudReply;
}

/** A stand-in of a cloud's service over real HTTP: what the kinds have in common. */
export abstract class StandIn {
  /** The name of every request, in the order of their arrival. */
  readonly requests: string[] = [];
  /** Called before a request is served, so that a test can do something in between. */
  beforeServing: ((name: string) => Promise<void> | void) | undefined;
  private faults: { readonly fault: Fault; met: number }[] = [];
  private readonly server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const { method = "GET", url = "/", headers } = incoming;
      const body = Buffer.concat(chunks);
      void this.serve({ method, url: new URL(url, this.url), headers, body }, response);
    });
  });

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  fault(fault: Fault): void {
    this.faults.push({ fault, met: 0 });
  }

  clearFaults(): void {
    this.faults = [];
    this.beforeServing = undefined;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Such as `secretsmanager:PutSecretValue`. */
  protected abstract nameOf(request: CloudRequest): string;
  protected abstract answer(request: CloudRequest): CloudReply | Promise<CloudReply>;

  private async serve(request: CloudRequest, response: ServerResponse): Promise<void> {
    const name = this.nameOf(request);
    this.requests.push(name);
    await this.beforeServing?.(name);
    const by = this.faultAt(name);
    if (by === "cut before effect") return void response.destroy();
    if (typeof by === "object") return send(response, by);
    const reply = await this.answer(request);
    if (by === "cut after effect") return void response.destroy();
    send(response, reply);
  }

  private faultAt(name: string): Fault["by"] | undefined {
    const found = this.faults.find(
      ({ fault, met }) => fault.matching.test(name) && met < (fault.times ?? Infinity),
    );
    if (found === undefined) return undefined;
    found.met++;
    return found.fault.by;
  }
}

function send(response: ServerResponse, { status, body, headers = {} }: CloudReply): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}
