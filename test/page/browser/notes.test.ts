import { mkdirSync } from "node:fs";
import { join } from "node:path";
import MarkdownIt from "markdown-it";
import type { Browser } from "puppeteer-core";
import { reviewMarkdown, stacksMarkdown } from "../../../src/review/outputs";
import { NOTES } from "../../review/pictures";
import { describeInBrowser, openBrowser } from "../chromium";

const PICTURES = join(__dirname, "../../../docs/pictures");
const markdown = new MarkdownIt({ html: true, linkify: true });

/** The width of a note on GitLab and GitHub on a laptop, and what both do with Markdown's elements. */
const WIDTH = 860;
const STYLE = `
  body { margin: 0; padding: 16px; width: ${WIDTH - 32}px; background: #fff; color: #1f2328;
         font: 14px/1.5 -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; }
  h3 { font-size: 1.25em; margin: 0 0 12px; }
  table { border-collapse: collapse; display: block; width: max-content; max-width: 100%; overflow: auto; }
  th, td { padding: 6px 13px; border: 1px solid #d0d7de; }
  tr:nth-child(2n) { background: #f6f8fa; }
  code { font: 85% ui-monospace, "DejaVu Sans Mono", monospace; background: #eff1f3; padding: .2em .4em; border-radius: 6px; }
  li + li { margin-top: 4px; }
  details { margin: 12px 0; }
`;

/** GitLab and GitHub show pictures for these; a machine without a font of emoji shows boxes. */
const SIGNS: readonly (readonly [string, string, string])[] = [
  ["🔴", "●", "#cf222e"],
  ["🟠", "●", "#d4730b"],
  ["🔵", "●", "#0969da"],
  ["⚪", "○", "#59636e"],
  ["❌", "✖", "#cf222e"],
  ["⛔", "⊘", "#cf222e"],
  ["👀", "◉", "#9a6700"],
  ["✅", "✔", "#1a7f37"],
  ["⏳", "◔", "#59636e"],
];

function shownAs(text: string): string {
  return SIGNS.reduce(
    (html, [sign, glyph, colour]) =>
      html.replaceAll(sign, `<span style="color:${colour}">${glyph}</span>`),
    markdown.render(text),
  );
}

/** What tools that know no service accounts say of the small plan: a count, addresses, and the engine's own text, folded. */
const BY_ADDRESS = `## Plan of platform

**0 to add, 1 to change, 0 to destroy.**

- changes: glsa_membership.deployer_in_charts

<details open><summary>What the engine printed</summary>

\`\`\`
  # glsa_membership.deployer_in_charts will be updated in-place
  ~ resource "glsa_membership" "deployer_in_charts" {
        id                       = "project:17:42"
      ~ role                     = "developer" -> "maintainer"
        # (8 unchanged attributes hidden)
    }
\`\`\`

</details>
`;

const BY_PROJECT = `### Plans of 1 project

| project | status | + | ~ | − |
| :-- | :-- | --: | --: | --: |
| platform | planned | 0 | 1 | 0 |

<details><summary>What the engine printed for platform</summary></details>
`;

const SIDE_BY_SIDE = `
  .sides { display: grid; grid-template-columns: 1fr 1fr; gap: 24px; width: 1640px; }
  body { width: auto; }
  pre { background: #f6f8fa; padding: 12px; }
  .tall { grid-row: span 2; }
`;

const TEXTS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.entries(NOTES).map(([name, review]) => [
      name,
      reviewMarkdown(review, { title: "platform", limit: 65_536 }),
    ]),
  ),
  stacks: stacksMarkdown(
    Object.entries(NOTES).map(([name, review]) => ({ name, review })),
    { limit: 65_536 },
  ),
};

/** UPDATE_PICTURES=1 writes them anew, to be looked at before they are committed. */
describeInBrowser("a note, as GitLab and GitHub show it,", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  test.each(Object.keys(TEXTS))(
    "says what to do at the top, and fits its width (%s)",
    async (name) => {
      const page = await browser.newPage();
      await page.setViewport({ width: WIDTH, height: 600 });
      await page.setContent(`<!doctype html><style>${STYLE}</style>${shownAs(TEXTS[name] ?? "")}`);
      const seen = await page.evaluate(() => ({
        verdict: document.querySelector("p strong")?.getBoundingClientRect().bottom,
        table: document.querySelector("table")?.getBoundingClientRect().right,
        rows: document.querySelectorAll("table tr").length,
        // What is clipped has to be scrolled sideways.
        clipped: [...document.querySelectorAll("table")].filter(
          ({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1,
        ).length,
        overflow: document.documentElement.scrollWidth,
        height: document.body.getBoundingClientRect().height,
      }));
      expect(seen.verdict).toBeLessThan(140);
      expect(seen.overflow).toBeLessThanOrEqual(WIDTH);
      if (name !== "stacks") expect(seen.clipped).toBe(0);
      if (name === "large") expect([seen.rows, seen.height < 600]).toEqual([4, true]);
      if (name === "quiet") expect([seen.rows, seen.height < 250]).toEqual([0, true]);
      if (process.env["UPDATE_PICTURES"]) {
        mkdirSync(PICTURES, { recursive: true });
        const path = join(PICTURES, `note-${name}.png`) as `${string}.png`;
        await page.screenshot({ path, fullPage: name !== "stacks" });
      }
      await page.close();
    },
  );

  test("says in its first line what others leave to the reader of a plan", async () => {
    const page = await browser.newPage();
    await page.setViewport({ width: 1700, height: 400 });
    const sides = [TEXTS["small"] ?? "", BY_ADDRESS, BY_PROJECT].map(
      (text, at) => `<section class="${at === 1 ? "tall" : ""}">${shownAs(text)}</section>`,
    );
    const style = `<style>${STYLE}${SIDE_BY_SIDE}</style>`;
    await page.setContent(`<!doctype html>${style}<div class="sides">${sides.join("")}</div>`);
    const [ours, theirs, third] = await page.$$eval("section", (sections) =>
      sections.map((section) => (section as HTMLElement).innerText),
    );
    expect(ours).toMatch(/^.*\n+.*1 account gains power/);
    expect(theirs?.slice(0, 100)).not.toContain("maintainer");
    expect(third).not.toContain("maintainer");
    if (process.env["UPDATE_PICTURES"]) {
      const path = join(PICTURES, "note-beside-others.png") as `${string}.png`;
      await page.screenshot({ path, fullPage: true });
    }
    await page.close();
  });
});
