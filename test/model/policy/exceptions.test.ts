import fc from "fast-check";
import {
  judge,
  membershipAddress,
  policyOf,
  RULES,
  tokenAddress,
  type Exception,
  type Facts,
  type Finding,
} from "../../../src/model/policy";
import { day, exception, facts, settings } from "./arbitraries";

test("an exception hides just its own rule and object, until the end of its day", () => {
  fc.assert(
    fc.property(settings, exception, fc.array(facts), day, (own, granted, objects, today) => {
      const context = { stage: "review", today } as const;
      const without = judge(objects, policyOf(own), context);
      const policy = policyOf({ ...own, exceptions: [granted] });
      const { findings, excepted } = judge(objects, policy, context);
      const covers = ({ rule, address }: Finding): boolean =>
        rule === granted.rule && address === granted.object && today <= granted.until;
      expect(findings.map(ruleAndObject)).toEqual(
        without.findings.filter((finding) => !covers(finding)).map(ruleAndObject),
      );
      expect(excepted.map(ruleAndObject)).toEqual(
        without.findings.filter(covers).map(ruleAndObject),
      );
      for (const finding of excepted) expect(finding.exception).toEqual(granted);
    }),
  );
});

function ruleAndObject({ rule, address, severity }: Finding): unknown {
  return { rule, address, severity };
}

const GRANTED: Exception = {
  rule: "forbidden-scope",
  object: "bot/ci",
  reason: "imports users",
  until: "2026-06-30",
};

function sudoToken(address: string): Facts {
  return { kind: "token", label: "a token", address, scopes: ["sudo"] };
}

function judgedOn(today: string, address = "bot/ci") {
  const policy = policyOf({ exceptions: [GRANTED] });
  return judge([sudoToken(address)], policy, { stage: "plan", today });
}

test("a finding says when its exception ended, and what the reason was", () => {
  expect(judgedOn("2026-06-30").findings).toEqual([]);
  const [finding] = judgedOn("2026-07-01").findings;
  expect(finding?.exception).toEqual(GRANTED);
  expect(finding?.detail).toContain('Its exception ended on 2026-06-30 ("imports users").');
});

test("of two exceptions the one that lasts longer counts", () => {
  const policy = policyOf({ exceptions: [{ ...GRANTED, until: "2026-01-31" }, GRANTED] });
  const { excepted } = judge([sudoToken("bot/ci")], policy, { stage: "plan", today: "2026-06-01" });
  expect(excepted[0]?.exception).toEqual(GRANTED);
});

test("an account that is not known yet may be the one that an exception names", () => {
  expect(judgedOn("2026-06-01", tokenAddress(undefined, "ci")).findings).toEqual([]);
  expect(judgedOn("2026-06-01", tokenAddress(undefined, "other")).findings).toHaveLength(1);
  expect(judgedOn("2026-06-01", tokenAddress("other", "ci")).findings).toHaveLength(1);
});

test("usernames and paths ignore letter case, as GitLab does", () => {
  expect(judgedOn("2026-06-01", "Bot/ci").findings).toEqual([]);
  expect(judgedOn("2026-06-01", "bot/CI").findings).toHaveLength(1);
  const policy = policyOf({
    maxRole: "guest",
    exceptions: [{ ...GRANTED, rule: "max-role", object: "bot@Platform/Charts" }],
  });
  const address = membershipAddress("BOT", "platform/charts");
  const joined = { kind: "membership", label: "a membership", address, role: "owner" } as const;
  expect(judge([joined], policy, { stage: "plan", today: "2026-06-01" }).findings).toEqual([]);
});

test("every rule judges one kind of object, so that an exception's form is known", () => {
  expect(new Set(RULES.map(({ name }) => name)).size).toBe(RULES.length);
});
