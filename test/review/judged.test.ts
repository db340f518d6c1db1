import { DEFAULT_POLICY } from "../../src/model/policy";
import { readPlan } from "../../src/review";
import { edited } from "./edited-plan";
import { recordedPlan, TODAY } from "./recorded";

const CI = "glsa_access_token.ci";

describe("the policy", () => {
  const findings = (name: string, policy: Partial<typeof DEFAULT_POLICY>, today = TODAY) =>
    readPlan(recordedPlan(name), { today, policy: { ...DEFAULT_POLICY, ...policy } }).findings.map(
      ({ rule, severity, object }) => `${severity} ${rule}: ${object}`,
    );

  test("judges what a plan creates and changes", () => {
    expect(
      findings("terraform-changed", {
        maxRole: "developer",
        forbiddenScopes: ["api", "write_repository"],
      }),
    ).toEqual(
      [
        'error forbidden-scope: token "new" of platform-release',
        "error max-role: membership of platform-release in platform/charts",
        'error forbidden-scope: token "ci" of platform-release',
        'warning scope-without-reason: token "new" of platform-release',
      ].sort(),
    );
  });

  test("only warns of a token that rotates as it is", () => {
    expect(findings("terraform-due", { forbiddenScopes: ["read_user"] })).toEqual([
      'warning forbidden-scope: token "ci" of platform-deployer',
    ]);
  });

  test("counts what the whole plan removes", () => {
    expect(findings("terraform-gone", { maxRemovals: 17 })).toHaveLength(1);
    expect(findings("terraform-gone", { maxRemovals: 18 })).toEqual([]);
  });

  test("keeps an exception until its last day", () => {
    const exceptions = [
      {
        rule: "scope-without-reason" as const,
        object: "platform-release/new",
        reason: "until it moves",
        until: "2026-06-30",
      },
    ];
    expect(findings("terraform-changed", { exceptions }, "2026-06-30")).toEqual([]);
    expect(findings("terraform-changed", { exceptions }, "2026-07-01")).toHaveLength(1);
  });
});

describe("what only the apply tells", () => {
  const scopesUnknown = edited("terraform-created", CI, ({ change }) => {
    delete change.after?.["scopes"];
    change.after_unknown = { ...change.after_unknown, scopes: true };
  });
  const scopesPartlyUnknown = edited("terraform-created", CI, ({ change }) => {
    change.after = { ...change.after, scopes: ["read_api", null] };
    change.after_unknown = { ...change.after_unknown, scopes: [false, true] };
  });

  test.each([
    ["scopes", scopesUnknown],
    ["one of the scopes", scopesPartlyUnknown],
  ])("is told as not judged yet: %s", (_, text) => {
    const { notJudged } = readPlan(text, { today: TODAY });
    expect(notJudged).toContainEqual({
      rule: "forbidden-scope",
      object: expect.stringMatching(/^token "ci" of /) as string,
      address: expect.stringMatching(/\/ci$/) as string,
      attribute: "scopes",
      isJudgedAtApply: true,
    });
  });

  test("is told of a role where the policy has a bound", () => {
    const text = edited("terraform-created", "glsa_membership.charts", ({ change }) => {
      delete change.after?.["role"];
      change.after_unknown = { ...change.after_unknown, role: true };
    });
    expect(readPlan(text, { today: TODAY }).notJudged).toEqual([]);
    const policy = { ...DEFAULT_POLICY, maxRole: "maintainer" } as const;
    expect(readPlan(text, { today: TODAY, policy }).notJudged).toMatchObject([
      { rule: "max-role", attribute: "role" },
    ]);
  });

  test("is told of a condition of an object, such as a policy of its part of the program", () => {
    const check = (type: string, status: string) => ({
      address: { kind: "resource", mode: "managed", type, name: "x", to_display: `${type}.x` },
      status,
      instances: [{ address: { to_display: `${type}.x["a"]` }, status }],
    });
    const text = edited("terraform-created", CI, (_, plan) => {
      Object.assign(plan, {
        checks: [
          check("glsa_membership", "unknown"),
          check("glsa_access_token", "pass"),
          check("random_pet", "unknown"),
        ],
      });
    });
    expect(readPlan(text, { today: TODAY }).remarks).toEqual([
      'Not judged yet: a condition of glsa_membership.x["a"], such as a policy of its part of the program, is decided in the apply.',
    ]);
  });

  test("is told of no recorded plan, whose scopes and roles are known", () => {
    const { notJudged } = readPlan(recordedPlan("terraform-created"), { today: TODAY });
    expect(notJudged).toEqual([]);
  });
});

test("an imported object that breaks the policy is an error although its import changes nothing", () => {
  const text = edited("terraform-due", CI, ({ change }) => {
    change.actions = ["no-op"];
    change.after = { ...change.before, scopes: ["sudo"] };
    change.before = change.after;
    Object.assign(change, { importing: { id: "group:1:2:3" } });
  });
  expect(readPlan(text, { today: TODAY }).findings).toMatchObject([
    { rule: "forbidden-scope", severity: "error" },
  ]);
});

describe("the account whose token applies the plan", () => {
  const rulesFor = (name: string, runAs?: string) =>
    readPlan(recordedPlan(name), { today: TODAY, runAs })
      .findings.filter(({ rule }) => rule.startsWith("own-"))
      .map(({ rule, severity, detail }) => `${severity} ${rule}: ${detail}`);

  test.each(["terraform", "tofu", "pulumi"])("is not lowered by it, on %s", (engine) => {
    const told = rulesFor(`${engine}-changed`, "Platform-Deployer").join("\n");
    expect(told).toMatch(/error own-power: It lowers the membership of platform\/apps/);
    expect(told).toMatch(/error own-power: It removes the token "old"/);
    expect(rulesFor(`${engine}-changed`, "bot-red")).toEqual([]);
    expect(rulesFor(`${engine}-changed`)).toEqual([]);
  });

  test("does not go by it, be it deleted or disabled", () => {
    for (const doomed of ["doomed-delete", "doomed-disable"]) {
      expect(rulesFor("terraform-gone", doomed)).toContainEqual(
        expect.stringMatching(/^error own-account-removal: /),
      );
    }
    expect(rulesFor("terraform-gone", "doomed-retain").join()).not.toContain("own-account");
  });
});
