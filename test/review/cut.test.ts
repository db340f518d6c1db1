import fc from "fast-check";
import MarkdownIt from "markdown-it";
import { reviewMarkdown } from "../../src/review/outputs";
import { change, emptyReview, sample } from "./sample";

const jobUrl = "https://gitlab.example.com/platform/charts/-/jobs/7";
const markdown = new MarkdownIt({ html: true });

test("whatever the limit, the text keeps to it and closes what it opens", () => {
  fc.assert(
    fc.property(fc.integer({ min: 800, max: 9_000 }), (limit) => {
      const text = reviewMarkdown(sample, { limit, jobUrl });
      expect(text.length).toBeLessThanOrEqual(limit);
      const html = markdown.render(text);
      for (const tag of ["details", "ul", "li", "sub", "code", "p", "table", "tr"]) {
        expect(html.split(`<${tag}>`).length).toBe(html.split(`</${tag}>`).length);
      }
    }),
    { numRuns: 300 },
  );
});

test("what is left out is counted", () => {
  const entries = (text: string) => (text.match(/^([-*] |\| \d)/gm) ?? []).length;
  const whole = entries(reviewMarkdown(sample));
  const text = reviewMarkdown(sample, { limit: 4_000 });
  const kept = entries(text);
  expect(text).toContain(`**${whole - kept} more entries have no room here.**`);
});

test("findings without end leave room for what happens to accounts", () => {
  const [finding] = sample.findings;
  const findings = Array.from({ length: 1_000 }, () => finding!);
  const accounts = [
    { account: "legacy-bot", changes: [change("account-deleted", "destroys", "account")] },
  ];
  const text = reviewMarkdown(emptyReview({ findings, accounts }), { limit: 65_536 });
  expect(text).toContain("legacy-bot");
  expect(text.length).toBeLessThanOrEqual(65_536);
});
