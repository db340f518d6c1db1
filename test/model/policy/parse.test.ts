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
  rule: "max-role",
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
  [{ max_lifetim: "90d" }, /^max_lifetim: Unknown key.*Did you mean "max_lifetime"\?/],
  [{ max_lifetime: 90 }, /^max_lifetime: It must be a number of days.*"30d".*got 90/],
  [{ max_lifetime: "3 months" }, /^max_lifetime: "3 months" is not a number of days/],
  [{ max_lifetime: "0d" }, /^max_lifetime: It must be at least 1 day/],
  [{ forbidden_scopes: "sudo" }, /^forbidden_scopes: It must be a list/],
  [{ forbidden_scopes: ["sudoo"] }, /^forbidden_scopes\[0\]: Unknown scope "sudoo".*"sudo"/],
  [{ max_role: "maintaner" }, /^max_role: .*Did you mean "maintainer"\?/],
  [{ max_removals: -1 }, /^max_removals: It must be a whole number/],
  [{ max_removals: "10" }, /^max_removals: It must be a whole number.*got "10"/],
  [{ severity: { "higest-role": "error" } }, /^severity\.higest-role: Unknown key.*"max-role"/],
  [{ severity: { "max-role": "fatal" } }, /^severity\.max-role: .*off, warning, error/],
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
  [{ exceptions: [{ ...EXCEPTION, rule: "max-removals" }] }, /^exceptions\[0\]\.object: .*"run"/],
  [{ exceptions: [{ ...EXCEPTION, ticket: 7 }] }, /^exceptions\[0\]\.ticket: Unknown key/],
  [{ min_slack: null }, /^min_slack: It must be a number of days.*got null/],
  ["strict", /^: It must be an object/],
])("%j is told with its place and the way out", (raw, expected) => {
  expect(problems(raw)).toEqual([expect.stringMatching(expected)]);
});

test.each([
  ["maximum_lifetime", ' Did you mean "max_lifetime"?'],
  ["highest_role", ' Did you mean "max_role"?'],
  ["most_live_generations", ' Did you mean "max_live_tokens"?'],
  ["most_removals", ' Did you mean "max_removals"?'],
  ["least_slack", ' Did you mean "min_slack"?'],
  ["removal_quota", ""],
])("an unknown key %s proposes the setting that is meant", (key, proposal) => {
  expect(problems({ [key]: 1 })).toEqual([expect.stringMatching(`^${key}: Unknown key`)]);
  expect(problems({ [key]: 1 })[0]?.endsWith(`exceptions.${proposal}`)).toBe(true);
});

test("a problem in one setting leaves the others as they are written", () => {
  const { policy } = parsePolicy({ max_lifetime: "90", max_role: "developer" });
  expect(policy).toEqual({ ...DEFAULT_POLICY, maxRole: "developer" });
});
