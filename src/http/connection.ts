import type { Dispatcher } from "undici";
import { trustedCertificates, type CertificateFile } from "./certificates";
import {
  LONGEST_ANSWER,
  LONGEST_BODY,
  LONGEST_CONNECT,
  LONGEST_DOWNLOAD,
  LONGEST_SILENCE,
} from "./limits";
import { noAnswer } from "./no-answer";
import { SetupError } from "./setup-error";
import { proxyFor, type Environment, type Proxy } from "./proxy";

export interface Exchange {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

export interface Answer {
  readonly status: number;
  /** The first value of a header. Letter case does not matter. */
  header(name: string): string | undefined;
  /** All headers, with names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** A file's bytes, or where they are to be had instead. */
export interface Download {
  readonly status: number;
  readonly location: string | undefined;
  readonly content: Buffer;
}

export interface ConnectionOptions {
  /** Certificates to trust in addition to the usual ones. Read at the first request. */
  readonly certificates?: CertificateFile | undefined;
  /** Of a server that has authorities of its own, or wants a certificate of its clients; PEM. */
  readonly tls?: TlsSettings;
  /** Where proxies and certificates are named. @default the process's own */
  readonly environment?: Environment;
  /** Bytes of one response. @default the limit for answers of an API */
  readonly longestBody?: number;
}

export interface TlsSettings {
  /** Trusted in the place of the usual ones. */
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  /** What the server's certificate must name. */
  readonly servername?: string;
}

/** Sends one request and reads the whole answer, over connections that are kept open. */
export class Connection {
  private readonly dispatchers = new Map<string, Promise<Dispatcher>>();

  constructor(private readonly options: ConnectionOptions = {}) {}

  /** Throws `NoAnswer`, or `SetupError` if no request can be sent at all. */
  async send(exchange: Exchange): Promise<Answer> {
    try {
      const { statusCode, headers, body } = await this.request(exchange, LONGEST_ANSWER);
      return {
        status: statusCode,
        headers,
        header: (name) => [headers[name.toLowerCase()] ?? []].flat()[0],
        text: await body.text(),
      };
    } catch (error) {
      throw failureOf(error);
    }
  }

  /** Throws as `send` does. Redirects are not followed. */
  async download(url: string): Promise<Download> {
    try {
      const exchange = { url, method: "GET", headers: {}, body: undefined };
      const { statusCode, headers, body } = await this.request(exchange, LONGEST_DOWNLOAD);
      return {
        status: statusCode,
        location: [headers["location"] ?? []].flat()[0],
        content: Buffer.from(await body.arrayBuffer()),
      };
    } catch (error) {
      throw failureOf(error);
    }
  }

  private async request(
    { url, method, headers, body }: Exchange,
    longest: number,
  ): Promise<Dispatcher.ResponseData> {
    const dispatcher = await this.dispatcherFor(new URL(url));
    const { request } = await import("undici");
    return request(url, {
      dispatcher,
      method: method as Dispatcher.HttpMethod,
      headers,
      signal: AbortSignal.timeout(longest),
      ...(body !== undefined && { body }),
    });
  }

  async close(): Promise<void> {
    const open = [...this.dispatchers.values()];
    this.dispatchers.clear();
    await Promise.all(open.map(async (dispatcher) => (await dispatcher).close()));
  }

  private async dispatcherFor(server: URL): Promise<Dispatcher> {
    const known = this.dispatchers.get(server.origin);
    if (known !== undefined) return known;
    const { certificates, tls = {}, environment = process.env, longestBody } = this.options;
    const proxy = proxyFor(server, environment);
    const isPlain = server.protocol === "http:" && !proxy?.origin.startsWith("https:");
    const trusted = isPlain ? undefined : trustedCertificates(certificates, environment);
    const dispatcher = createDispatcher(proxy, trusted, tls, longestBody);
    this.dispatchers.set(server.origin, dispatcher);
    return dispatcher;
  }
}

/** What cannot be sent at all keeps its own error and remedy. */
function failureOf(error: unknown): Error {
  return error instanceof SetupError ? error : noAnswer(error);
}

async function createDispatcher(
  proxy: Proxy | undefined,
  trusted: string[] | undefined,
  tls: TlsSettings,
  longestBody = LONGEST_BODY,
): Promise<Dispatcher> {
  const { Agent, ProxyAgent } = await import("undici");
  const connect = { timeout: LONGEST_CONNECT, ...(trusted !== undefined && { ca: trusted }) };
  const options = {
    connect: { ...connect, ...tls },
    headersTimeout: LONGEST_SILENCE,
    bodyTimeout: LONGEST_SILENCE,
    maxResponseSize: longestBody,
  };
  if (proxy === undefined) return new Agent(options);
  return new ProxyAgent({
    ...options,
    uri: proxy.origin,
    ...(proxy.authorization !== undefined && { token: proxy.authorization }),
    // Behind a proxy it is requestTls that carries the authorities trusted for the server itself.
    requestTls: { ...connect, ...tls },
    proxyTls: connect,
    // Proxies often open tunnels to the TLS port only.
    proxyTunnel: false,
  });
}
