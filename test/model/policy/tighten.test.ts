import fc from "fast-check";
import {
  DEFAULT_POLICY,
  judge,
  policyOf,
  strictest,
  STAGES,
  tighten,
  type Facts,
  type Policy,
  type PolicySettings,
} from "../../../src/model/policy";
import { facts, settings, settingsAndExceptions, stricterThan } from "./arbitraries";

/** What would stop or tell somebody: rule, object and how much it weighs. */
function found(objects: readonly Facts[], policy: Policy): Map<string, string> {
  const all = STAGES.flatMap((stage) =>
    judge(objects, policy, { stage, today: "2026-06-01" }).findings.map(
      ({ rule, address, severity }) => [`${stage} ${rule} ${address}`, severity] as const,
    ),
  );
  return new Map(all);
}

function sorted(policy: Policy): unknown {
  const text = (items: readonly unknown[]) => items.map((item) => JSON.stringify(item)).sort();
  return {
    ...policy,
    forbiddenScopes: text(policy.forbiddenScopes),
    scopesNeedingReason: text(policy.scopesNeedingReason),
    forbiddenPermissions: text(policy.forbiddenPermissions),
    permissionsNeedingReason: text(policy.permissionsNeedingReason),
    exceptions: text(policy.exceptions),
  };
}

test("tightening never removes a finding, nor makes an error a warning", () => {
  fc.assert(
    fc.property(settings, settings, fc.array(facts), (base, own, objects) => {
      const inherited = policyOf(base);
      const before = found(objects, inherited);
      const after = found(objects, tighten(inherited, own).policy);
      for (const [finding, severity] of before) {
        expect([severity, "error"]).toContain(after.get(finding));
      }
    }),
  );
});

test("of policies that stand beside each other the stricter part of each counts", () => {
  fc.assert(
    fc.property(settings, settings, fc.array(facts), (own, other, objects) => {
      const both = found(objects, strictest(policyOf(own), other));
      const tightened = found(objects, policyOf(own));
      for (const [finding, severity] of tightened) {
        expect([severity, "error"]).toContain(both.get(finding));
      }
    }),
  );
  const own = policyOf({
    maxRole: "maintainer",
    severity: { "max-live-tokens": "error", "forbidden-scope": "off" },
  });
  const exception = {
    rule: "max-role",
    object: "a@b",
    reason: "r",
    until: "2030-01-01",
  } as const;
  expect(
    strictest(own, {
      maxRole: "owner",
      maxLifetimeDays: 30,
      maxRemovals: 100,
      severity: { "max-live-tokens": "off", "forbidden-scope": "error" },
      exceptions: [exception],
    }),
  ).toEqual({
    ...own,
    maxLifetimeDays: 30,
    severity: { "max-live-tokens": "error", "forbidden-scope": "error" },
  });
});

test("tightening twice by the same changes nothing more", () => {
  fc.assert(
    fc.property(settingsAndExceptions, settingsAndExceptions, (base, own) => {
      const once = tighten(policyOf(base), own);
      expect(sorted(tighten(once.policy, own).policy)).toEqual(sorted(once.policy));
    }),
  );
});

test("what is tightened in steps is the same as what is tightened at once", () => {
  const steps = settingsAndExceptions.chain((base) =>
    stricterThan(policyOf(base)).chain((first) =>
      stricterThan(tighten(policyOf(base), first).policy).map((second) => ({
        top: policyOf(base),
        first,
        second,
      })),
    ),
  );
  fc.assert(
    fc.property(steps, ({ top, first, second }) => {
      const inner = tighten(top, first);
      const stepwise = tighten(inner.policy, second);
      const atOnce = tighten(top, joined(first, second));
      expect([inner.problems, stepwise.problems, atOnce.problems]).toEqual([[], [], []]);
      expect(sorted(atOnce.policy)).toEqual(sorted(stepwise.policy));
    }),
  );
});

/** Both in one, where the second is the stricter. */
function joined(first: PolicySettings, second: PolicySettings): PolicySettings {
  const lists = [
    ...(["forbiddenScopes", "scopesNeedingReason"] as const),
    ...(["forbiddenPermissions", "permissionsNeedingReason"] as const),
  ];
  const added = (name: (typeof lists)[number]) =>
    first[name] || second[name]
      ? { [name]: [...(first[name] ?? []), ...(second[name] ?? [])] }
      : {};
  return {
    ...first,
    ...second,
    ...lists.map(added).reduce((all, one) => ({ ...all, ...one }), {}),
    severity: { ...first.severity, ...second.severity },
    exceptions: [...(first.exceptions ?? []), ...(second.exceptions ?? [])],
  };
}

const LOOSER: readonly (readonly [PolicySettings, PolicySettings, key: string, RegExp])[] = [
  [{ maxLifetimeDays: 90 }, { maxLifetimeDays: 91 }, "max_lifetime", /"90d".*"91d"/],
  [{ maxRole: "developer" }, { maxRole: "owner" }, "max_role", /"developer".*"owner"/],
  [{}, { forbiddenScopes: [] }, "forbidden_scopes", /\["sudo","admin_mode"\].*\[\]/],
  [{}, { minSlackDays: 1 }, "min_slack", /"2d".*"1d"/],
  [{}, { maxLiveTokens: 3 }, "max_live_tokens", /2.*3/],
  [{}, { maxRemovals: 51 }, "max_removals", /50.*51/],
  [{}, { severity: { "forbidden-scope": "warning" } }, "severity", /{}.*warning/],
  [
    { severity: { "min-slack": "error" } },
    { severity: { "min-slack": "off" } },
    "severity",
    /error.*off/,
  ],
];

test.each(LOOSER)(
  "%j cannot be loosened by %j: the problem names the key, both values and the way out",
  (base, own, key, values) => {
    const inherited = policyOf(base);
    const { policy, problems } = tighten(inherited, own);
    expect(policy).toEqual(inherited);
    expect(problems).toEqual([expect.objectContaining({ path: [key] })]);
    expect(problems[0]?.detail).toMatch(values);
    expect(problems[0]?.detail).toMatch(/exception with a reason and an end date/);
  },
);

test("scopes that are forbidden below are added to those above", () => {
  const { policy } = tighten(DEFAULT_POLICY, { forbiddenScopes: ["api"] });
  expect(policy.forbiddenScopes).toEqual(["sudo", "admin_mode", "api"]);
});
