import { calendarPage, reviewPage } from "../../src/page";
import { emptyReview, sample } from "../review/sample";
import { compilePageAssets } from "./assets";
import { sampleCalendar } from "./calendar";
import { HOSTILE } from "./hostile";

beforeAll(compilePageAssets);

const OPTIONS = { version: "1.2.3", today: "2026-06-20", days: 30 };

test("a review's page tells every change, finding and remark", () => {
  const page = reviewPage(sample, { version: "1.2.3", title: "production" });
  expect(page).toContain("<h1>Review: production</h1>");
  const addresses = sample.accounts.flatMap(({ changes }) => changes.map(({ address }) => address));
  for (const text of [...addresses, ...sample.findings.map(({ rule }) => rule)]) {
    expect(page).toContain(text);
  }
});

test("a plan that failed says so above everything", () => {
  const page = reviewPage(
    emptyReview({ errored: true, remarks: ["It stopped half-way."] }),
    OPTIONS,
  );
  expect(page.split("<main")[0]).toContain("It stopped half-way.");
});

test("a review of nothing says that nothing changes", () => {
  expect(reviewPage(emptyReview(), OPTIONS)).toContain(
    '<p class="lead">No service account changes',
  );
});

test("a calendar's page has warnings first, then what is overdue, then months", () => {
  const page = calendarPage(sampleCalendar, OPTIONS);
  const headings = [...page.matchAll(/<h2 id="([^"]+)"/g)].map(([, id]) => id);
  expect(headings).toEqual(["warnings", "overdue", "month-2026-06", "month-2026-07"]);
});

test("pages without a program allow none, and names in them stay texts", () => {
  const [entry] = sampleCalendar.entries;
  const [account] = sample.accounts;
  if (entry === undefined || account === undefined) throw new Error("The samples are empty.");
  const entries = HOSTILE.map((name) => ({ ...entry, account: name, object: name, detail: name }));
  const accounts = HOSTILE.map((name) => ({
    account: name,
    owner: name,
    changes: account.changes.map((change) => ({
      ...change,
      object: name,
      address: name,
      summary: name,
      from: name,
      to: name,
      details: [name],
    })),
  }));
  const pages = [
    calendarPage({ entries, warnings: [] }, OPTIONS),
    reviewPage({ ...sample, accounts, remarks: HOSTILE }, { ...OPTIONS, title: HOSTILE[0] }),
  ];
  for (const page of pages) {
    expect(page).toContain("script-src &#39;none&#39;");
    expect(page).not.toMatch(/<script|<img|<!--|<svg/);
    // eslint-disable-next-line no-control-regex
    expect(page).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/);
  }
});
