import { isExempt } from "./no-proxy";
import { secrets } from "./secrets";
import { SetupError } from "./setup-error";

export type Environment = Readonly<Record<string, string | undefined>>;

/** An HTTP proxy for requests. */
export interface Proxy {
  /** Without credentials. */
  readonly origin: string;
  /** The value of `Proxy-Authorization`. */
  readonly authorization: string | undefined;
}

/**
 * The proxy that the environment names for a server, with the rules of curl and Go. Undefined if there is none.
 * @see https://curl.se/docs/manpage.html#ENVIRONMENT
 * @see https://pkg.go.dev/golang.org/x/net/http/httpproxy
 */
export function proxyFor(server: URL, environment: Environment): Proxy | undefined {
  const setting = settingFor(server, environment);
  if (setting === undefined) return undefined;
  const target = {
    host: server.hostname
      .toLowerCase()
      .replace(/^\[|\]$/g, "")
      .replace(/\.$/, ""),
    port: server.port || (server.protocol === "https:" ? "443" : "80"),
  };
  const noProxy = environment["no_proxy"] || environment["NO_PROXY"] || "";
  return isExempt(target, noProxy) ? undefined : readProxy(setting);
}

interface Setting {
  readonly name: string;
  readonly value: string;
}

function settingFor(server: URL, environment: Environment): Setting | undefined {
  const scheme = server.protocol === "https:" ? "https" : "http";
  for (const name of [
    `${scheme}_proxy`,
    `${scheme}_proxy`.toUpperCase(),
    "all_proxy",
    "ALL_PROXY",
  ]) {
    const value = environment[name]?.trim();
    if (value) return { name, value };
  }
  return undefined;
}

function readProxy({ name, value }: Setting): Proxy {
  // A host and port alone would be parsed as a scheme and a path.
  const written = value.includes("://") ? value : `http://${value}`;
  if (!URL.canParse(written)) throw unusable(name, "it is not an address");
  const url = new URL(written);
  const scheme = url.protocol.slice(0, -1);
  if (/^socks/.test(scheme)) throw unusable(name, `it names a SOCKS proxy (${scheme}://)`);
  if (scheme !== "http" && scheme !== "https") {
    throw unusable(name, `"${scheme}://" is neither http nor https`);
  }
  if (url.hostname === "") throw unusable(name, "it names no host");
  return { origin: url.origin, authorization: authorizationOf(url) };
}

function authorizationOf({ username, password }: URL): string | undefined {
  if (username === "" && password === "") return undefined;
  const [user, secret] = [decode(username), decode(password)];
  secrets.add(secret);
  return `Basic ${Buffer.from(`${user}:${secret}`).toString("base64")}`;
}

/** A percent sign that escapes nothing is taken literally. */
function decode(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) =>
    Buffer.from(escapes.replaceAll("%", ""), "hex").toString(),
  );
}

/** Never with the value, which may hold a password. */
function unusable(name: string, why: string): SetupError {
  return new SetupError(
    `the proxy in ${name} cannot be used: ${why}`,
    `Write ${name} as http://host:port or https://host:port (with user:password@ before the host if necessary), or exempt the server with NO_PROXY.`,
  );
}
