/** `glsa install --from` an address. */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer as createProxy, type Server as Proxy } from "node:http";
import { createServer, type Server } from "node:https";
import { connect, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageVersion, PROVIDER_ADDRESS } from "../support/glsa";
import { localAuthority, type Authority } from "../release/authority";
import { GLSA } from "./run-glsa";

const VERSION = packageVersion();
const PLATFORM = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;
const ZIP = `terraform-provider-glsa_${VERSION}_${PLATFORM}.zip`;
const CONTENT = "a zip";
const RELEASE = JSON.stringify({
  version: VERSION,
  address: PROVIDER_ADDRESS,
  script: "h1:script",
  archives: [
    {
      platform: PLATFORM,
      file: ZIP,
      h1: "h1:zip",
      zh: `zh:${createHash("sha256").update(CONTENT).digest("hex")}`,
    },
  ],
});

let folder: string;
let authority: Authority;
let server: Server;
let proxy: Proxy;
let tunnels: string[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "glsa-download-"));
  authority = localAuthority(folder);
  const { key, certificate: cert } = authority;
  server = createServer({ key, cert }, ({ url = "" }, response) => {
    if (url === "/moved/release.json") response.writeHead(302, { location: "/files/release.json" });
    else if (url === `/moved/${ZIP}`) response.writeHead(302, { location: `../files/${ZIP}` });
    else if (url.startsWith("/unsafe/")) {
      response.writeHead(302, { location: "http://localhost/release.json" });
    } else if (url === "/files/release.json") return response.end(RELEASE);
    else if (url === `/files/${ZIP}`) return response.end(CONTENT);
    else response.writeHead(404);
    return response.end();
  });
  proxy = createProxy().on("connect", ({ url = "" }, socket) => {
    tunnels.push(url);
    const target = connect(Number(url.split(":")[1]), "localhost", () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      target.pipe(socket).pipe(target);
    });
    target.on("error", () => socket.destroy());
    socket.on("error", () => target.destroy());
  });
  for (const one of [server, proxy]) {
    await new Promise<void>((listening) => one.listen(0, "localhost", listening));
  }
});

beforeEach(() => {
  tunnels = [];
});

afterAll(() => {
  for (const one of [server, proxy]) {
    one.closeAllConnections();
    one.close();
  }
  rmSync(folder, { recursive: true, force: true });
});

function portOf(one: Server | Proxy): number {
  return (one.address() as AddressInfo).port;
}

interface Ended {
  readonly failed: boolean;
  readonly stderr: string;
}

function install(path: string, env: NodeJS.ProcessEnv): Promise<Ended> {
  const from = `https://localhost:${portOf(server)}/${path}`;
  const place = ["--for", "folder", "--folder", join(folder, path)];
  const proxies = { HTTPS_PROXY: "", https_proxy: "", NO_PROXY: "", no_proxy: "" };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [GLSA, "install", "--from", from, ...place],
      { env: { ...process.env, ...proxies, ...env } },
      (error, _, stderr) => resolve({ failed: error !== null, stderr }),
    );
  });
}

function isInstalled(path: string): boolean {
  return existsSync(join(folder, path, "terraform.d/plugins", PROVIDER_ADDRESS, ZIP));
}

test("an address whose authority is not known is refused, and nothing is installed", async () => {
  const { failed, stderr } = await install("files", {});
  expect({ failed, installed: isInstalled("files") }).toEqual({ failed: true, installed: false });
  expect(stderr).toContain("[unusable-release]");
});

test("the authority that the environment names is trusted, and its proxy used", async () => {
  const env = {
    SSL_CERT_FILE: authority.file,
    HTTPS_PROXY: `http://localhost:${portOf(proxy)}`,
  };
  expect(await install("files", env)).toEqual({ failed: false, stderr: "" });
  expect(isInstalled("files")).toBe(true);
  expect(new Set(tunnels)).toEqual(new Set([`localhost:${portOf(server)}`]));
});

test("redirects are followed, as places that keep releases send them", async () => {
  expect(await install("moved", { SSL_CERT_FILE: authority.file })).toMatchObject({
    failed: false,
  });
  expect(isInstalled("moved")).toBe(true);
});

test("a redirect to an address without TLS is refused", async () => {
  const { failed, stderr } = await install("unsafe", { SSL_CERT_FILE: authority.file });
  expect(failed).toBe(true);
  expect(stderr).toContain("is not HTTPS");
});
