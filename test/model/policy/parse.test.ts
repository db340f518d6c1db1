import fc from "fast-check";
import {
  DEFAULT_POLICY,
  formatSettings,
  parsePolicy,
  parseSettings,
  pathText,
} from "../../../src/model/policy";
import { settingsAndExceptions } from "./arbitraries";

function problems(raw: unknown): string[] {
  return parseSettings(raw).problems.map(
    ({ path, summary, detail }) => `${pathText(path)}: ${summary}. ${detail}`,
  );
}

const EXCEPTION = {
  rule: "highest-role",
  object: "bot@platform",
  reason: "moves projects",
  until: "2027-03-31",
};

test("nothing written is the default policy", () => {
  expect(parsePolicy({})).toEqual({ policy: DEFAULT_POLICY, problems: [] });
});

test("every setting is read as it is written", () => {
  fc.assert(
    fc.property(settingsAndExceptions, (settings) => {
      expect(parseSettings(formatSettings(settings))).toEqual({ settings, problems: [] });
    }),
  );
});

test.each([
  [{ maximum_lifetim: "90d" }, /^maximum_lifetim: Unknown key.*Did you mean "maximum_lifetime"\?/],
  [{ maximum_lifetime: 90 }, /^maximum_lifetime: It must be a number of days.*"30d".*got 90/],
  [{ maximum_lifetime: "3 months" }, /^maximum_lifetime: "3 months" is not a number of days/],
  [{ maximum_lifetime: "0d" }, /^maximum_lifetime: It must be at least 1 day/],
  [{ forbidden_scopes: "sudo" }, /^forbidden_scopes: It must be a list/],
  [{ forbidden_scopes: ["sudoo"] }, /^forbidden_scopes\[0\]: Unknown scope "sudoo".*"sudo"/],
  [{ highest_role: "maintaner" }, /^highest_role: .*Did you mean "maintainer"\?/],
  [{ most_removals: -1 }, /^most_removals: It must be a whole number/],
  [{ most_removals: "10" }, /^most_removals: It must be a whole number.*got "10"/],
  [{ severity: { "higest-role": "error" } }, /^severity\.higest-role: Unknown key.*"highest-role"/],
  [{ severity: { "highest-role": "fatal" } }, /^severity\.highest-role: .*off, warning, error/],
  [
    { exceptions: [{ ...EXCEPTION, reason: undefined }] },
    /^exceptions\[0\]\.reason: .*needs a reason/,
  ],
  [{ exceptions: [{ ...EXCEPTION, reason: " " }] }, /^exceptions\[0\]\.reason: .*needs a reason/],
  [{ exceptions: [{ ...EXCEPTION, until: undefined }] }, /^exceptions\[0\]\.until: .*end date/],
  [
    { exceptions: [{ ...EXCEPTION, until: "2027-02-30" }] },
    /^exceptions\[0\]\.until: .*YYYY-MM-DD/,
  ],
  [{ exceptions: [{ ...EXCEPTION, rule: "highest" }] }, /^exceptions\[0\]\.rule: /],
  [
    { exceptions: [{ ...EXCEPTION, object: "bot/ci" }] },
    /^exceptions\[0\]\.object: .*username@path/,
  ],
  [
    { exceptions: [{ ...EXCEPTION, rule: "too-many-removals" }] },
    /^exceptions\[0\]\.object: .*"run"/,
  ],
  [{ exceptions: [{ ...EXCEPTION, ticket: 7 }] }, /^exceptions\[0\]\.ticket: Unknown key/],
  [{ least_slack: null }, /^least_slack: It must be a number of days.*got null/],
  ["strict", /^: It must be an object/],
])("%j is told with its place and the way out", (raw, expected) => {
  expect(problems(raw)).toEqual([expect.stringMatching(expected)]);
});

test("a problem in one setting leaves the others as they are written", () => {
  const { policy } = parsePolicy({ maximum_lifetime: "90", highest_role: "developer" });
  expect(policy).toEqual({ ...DEFAULT_POLICY, highestRole: "developer" });
});
