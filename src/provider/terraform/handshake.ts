/** Proves that core started this process: a plugin is of no use when it is run by hand. */
const COOKIE_NAME = "TF_PLUGIN_MAGIC_COOKIE";
const COOKIE_VALUE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";

const CORE_PROTOCOL = 1;
export const PLUGIN_PROTOCOL = 6;

export function isStartedByCore(environment: NodeJS.ProcessEnv): boolean {
  return environment[COOKIE_NAME] === COOKIE_VALUE;
}

/** Where core connects. */
export interface Endpoint {
  readonly network: "unix" | "tcp";
  readonly address: string;
}

/** The one line on stdout from which core learns where to connect, and which certificate to expect. */
export function handshakeLine(
  { network, address }: Endpoint,
  certificate: Buffer | undefined,
): string {
  // Go's decoder refuses padding.
  const encoded = certificate?.toString("base64").replace(/=+$/, "") ?? "";
  return [CORE_PROTOCOL, PLUGIN_PROTOCOL, network, address, "grpc", encoded].join("|");
}

/** A line for a shell, so that core uses a running provider instead of starting one. */
export function reattachLine(address: string, endpoint: Endpoint): string {
  const providers = {
    [address]: {
      Protocol: "grpc",
      ProtocolVersion: PLUGIN_PROTOCOL,
      Pid: process.pid,
      // Core then does not end the process when it is done.
      Test: true,
      Addr: { Network: endpoint.network, String: endpoint.address },
    },
  };
  return `TF_REATTACH_PROVIDERS='${JSON.stringify(providers)}'`;
}
