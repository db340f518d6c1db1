import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "puppeteer-core";
import { calendarPage, reviewPage } from "../../../src/page";
import { sample } from "../../review/sample";
import { compilePageAssets } from "../assets";
import { sampleCalendar } from "../calendar";
import { describeInBrowser, openBrowser, watchedPage } from "../chromium";
import { violations } from "./accessibility";

const PAGES = {
  review: () => reviewPage(sample, { version: "1.2.3", title: "production" }),
  calendar: () => calendarPage(sampleCalendar, { version: "1.2.3", today: "2026-06-20", days: 30 }),
};

describeInBrowser("the pages of reviews and calendars in a browser", () => {
  let folder: string;
  let browser: Browser;

  beforeAll(async () => {
    compilePageAssets();
    folder = mkdtempSync(join(tmpdir(), "glsa-documents-"));
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(["review", "calendar"] as const)(
    "the page of a %s requests nothing and is accessible, light and dark, wide and narrow",
    async (name) => {
      const path = join(folder, `${name}.html`);
      writeFileSync(path, PAGES[name]());
      const url = pathToFileURL(path).href;
      for (const scheme of ["light", "dark"]) {
        for (const width of [1280, 375]) {
          const { page, requests, complaints } = await watchedPage(browser);
          await page.setViewport({ width, height: 900 });
          await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
          await page.goto(url);
          const overflows = () => document.documentElement.scrollWidth > innerWidth;
          expect([scheme, width, await page.evaluate(overflows)]).toEqual([scheme, width, false]);
          expect(requests).toEqual([url]);
          expect(complaints).toEqual([]);
          expect([scheme, width, await violations(page)]).toEqual([scheme, width, []]);
          await page.close();
        }
      }
    },
  );
});
