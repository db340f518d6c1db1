import type { Browser } from "puppeteer-core";
import { TestInstance } from "../../sandbox/client";
import { describeInBrowser, openBrowser, watchedPage } from "../chromium";
import { violations } from "./accessibility";

const hostile = '<img src=x onerror="window.stolen=1">';

describeInBrowser("the page at the root, in a browser", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  }, 60_000);
  afterAll(() => browser.close());
  afterEach(() => TestInstance.closeAll());

  const textOf = (id: string) => `document.getElementById("${id}").innerText`;

  test.each([
    ["light", 1280],
    ["dark", 420],
  ] as const)(
    "in %s and %i wide shows who is who and the requests as they come, asks nobody else and runs no name",
    async (scheme, width) => {
      const gitlab = await TestInstance.start({ seed: "small" });
      await gitlab.account("", { name: hostile, username: "robot" });
      const { page, requests, complaints } = await watchedPage(browser);
      await page.setViewport({ width, height: 1100 });
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
      await page.goto(gitlab.url);
      await page.waitForFunction(`document.querySelectorAll("#projects tr").length === 24`);
      expect(await page.evaluate(textOf("about"))).toMatch(/^GitLab 19\.1, ultimate, /);
      expect(await page.evaluate(textOf("users"))).toContain("root\tAdministrator\tadministrator");
      expect(await page.evaluate(textOf("users-total"))).toBe("the first 200 of 257");
      expect(await page.evaluate(textOf("groups"))).toContain("payments/networking");

      await page.waitForFunction(`${textOf("live")} === "live"`);
      await gitlab.ask("PUT", "/users/2", { name: hostile });
      await gitlab.ask("GET", `/users/999?private_token=${gitlab.root}&page=1`);
      await page.waitForFunction(`document.querySelectorAll("#requests tr").length === 2`);
      expect(await page.evaluate(textOf("requests"))).toContain("/api/v4/users/999?page=1\t404");
      await page.waitForFunction(`${textOf("users")}.includes("onerror")`);
      expect(await page.evaluate("window.stolen")).toBeUndefined();
      expect(await page.content()).not.toContain(gitlab.root);

      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(
        width,
      );
      expect(await violations(page)).toEqual([]);
      const folder = process.env["PICTURES"];
      if (folder !== undefined) {
        await page.screenshot({ path: `${folder}/landing-${scheme}.png` as `${string}.png` });
      }
      expect(requests.every((address) => address.startsWith(gitlab.url))).toBe(true);
      expect(complaints).toEqual([]);
      await page.close();
    },
    60_000,
  );
});
