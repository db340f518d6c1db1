/** `npm run docs:site`, in a browser. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import type { Browser } from "puppeteer-core";
import { describeInBrowser, openBrowser, watchedPage } from "../page/chromium";
import { packageVersion } from "../support/glsa";
import { isFullRun } from "../support/tier";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".woff2": "font/woff2",
};

let folder: string;
let server: Server;
let url: string;
let browser: Browser;

/** Building it installs VitePress. */
const describeSite = isFullRun ? describeInBrowser : describe.skip;

describeSite("the documentation site", () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "glsa-site-"));
    const options = ["--out", folder, "--base", "/below/"];
    execFileSync("npx", ["tsx", ".config/site/main.ts", ...options], { stdio: "pipe" });
    server = createServer(({ url: path = "" }, response) => {
      const file = join(folder, path.replace(/[?#].*$/, "").replace("/below/", ""));
      if (!path.startsWith("/below/") || !existsSync(file)) {
        response.writeHead(404).end();
        return;
      }
      response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "text/plain" });
      response.end(readFileSync(file));
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/below`;
    browser = await openBrowser();
  }, 300_000);

  afterAll(async () => {
    await browser.close();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test("asks no other host, complains of nothing, and names its version", async () => {
    const { page, requests, complaints } = await watchedPage(browser);
    await page.goto(`${url}/index.html`, { waitUntil: "networkidle0" });
    expect(requests.filter((each) => !each.startsWith(url) && !each.startsWith("data:"))).toEqual(
      [],
    );
    expect(complaints).toEqual([]);
    expect(await page.$eval("body", (body) => body.textContent)).toContain(
      `Version ${packageVersion()}`,
    );
  });

  test("finds words without a server", async () => {
    const { page, complaints } = await watchedPage(browser);
    await page.goto(`${url}/registry/resources/access_token.html`, { waitUntil: "networkidle0" });
    await page.click(".VPNavBarSearch button");
    await page.waitForSelector(".VPLocalSearchBox input");
    await page.type(".VPLocalSearchBox input", "overlap");
    await page.waitForSelector(".VPLocalSearchBox .result");
    expect(await page.$eval(".VPLocalSearchBox .result", (each) => each.textContent)).toMatch(
      /overlap/i,
    );
    expect(complaints).toEqual([]);
  });

  test("is dark where the reader wants it so", async () => {
    const { page } = await watchedPage(browser);
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "dark" }]);
    await page.goto(`${url}/rotation.html`, { waitUntil: "networkidle0" });
    expect(await page.$eval("html", (root) => root.className)).toContain("dark");
  });

  test("holds every page of the documentation, and llms.txt", () => {
    for (const name of ["rotation.html", "api/cdktf.html", "decisions/hosts.html", "llms.txt"]) {
      expect([name, existsSync(join(folder, name))]).toEqual([name, true]);
    }
  });
});
