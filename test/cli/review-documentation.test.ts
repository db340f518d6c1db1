import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { calendarOf } from "../../src/review";
import { formattedCalendar } from "../../src/review/outputs";
import { example, plan, state } from "./plans";
import { GLSA } from "./run-glsa";

const begin =
  "<!-- example: begin, written by UPDATE_DOCS=1 npx jest test/cli/review-documentation -->";
const end = "<!-- example: end -->";

function expectShown(name: string, example: string): void {
  const page = join(__dirname, "../../docs", name);
  const text = readFileSync(page, "utf8");
  const start = text.indexOf(begin) + begin.length;
  expect(start).toBeGreaterThan(begin.length);
  const block = `\n\n\`\`\`text\n${example.trimEnd()}\n\`\`\`\n\n`;
  const wanted = `${text.slice(0, start)}${block}${text.slice(text.indexOf(end))}`;
  if (process.env["UPDATE_DOCS"]) writeFileSync(page, wanted);
  expect(readFileSync(page, "utf8")).toBe(wanted);
}

test("the page on reviews shows what glsa review prints", () => {
  const options = { input: plan(example), encoding: "utf8", cwd: tmpdir() } as const;
  const program = `${process.execPath} ${GLSA} review - --fail-on never || test $? -eq 2`;
  expectShown("review.md", execFileSync("sh", ["-c", program], options));
});

test("the page on the calendar shows what glsa calendar prints", () => {
  const days = { rotates_at: "2026-07-01", valid_until: "2026-07-11" };
  const text = state(days, { expires_at: "2026-07-15" });
  const calendar = calendarOf(text, { today: "2026-06-20", days: 30 });
  const now = new Date("2026-06-20T00:00:00Z");
  expectShown("calendar.md", formattedCalendar(calendar, "text", { days: 30, now }));
});
