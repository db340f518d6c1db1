import { calendarOf, UnreadablePlanError, type CalendarOptions } from "../../src/review";
import { recordedPlan } from "./recorded";

const dates = (name: string, options: CalendarOptions) =>
  calendarOf(recordedPlan(name), options).entries.map(
    ({ date, kind, account, object }) => `${date} ${kind} ${account}: ${object}`,
  );

test("a calendar of a state says what rotates, is revoked and expires, in the order of the days", () => {
  expect(dates("terraform-state", { today: "2026-07-02", days: 200 })).toEqual([
    '2026-07-05 revoked bot-blue: token "nightly"',
    '2026-07-05 revoked bot-red: token "nightly"',
    '2026-07-05 revoked mover: token "mover"',
    '2026-07-05 revoked platform-deployer: token "ci"',
    '2026-08-01 rotates bot-blue: token "nightly"',
    '2026-08-01 rotates bot-red: token "nightly"',
    '2026-08-01 rotates mover: token "mover"',
    '2026-08-01 rotates platform-deployer: token "ci"',
    "2026-12-31 access-expires platform-deployer: membership of platform/charts",
    '2026-12-31 expires platform-deployer: token "api"',
    '2026-12-31 expires platform-deployer: token "old"',
  ]);
});

test("a stack of Pulumi has the same calendar", () => {
  const options = { today: "2026-07-02", days: 200 };
  const terraform = dates("terraform-state", options).filter((line) => !line.includes(" bot-"));
  expect(dates("pulumi-state", options)).toEqual(terraform);
});

test("a plan has the calendar of what it makes", () => {
  expect(dates("terraform-changed", { today: "2026-06-01", days: 125 })).toEqual([
    '2026-07-01 rotates bot-blue: token "nightly"',
    '2026-07-01 rotates bot-red: token "nightly"',
    '2026-07-01 rotates mover: token "mover"',
    '2026-07-31 rotates platform-release: token "ci"',
    "2026-09-30 access-expires platform-release: membership of platform/apps",
  ]);
});

test("only so many days are looked ahead, and what is overdue stays in it", () => {
  expect(dates("terraform-state", { today: "2026-07-10", days: 10 })).toEqual([
    '2026-07-05 revoked bot-blue: token "nightly"',
    '2026-07-05 revoked bot-red: token "nightly"',
    '2026-07-05 revoked mover: token "mover"',
    '2026-07-05 revoked platform-deployer: token "ci"',
  ]);
});

function state(values: object): string {
  const resource = {
    address: "glsa_access_token.ci",
    mode: "managed",
    type: "glsa_access_token",
    values: {
      service_account_id: "group:1:2",
      name: "ci",
      status: "active",
      rotation: null,
      ...values,
    },
  };
  return JSON.stringify({
    format_version: "1.0",
    values: { root_module: { resources: [resource] } },
  });
}

const rotation = { every: "30d", overlap: "3d" };

test.each([
  [
    "a token that nothing replaces",
    { valid_until: "2026-06-20" },
    {},
    /^It expires on 2026-06-20, and nothing replaces it/,
  ],
  [
    "a token that has expired",
    { valid_until: "2026-05-20" },
    {},
    /^It expired on 2026-05-20, and nothing replaces it/,
  ],
  [
    "a rotation that comes after the expiry",
    { rotation, rotates_at: "2026-07-10", valid_until: "2026-07-01" },
    {},
    /^It is due on 2026-07-10, and expires on 2026-07-01 already/,
  ],
  [
    "runs that are too far apart",
    { rotation, rotates_at: "2026-06-10", valid_until: "2026-06-20" },
    { every: 14 },
    /a run every 14 days the next run may come as late as 2026-06-23/,
  ],
])("%s is warned of", (_, values, more, words) => {
  const { warnings } = calendarOf(state(values), { today: "2026-06-01", days: 30, ...more });
  expect(warnings).toMatchObject([{ account: "user 2", object: 'token "ci"' }]);
  expect(warnings[0]?.text).toMatch(words);
});

test("a schedule that meets the expiry is not warned of", () => {
  const values = { rotation, rotates_at: "2026-06-10", valid_until: "2026-06-20" };
  const warnings = (every: number) =>
    calendarOf(state(values), { today: "2026-06-01", days: 30, every }).warnings;
  expect(warnings(10)).toEqual([]);
  expect(warnings(11)).toHaveLength(1);
});

test("what is neither a state nor a plan is refused", () => {
  expect(() => calendarOf("{}", { today: "2026-06-01", days: 30 })).toThrow(UnreadablePlanError);
});
