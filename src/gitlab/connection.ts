import { rootCertificates } from "node:tls";
import type { Dispatcher } from "undici";

export interface Exchange {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

export interface Answer {
  readonly status: number;
  /** The first value of a header; names in any case. */
  header(name: string): string | undefined;
  readonly text: string;
}

/** No answer came. */
export class NoAnswer extends Error {
  constructor(
    message: string,
    /** False where the failure came before the first byte had left this machine. */
    readonly mayHaveArrived: boolean,
  ) {
    super(message);
    this.name = "NoAnswer";
  }
}

const ANSWER_TIMEOUT = 60_000;
const CONNECT_TIMEOUT = 15_000;

const NOT_CONNECTED = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** Sends one request and reads the whole answer, over connections that are kept open. */
export class Connection {
  private dispatcher: Promise<Dispatcher> | undefined;

  /** @param certificates PEM text to trust beside the usual ones; asked for at the first request */
  constructor(private readonly certificates: () => string | undefined) {}

  async send({ url, method, headers, body }: Exchange): Promise<Answer> {
    this.dispatcher ??= createDispatcher(this.certificates());
    const dispatcher = await this.dispatcher;
    const { request } = await import("undici");
    try {
      const response = await request(url, {
        dispatcher,
        method: method as Dispatcher.HttpMethod,
        headers,
        ...(body !== undefined && { body }),
      });
      const text = await response.body.text();
      return {
        status: response.statusCode,
        header: (name) => [response.headers[name.toLowerCase()] ?? []].flat()[0],
        text,
      };
    } catch (error) {
      throw noAnswer(error);
    }
  }

  async close(): Promise<void> {
    await (await this.dispatcher)?.close();
    this.dispatcher = undefined;
  }
}

async function createDispatcher(certificates: string | undefined): Promise<Dispatcher> {
  const { Agent, EnvHttpProxyAgent } = await import("undici");
  const connect = {
    timeout: CONNECT_TIMEOUT,
    ...(certificates !== undefined && { ca: [...rootCertificates, certificates] }),
  };
  const options = { connect, headersTimeout: ANSWER_TIMEOUT, bodyTimeout: ANSWER_TIMEOUT };
  if (!proxyIsSet()) return new Agent(options);
  // Behind a proxy it is requestTls that carries the authorities trusted for the server itself.
  const proxied = { ...options, requestTls: connect };
  return new EnvHttpProxyAgent(proxied);
}

function proxyIsSet(): boolean {
  return ["http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"].some(
    (name) => process.env[name],
  );
}

function noAnswer(error: unknown): NoAnswer {
  const { code, message } = innermost(error);
  // A failed TLS handshake has sent nothing either.
  const isNotConnected = NOT_CONNECTED.has(code) || /CERT|TLS|SSL|SELF_SIGNED/.test(code);
  const words = message === "" ? code : message;
  return new NoAnswer(words.includes(code) ? words : `${words} (${code})`, !isNotConnected);
}

interface Cause {
  readonly code: string;
  readonly message: string;
}

/** Where several addresses were tried, the first failure speaks for all. */
function innermost(error: unknown): Cause {
  if (typeof error !== "object" || error === null) return { code: "", message: String(error) };
  if ("errors" in error && Array.isArray(error.errors) && error.errors.length > 0) {
    return innermost(error.errors[0]);
  }
  if ("cause" in error && typeof error.cause === "object" && error.cause !== null) {
    return innermost(error.cause);
  }
  return {
    code: "code" in error ? String(error.code) : "",
    message: "message" in error ? String(error.message) : "",
  };
}
