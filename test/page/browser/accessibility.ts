import { readFileSync } from "node:fs";
import type { Page } from "puppeteer-core";
import type { AxeResults, RunOptions } from "axe-core";

const SOURCE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const OPTIONS: RunOptions = {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  resultTypes: ["violations"],
};

/** What axe finds, a line for each place. */
export async function violations(page: Page): Promise<string[]> {
  const isLoaded = await page.evaluate(() => "axe" in window);
  // Put in from outside: the page's own policy lets in no script.
  if (!isLoaded) await page.evaluate(SOURCE);
  const found = await page.evaluate(async (options) => {
    const { axe } = window as unknown as {
      axe: { run(options: RunOptions): Promise<AxeResults> };
    };
    return (await axe.run(options)).violations;
  }, OPTIONS);
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id} (${help}): ${html}\n${failureSummary}`),
  );
}
