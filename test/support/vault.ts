import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { VaultCore, type VaultRequest } from "./vault-core";

export interface Fault {
  /** The requests that it meets, as `POST secret/data/ci/bot`. */
  readonly matching: RegExp;
  /** How many of them, after how many that pass. @default every one */
  readonly times?: number;
  readonly after?: number;
  /** What happens once the request has taken effect, before the connection is cut. */
  readonly meanwhile?: () => Promise<void>;
  /** Cut the connection before or after the request took effect, or answer something else instead of serving it. */
  readonly by:
    | "cut before effect"
    | "cut after effect"
    | {
        readonly status: number;
        readonly body?: string;
        readonly headers?: Readonly<Record<string, string>>;
      };
}

/** A stand-in Vault over real HTTP, as far as KV secrets, tokens, policies and two ways to log in go. */
export class TestVault {
  /** As `POST secret/data/ci/bot`, in the order of their arrival. */
  readonly requests: string[] = [];
  readonly headers: IncomingMessage["headers"][] = [];
  /** Called before a request is served, so that a test can order them or do something in between. */
  beforeServing: ((request: string) => Promise<void> | void) | undefined;
  /** Instead of what it says of its refusals. */
  words: string | undefined;
  private faults: { fault: Fault; seen: number }[] = [];
  private readonly core = new VaultCore();
  private readonly server = createServer((request, response) => {
    void this.serve(request, response);
  });

  static async start(): Promise<TestVault> {
    const vault = new TestVault();
    await new Promise<void>((resolve) => vault.server.listen(0, "127.0.0.1", resolve));
    return vault;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get rootToken(): string {
    return this.core.rootToken;
  }

  fault(fault: Fault): void {
    this.faults.push({ fault, seen: 0 });
  }

  clearFaults(): void {
    this.faults = [];
  }

  /** Lets time pass for the lives of tokens. */
  advance(seconds: number): void {
    this.core.advance(seconds);
  }

  seal(isSealed = true): void {
    this.core.isSealed = isSealed;
  }

  standBy(isStandby = true): void {
    this.core.isStandby = isStandby;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await read(incoming);
    const name = `${request.method} ${request.path}`;
    this.requests.push(name);
    this.headers.push(incoming.headers);
    await this.beforeServing?.(name);
    const { by, meanwhile } = this.faultOf(name) ?? {};
    if (by === "cut before effect") {
      incoming.socket.destroy();
      return;
    }
    if (typeof by === "object") {
      response.writeHead(by.status, by.headers).end(by.body ?? "");
      return;
    }
    const { status, body } = this.core.answer(request);
    if (by === "cut after effect") {
      await meanwhile?.();
      incoming.socket.destroy();
      return;
    }
    response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
    response.end(body === undefined ? "" : `${JSON.stringify(this.translate(body))}\n`);
  }

  /** What Vault says, in the language that a test wants. */
  private translate(body: unknown): unknown {
    const said = this.words;
    if (said === undefined || typeof body !== "object" || body === null) return body;
    const errors = "errors" in body && Array.isArray(body.errors) ? body.errors : [];
    return errors.length === 0 ? body : { ...body, errors: [said] };
  }

  private faultOf(name: string): Fault | undefined {
    const matching = this.faults.filter(({ fault }) => fault.matching.test(name));
    for (const one of matching) one.seen++;
    return matching.find(
      ({ fault: { times = Infinity, after = 0 }, seen }) => seen > after && seen <= after + times,
    )?.fault;
  }
}

async function read(incoming: IncomingMessage): Promise<VaultRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const { pathname } = new URL(incoming.url ?? "", "http://vault");
  const one = (name: string) => [incoming.headers[name] ?? []].flat()[0];
  const method = incoming.method === "PUT" ? "POST" : (incoming.method ?? "");
  return {
    method,
    path: decodeURIComponent(pathname).replace(/^\/v1\//, ""),
    namespace: (one("x-vault-namespace") ?? "").replace(/^\/+|\/+$/g, ""),
    token: one("x-vault-token"),
    contentType: one("content-type"),
    text: Buffer.concat(chunks).toString("utf8"),
  };
}
