import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inDays, TestGitLab } from "../support/gitlab";
import { plan, state } from "./plans";
import { runGlsa, type Result } from "./run-glsa";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "glsa-calendar-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function calendar(input: string, ...options: string[]): Promise<Result> {
  return runGlsa(["calendar", ...options], { cwd: folder, input });
}

const due = state({ rotates_at: inDays(10), valid_until: inDays(20) });

test("where nothing is due it ends with 0 and says so", async () => {
  const quiet = state({ rotates_at: inDays(40), valid_until: inDays(50) });
  expect(await calendar(quiet)).toEqual({
    code: 0,
    stdout: "Nothing is due in the next 30 days\n",
    stderr: "",
  });
});

test("what is due ends with 2 and stands in the table", async () => {
  const { code, stdout } = await calendar(due);
  expect(code).toBe(2);
  expect(stdout).toContain(`${inDays(10)}  rotates  platform-deployer  token "ci"`);
});

test("it looks as far ahead as it is told", async () => {
  expect(await calendar(due, "--days", "5")).toMatchObject({ code: 0 });
});

test("it writes JSON and iCalendar too", async () => {
  const { stdout } = await calendar(due, "--format", "json");
  expect(JSON.parse(stdout)).toMatchObject({
    format_version: "1.0",
    days: 30,
    entries: [{ date: inDays(10), kind: "rotates", account: "platform-deployer" }],
    warnings: [],
  });
  expect((await calendar(due, "--format", "icalendar")).stdout).toMatch(/^BEGIN:VCALENDAR\r\n/);
});

test("it writes one page beside what it prints", async () => {
  expect(await calendar(due, "--html", "calendar.html")).toMatchObject({ code: 2 });
  const page = readFileSync(join(folder, "calendar.html"), "utf8");
  expect(page).toContain(`<time datetime="${inDays(10)}">`);
});

test("a plan is read as well", async () => {
  expect(await calendar(plan())).toMatchObject({ code: 0 });
});

test("a schedule that comes after the expiry ends with 3 and a warning", async () => {
  const late = state({ rotates_at: inDays(12), valid_until: inDays(10) });
  const { code, stdout } = await calendar(late);
  expect(stdout).toMatch(/^warning {2}/m);
  expect(code).toBe(3);
});

test("runs that are too far apart end with 3 and a warning", async () => {
  const { code, stdout } = await calendar(due, "--runs-every", "15");
  expect(stdout).toContain("with a run every 15 days");
  expect(code).toBe(3);
});

test.each(["0", "x", "1.5", "99999"])("--days %s is refused", async (days) => {
  const { code, stderr } = await calendar(due, "--days", days);
  expect(code).toBe(1);
  expect(stderr).toContain("It must be a whole number from 1 to 3660.");
});

test("what is neither a state nor a plan ends with 1 and a sentence", async () => {
  const { code, stdout, stderr } = await calendar("no JSON");
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toMatch(/^glsa: .+\. \[unreadable-plan\]\n$/s);
});

test("several states are one calendar, and what is overdue on a day stands apart", async () => {
  writeFileSync(join(folder, "a.json"), state({ rotates_at: inDays(10), expires_at: inDays(20) }));
  writeFileSync(join(folder, "b.json"), state({ rotates_at: inDays(14), expires_at: inDays(24) }));
  const { code, stdout } = await runGlsa(
    ["calendar", "*.json", "--today", inDays(12), "--runs-every", "1"],
    { cwd: folder },
  );
  expect(stdout).toContain("2 are due in the next 30 days (1 overdue)");
  expect(stdout.indexOf("overdue\n")).toBeLessThan(stdout.indexOf(inDays(10)));
  expect(stdout).toContain("(b.json)");
  expect(code).toBeGreaterThanOrEqual(2);
});

test("metrics end as OpenMetrics asks", async () => {
  const { stdout } = await calendar(due, "--format", "openmetrics");
  expect(stdout).toMatch(/^glsa_calendar_due_timestamp_seconds\{kind="rotates",.*\} \d+$/m);
  expect(stdout).toMatch(/\n# EOF\n$/);
});

test("a live GitLab tells of what no state declares", async () => {
  const gitlab = await TestGitLab.start();
  try {
    const { platform } = await gitlab.platform();
    const place = `/groups/${platform}/service_accounts`;
    const { id } = await gitlab.call<{ id: number }>("POST", place, { username: "by-hand" });
    const token = { name: "old", scopes: ["read_api"], expires_at: inDays(9) };
    await gitlab.call("POST", `${place}/${id}/personal_access_tokens`, token);
    const { code, stdout } = await runGlsa(["calendar", "--live", "--group", "platform"], {
      cwd: folder,
      job: { GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: gitlab.token },
    });
    expect(stdout).toContain(`${inDays(9)}  expires  by-hand  token "old"`);
    expect(code).toBe(2);
  } finally {
    await gitlab.close();
  }
});
