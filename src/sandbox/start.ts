import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { routes } from "./api/registry";
import { routableValue } from "./auth/token-value";
import type { SandboxControl } from "./control/control";
import { Controls } from "./control/controls";
import { Router } from "./http/router";
import { requestListener } from "./http/server";
import type { SandboxOptions } from "./options";

const address = "127.0.0.1";
const rootId = 1;

/** A running stand-in GitLab. */
export interface Sandbox {
  /** Base URL, without `/api/v4`. */
  readonly url: string;
  /** Token of the administrator `root`, with the scopes api, admin_mode and sudo. */
  readonly token: string;
  /** Clock, faults, limits, state and the log of requests. */
  readonly control: SandboxControl;
  /** Ends it, with all open connections. */
  close(): Promise<void>;
}

/** Starts a stand-in GitLab on this machine, with nothing in it but its administrator. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { port = 0, version = "19.1", tier = "ultimate", now } = options;
  const server = createServer({ keepAliveTimeout: 60_000, maxHeaderSize: 128 * 1024 });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, address, resolve);
  });
  const url = `http://${address}:${(server.address() as AddressInfo).port}`;
  const rootToken = routableValue("glpat-", rootId);
  const router = new Router(routes, version);
  const controls = new Controls({ version, tier, now, url, rootToken, router });
  server.on("request", requestListener(controls));
  return {
    url,
    token: rootToken,
    control: controls.control,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
