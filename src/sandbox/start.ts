import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { outsideRoutes } from "./api/git-and-registry";
import { routes } from "./api/registry";
import { routableValue } from "./auth/token-value";
import { SandboxControl } from "./control/control";
import { Controls } from "./control/controls";
import { clockOf, DataFile, readDataFile } from "./control/data-file";
import { Router } from "./http/router";
import { requestListener } from "./http/server";
import { defaultLogSize, type SandboxOptions } from "./options";
import { planEstate } from "./seed/sizes";

const address = "127.0.0.1";
const rootId = 1;

/** A running stand-in GitLab. */
export interface Sandbox {
  /** Base URL, without `/api/v4`. */
  readonly url: string;
  /** Token of the administrator `root`, with the scopes api, admin_mode and sudo. */
  readonly token: string;
  /** The certificate that clients must trust, as PEM; only with `tls`. */
  readonly ca?: string;
  /** Clock, faults, limits, state and the log of requests. */
  readonly control: SandboxControl;
  /** Stops it, and closes all connections. */
  close(): Promise<void>;
}

/**
 * Starts a stand-in GitLab on this machine, with only its administrator, with sample data, or with the contents of a
 * data file.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { port = 0, version = "19.1", tier = "ultimate", locale = "en" } = options;
  const { registry, now, data } = options;
  const wanted = options.seed === undefined ? undefined : planEstate(options.seed);
  const saved = data === undefined ? undefined : readDataFile(data);
  const { server, ca } = await newServer(options.tls === true);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, address, resolve);
  });
  const scheme = ca ? "https" : "http";
  const url = `${scheme}://${address}:${(server.address() as AddressInfo).port}`;
  const rootToken = saved?.token ?? routableValue("glpat-", rootId);
  const router = new Router(routes, version, outsideRoutes);
  const logSize = options.requestLog ?? defaultLogSize;
  const estate = saved === undefined ? wanted : undefined;
  const imitated = { version, tier, locale, registry, now, url };
  const controls = new Controls({ ...imitated, logSize, rootToken, router, estate });
  const control = new SandboxControl(controls);
  if (saved !== undefined) {
    control.loadState(saved.state);
    control.setClock(now ?? clockOf(saved));
  }
  const file = data === undefined ? undefined : new DataFile(data, rootToken, control);
  if (file !== undefined) controls.onChange = () => file.saveSoon();
  server.on("request", requestListener(controls));
  return {
    url,
    token: rootToken,
    ...(ca && { ca }),
    control,
    close: () =>
      new Promise((resolve) => {
        file?.save();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Nothing listens yet. The code for TLS is loaded only if it is used. */
async function newServer(isSecure: boolean): Promise<{ server: Server; ca?: string }> {
  const limits = { keepAliveTimeout: 60_000, maxHeaderSize: 128 * 1024 };
  if (!isSecure) return { server: createServer(limits) };
  const https = await import("node:https");
  const { generateTls } = await import("./tls/certificate");
  const tls = generateTls();
  return { server: https.createServer({ ...tls, ...limits }), ca: tls.ca };
}
