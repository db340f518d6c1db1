import { readFileSync } from "node:fs";
import { rootCertificates } from "node:tls";
import type { Dispatcher } from "undici";
import type { AttemptOutcome } from "./retry";
import type { ClientSettings } from "./settings";

export interface Exchange {
  readonly method: string;
  readonly url: string;
  readonly body?: unknown;
}

export interface Answer {
  readonly status: number;
  header(name: string): string | undefined;
  readonly text: string;
}

/** No answer came. */
export class TransportError extends Error {
  constructor(
    message: string,
    readonly outcome: Exclude<AttemptOutcome, { kind: "answer" }>,
  ) {
    super(message);
    this.name = "TransportError";
  }
}

const HEADERS_TIMEOUT = 60_000;
const CONNECT_TIMEOUT = 15_000;

/** Failures before the first byte left this machine. */
const NOT_CONNECTED = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** Sends one request and reads the whole answer, over connections that are kept open. */
export class Transport {
  private dispatcher: Promise<Dispatcher> | undefined;

  constructor(private readonly settings: ClientSettings) {}

  async send(exchange: Exchange): Promise<Answer> {
    this.dispatcher ??= createDispatcher(this.settings);
    const { request } = await import("undici");
    try {
      const response = await request(exchange.url, {
        dispatcher: await this.dispatcher,
        method: exchange.method as Dispatcher.HttpMethod,
        headers: this.headers(exchange),
        ...(exchange.body !== undefined && { body: JSON.stringify(exchange.body) }),
      });
      const text = await response.body.text();
      return {
        status: response.statusCode,
        header: (name) => [response.headers[name.toLowerCase()] ?? []].flat()[0],
        text,
      };
    } catch (error) {
      throw transportError(error);
    }
  }

  async close(): Promise<void> {
    await (await this.dispatcher)?.close();
    this.dispatcher = undefined;
  }

  private headers(exchange: Exchange): Record<string, string> {
    return {
      "user-agent": this.settings.userAgent ?? "glsa",
      accept: "application/json",
      ...(exchange.body !== undefined && { "content-type": "application/json" }),
      ...this.settings.headers,
      "private-token": this.settings.token,
    };
  }
}

async function createDispatcher(settings: ClientSettings): Promise<Dispatcher> {
  const { Agent, EnvHttpProxyAgent } = await import("undici");
  const connect = {
    timeout: CONNECT_TIMEOUT,
    ...(settings.caFile !== undefined && {
      ca: [...rootCertificates, readFileSync(settings.caFile, "utf8")],
    }),
  };
  const options = { connect, headersTimeout: HEADERS_TIMEOUT, bodyTimeout: HEADERS_TIMEOUT };
  if (!proxyIsSet()) return new Agent(options);
  // Behind a proxy it is requestTls that carries the authorities trusted for GitLab itself.
  const proxied = { ...options, requestTls: connect };
  return new EnvHttpProxyAgent(proxied);
}

function proxyIsSet(): boolean {
  return ["http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"].some(
    (name) => process.env[name],
  );
}

function transportError(error: unknown): TransportError {
  const cause = innermost(error);
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : "";
  // A failed TLS handshake has sent nothing either.
  const notConnected = NOT_CONNECTED.has(code) || /CERT|TLS|SSL|SELF_SIGNED/.test(code);
  const words = cause.message === "" ? code : cause.message;
  return new TransportError(code === "" || words.includes(code) ? words : `${words} (${code})`, {
    kind: notConnected ? "not_connected" : "broken",
  });
}

/** Where several addresses were tried, the first failure speaks for all. */
function innermost(error: unknown): Error {
  if (error instanceof AggregateError && error.errors.length > 0) return innermost(error.errors[0]);
  if (error instanceof Error && error.cause instanceof Error) return innermost(error.cause);
  return error instanceof Error ? error : new Error(String(error));
}
