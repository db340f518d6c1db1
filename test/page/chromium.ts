import { launch, type Browser, type Page } from "puppeteer-core";
import { isExecutable, onPath } from "../support/executable";

const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/** Where a Chromium is, from CHROMIUM or PATH. */
export const CHROMIUM = process.env["CHROMIUM"] ?? NAMES.flatMap(onPath).find(isExecutable);

/** Tests in a real browser. `.ci/run` installs one; elsewhere they are skipped where there is none. */
export function describeInBrowser(name: string, tests: () => void): void {
  if (CHROMIUM !== undefined) return describe(name, tests);
  describe.skip(`${name} (no Chromium on PATH, and CHROMIUM names none)`, tests);
}

export function openBrowser(): Promise<Browser> {
  if (CHROMIUM === undefined) throw new Error("No Chromium is on PATH, and CHROMIUM names none.");
  return launch({
    executablePath: CHROMIUM,
    headless: true,
    // A container's root has no sandbox of its own; the pages are ours.
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-dev-shm-usage",
      "--force-color-profile=srgb",
    ],
  });
}

/** Everything that a page asks for, its own file apart, and everything that it complains of. */
export interface Watched {
  readonly page: Page;
  readonly requests: string[];
  readonly complaints: string[];
}

export async function watchedPage(browser: Browser): Promise<Watched> {
  const page = await browser.newPage();
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  return { page, requests, complaints };
}
