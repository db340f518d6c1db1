import {
  createServer,
  request as forward,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";

/** What befalls one request. */
export type Mishap =
  /** Nothing gets through any more, and nobody is told: as if the asking process had died. */
  | "dies_before"
  | "dies_after"
  | "error_before"
  | "error_after"
  | "cut_before"
  | "cut_after"
  /** Refused by a limiter, which says to come back at once. */
  | "limited";

interface Passage {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly body: Buffer;
}

/** The n-th request, counted from 1, the first one that changes something, or the first of method and path like this. */
export type Place = number | "first write" | RegExp;

/** What several gates have in common: requests are counted, and things go wrong, over all of them. */
export class Checkpoint {
  passed = 0;
  isDead = false;
  /** Method and path of every request, in order. */
  readonly log: string[] = [];
  private mishap: { readonly at: Place; readonly kind: Mishap } | undefined;
  private reportDeath: () => void = () => undefined;

  /** @param watch called before and after every request, while it has and has not had its effect */
  constructor(readonly watch: () => Promise<void>) {}

  /** Lets one request meet with a mishap. Resolves when that is a death. */
  strike(at: Place, kind: Mishap): Promise<void> {
    this.heal();
    this.mishap = { at, kind };
    return new Promise((resolve) => (this.reportDeath = resolve));
  }

  /** Requests pass again, and are counted from 0. */
  heal(): void {
    this.passed = 0;
    this.mishap = undefined;
    this.isDead = false;
  }

  /** What befalls the request that comes now; a promise holds it up. */
  enter(name: string): Mishap | Promise<void> | undefined {
    this.passed++;
    this.log.push(name);
    const { at, kind } = this.mishap ?? {};
    if (at === undefined || !this.isAt(at, name)) return undefined;
    this.mishap = undefined;
    return kind;
  }

  private isAt(at: Place, name: string): boolean {
    if (at instanceof RegExp) return at.test(name);
    return at === "first write" ? !name.startsWith("GET ") : at === this.passed;
  }

  /** What the server returned, before the provider has it. */
  answered(_name: string, _body: Buffer): void {}

  die(): void {
    this.isDead = true;
    this.reportDeath();
  }
}

/** Stands between a provider and a server. */
export class Gate {
  private serverDate = "";

  private constructor(
    private readonly target: string,
    private readonly checkpoint: Checkpoint,
    readonly url: string,
    readonly close: () => Promise<void>,
  ) {}

  static async before(target: string, checkpoint: Checkpoint): Promise<Gate> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const close = () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    const gate = new Gate(target, checkpoint, `http://127.0.0.1:${port}`, close);
    server.on("request", (request, response) => void gate.pass(request, response));
    return gate;
  }

  private async pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readAll(request);
    if (this.checkpoint.isDead) return;
    const kind = await this.checkpoint.enter(nameOf(request));
    await this.checkpoint.watch();
    const passage = { request, response, body };
    if (kind === undefined) return this.letThrough(passage);
    await this.goWrong(passage, kind);
  }

  private async letThrough({ request, response, body }: Passage): Promise<void> {
    const answer = await this.ask(request, body);
    this.serverDate = answer.headers.date ?? "";
    await this.checkpoint.watch();
    response.writeHead(answer.status, answer.headers);
    response.end(answer.body);
  }

  private async goWrong({ request, response, body }: Passage, kind: Mishap): Promise<void> {
    if (kind.endsWith("_after")) {
      await this.ask(request, body);
      await this.checkpoint.watch();
    }
    if (kind.startsWith("dies")) {
      this.checkpoint.die();
      return;
    }
    if (kind.startsWith("cut")) {
      request.socket.destroy();
      return;
    }
    const [status, message] =
      kind === "limited" ? [429, "Retry later"] : [500, '{"message":"500 Internal Server Error"}'];
    response.writeHead(status, {
      ...(this.serverDate !== "" && { date: this.serverDate }),
      "content-type": kind === "limited" ? "text/plain" : "application/json",
      ...(kind === "limited" && { "retry-after": "0" }),
    });
    response.end(message);
  }

  private ask(
    request: IncomingMessage,
    body: Buffer,
  ): Promise<{ status: number; headers: IncomingMessage["headers"]; body: Buffer }> {
    const { method, url, headers } = request;
    return new Promise((resolve, reject) => {
      const asked = forward(`${this.target}${url}`, { method, headers }, (answer) => {
        readAll(answer).then((received) => {
          this.checkpoint.answered(nameOf(request), received);
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: received });
        }, reject);
      });
      asked.on("error", reject);
      asked.end(body);
    });
  }
}

function nameOf({ method, url }: IncomingMessage): string {
  return `${method} ${url}`;
}

async function readAll(stream: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
