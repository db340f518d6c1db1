import { Readable } from "node:stream";
import { BoundedConnection, NoAnswer, type Exchange } from "../../http";
import { asStoreError } from "../stored/store-error";

/** A request as AWS's SDK hands it over. */
interface SignedRequest {
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | string[] | null>>;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

interface Received {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: Readable;
}

/** Sends what AWS's SDK has signed as glsa sends everything: the SDK's own sender knows no proxy of the environment. */
export class RequestHandler {
  private readonly connection = new BoundedConnection();

  async handle(request: SignedRequest): Promise<{ response: Received }> {
    const answer = await this.connection.attempt(exchangeOf(request)).catch((error: unknown) => {
      throw asStoreError(error);
    });
    if (answer instanceof NoAnswer) throw new Unanswered(answer);
    const flat = Object.entries(answer.headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, [value].flat().join(", ")] as const],
    );
    return {
      response: {
        statusCode: answer.status,
        headers: Object.fromEntries(flat),
        body: Readable.from([Buffer.from(answer.text)]),
      },
    };
  }

  /** The SDK asks for both; there is nothing to set. */
  updateHttpClientConfig(): void {}

  httpHandlerConfigs(): object {
    return {};
  }
}

/** Its name lets the SDK try again, which does no harm to any request of glsa's. */
export class Unanswered extends Error {
  readonly mayHaveArrived: boolean;

  constructor({ message, mayHaveArrived, silence }: NoAnswer) {
    super(message);
    this.name = silence === "beyond_limit" ? "BeyondLimit" : "TimeoutError";
    this.mayHaveArrived = mayHaveArrived;
  }
}

function exchangeOf(request: SignedRequest): Exchange {
  const { method, headers, body } = request;
  return {
    method,
    url: urlOf(request),
    // Both are the connection's own to set.
    headers: without(headers, ["host", "content-length"]),
    body: textOf(body),
  };
}

function urlOf({ protocol, hostname, port, path, query = {} }: SignedRequest): string {
  const url = new URL(`${protocol}//${hostname}${port === undefined ? "" : `:${port}`}${path}`);
  for (const [name, value] of Object.entries(query)) {
    for (const each of [value].flat()) url.searchParams.append(name, each ?? "");
  }
  return url.toString();
}

function textOf(body: unknown): string | undefined {
  if (body === undefined || body === null || body === "") return undefined;
  return typeof body === "string" ? body : new TextDecoder().decode(body as Uint8Array);
}

function without(
  headers: Readonly<Record<string, string>>,
  names: readonly string[],
): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) => !names.includes(name.toLowerCase()));
  return Object.fromEntries(kept);
}
