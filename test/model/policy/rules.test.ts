import {
  judge,
  policyOf,
  RULES,
  STAGES,
  type Facts,
  type Finding,
  type PolicySettings,
  type RuleName,
  type Stage,
  type TokenFacts,
} from "../../../src/model/policy";

const TODAY = "2026-06-01";

/** Without lifetime of its own, and with time to spare. */
const ROTATION = {
  everyDays: 30,
  overlapDays: 3,
  lifetimeDays: null,
  quietForDays: 1,
  maxHoldDays: 7,
};

function token(facts: Partial<TokenFacts>): TokenFacts {
  return { kind: "token", label: 'token "ci" of bot', address: "bot/ci", ...facts };
}

const ACCOUNT = { kind: "account", label: "account bot", address: "bot" } as const;
const MEMBERSHIP = {
  kind: "membership",
  label: "bot in platform",
  address: "bot@platform",
} as const;
const NOTHING_REMOVED = { accounts: 0, tokens: 0, memberships: 0 };

interface Example {
  readonly settings?: PolicySettings;
  readonly bad: readonly Facts[];
  readonly good: readonly Facts[];
  /** The bad ones again, without what the rule would have to know. */
  readonly unknown: readonly Facts[];
}

const EXAMPLES: Readonly<Record<RuleName, Example>> = {
  "max-lifetime": {
    settings: { maxLifetimeDays: 90 },
    bad: [
      token({ lifetimeDays: 91 }),
      token({ neverExpires: true }),
      token({ rotation: { ...ROTATION, lifetimeDays: 91 } }),
      token({ rotation: { ...ROTATION, everyDays: 88 } }),
    ],
    good: [
      token({ lifetimeDays: 90, neverExpires: false }),
      token({ rotation: { ...ROTATION, lifetimeDays: 90 } }),
      // A lifetime that nobody wrote is shortened.
      token({ rotation: { ...ROTATION, everyDays: 87 } }),
    ],
    unknown: [token({})],
  },
  "forbidden-scope": {
    bad: [token({ scopes: ["read_api", "sudo"] }), token({ scopes: ["admin_mode"] })],
    good: [token({ scopes: ["read_api"] })],
    unknown: [token({})],
  },
  "scope-without-reason": {
    bad: [
      token({ scopes: ["api"], description: null }),
      token({ scopes: ["api"], description: " " }),
      token({ scopes: ["api"], description: "\u200b\u2060\u00a0" }),
      token({ scopes: ["api"], description: "\u202e\u2066\u3164" }),
    ],
    good: [
      token({ scopes: ["api"], description: "makes releases" }),
      token({ scopes: ["read_api"], description: null }),
    ],
    unknown: [token({ scopes: ["api"] }), token({ description: null })],
  },
  "forbidden-permission": {
    settings: { forbiddenPermissions: ["delete_*", "create_member"] },
    bad: [
      token({ permissions: [{ permission: "delete_group", place: "group 1" }] }),
      token({ permissions: [{ permission: "create_member", place: "the instance" }] }),
    ],
    good: [
      token({ permissions: [{ permission: "read_member", place: "group 1" }] }),
      token({ permissions: [] }),
    ],
    unknown: [token({})],
  },
  "permission-without-reason": {
    settings: { permissionsNeedingReason: ["*_variable"] },
    bad: [
      token({ permissions: [{ permission: "read_variable", place: "group 1" }], description: " " }),
    ],
    good: [
      token({
        permissions: [{ permission: "read_variable", place: "group 1" }],
        description: "delivers",
      }),
      token({ permissions: [{ permission: "read_member", place: "group 1" }], description: null }),
    ],
    unknown: [
      token({ permissions: [{ permission: "read_variable", place: "group 1" }] }),
      token({ description: null }),
    ],
  },
  "never-expiring-token": {
    bad: [token({ neverExpires: true })],
    good: [token({ neverExpires: false })],
    unknown: [token({})],
  },
  "min-slack": {
    bad: [token({ rotation: { ...ROTATION, lifetimeDays: 34 } })],
    good: [
      token({ rotation: { ...ROTATION, lifetimeDays: 35 } }),
      token({ rotation: ROTATION }),
      token({ lifetimeDays: 1 }),
    ],
    unknown: [token({})],
  },
  "max-live-tokens": {
    bad: [token({ liveTokens: 3 })],
    good: [token({ liveTokens: 2 })],
    unknown: [token({})],
  },
  "max-role": {
    settings: { maxRole: "maintainer" },
    bad: [{ ...MEMBERSHIP, role: "owner" }],
    good: [
      { ...MEMBERSHIP, role: "maintainer" },
      { ...MEMBERSHIP, role: "guest" },
    ],
    unknown: [MEMBERSHIP],
  },
  "purpose-and-contact": {
    bad: [
      { ...ACCOUNT, purpose: null, contact: "platform-team" },
      { ...ACCOUNT, purpose: "deploys", contact: null },
      { ...ACCOUNT, purpose: "deploys", contact: "\u200d" },
    ],
    good: [{ ...ACCOUNT, purpose: "deploys", contact: "platform-team" }],
    unknown: [ACCOUNT],
  },
  "max-removals": {
    bad: [
      { kind: "run", removals: { accounts: 10, tokens: 1, memberships: 0 } },
      { kind: "run", removals: { accounts: 0, tokens: 46, memberships: 5 }, total: 400 },
    ],
    good: [
      { kind: "run", removals: { accounts: 10, tokens: 0, memberships: 0 } },
      { kind: "run", removals: { accounts: 0, tokens: 45, memberships: 5 } },
    ],
    unknown: [],
  },
  "own-account-removal": {
    bad: [{ kind: "run", removals: NOTHING_REMOVED, removesOwnAccount: true }],
    good: [{ kind: "run", removals: NOTHING_REMOVED, removesOwnAccount: false }],
    unknown: [{ kind: "run", removals: NOTHING_REMOVED }],
  },
  "own-power": {
    bad: [
      {
        kind: "run",
        removals: NOTHING_REMOVED,
        powerLoss: {
          change: "lowers",
          object: "membership of user 1 in group 2",
          attribute: "role",
        },
      },
    ],
    good: [{ kind: "run", removals: NOTHING_REMOVED }],
    unknown: [],
  },
};

function found(
  rule: RuleName,
  facts: Facts,
  { settings = {}, stage }: { settings?: PolicySettings; stage: Stage },
): Finding | undefined {
  const { findings } = judge([facts], policyOf(settings), { stage, today: TODAY });
  return findings.find((finding) => finding.rule === rule);
}

describe.each(RULES)("$name", ({ name, stages, severity }) => {
  const { settings, bad, good, unknown } = EXAMPLES[name];

  test.each(stages)("is judged at %s", (stage) => {
    for (const facts of bad)
      expect(found(name, facts, { settings, stage })).toMatchObject({ severity });
    for (const facts of good) expect(found(name, facts, { settings, stage })).toBeUndefined();
  });

  test("judges nothing that it does not know", () => {
    for (const stage of STAGES) {
      for (const facts of unknown) {
        expect(found(name, facts, { settings, stage })).toBeUndefined();
      }
    }
  });

  test("is judged at no other stage", () => {
    for (const stage of STAGES.filter((each) => !stages.includes(each))) {
      for (const facts of bad) expect(found(name, facts, { settings, stage })).toBeUndefined();
    }
  });

  test("can be made an error, a warning or nothing", () => {
    const [stage] = stages;
    const [facts] = bad;
    if (stage === undefined || facts === undefined) throw new Error("a rule without example");
    for (const strictness of ["error", "warning"] as const) {
      const stricter = { ...settings, severity: { [name]: strictness } };
      expect(found(name, facts, { settings: stricter, stage })?.severity).toBe(strictness);
    }
    const off = { ...settings, severity: { [name]: "off" } } as const;
    expect(found(name, facts, { settings: off, stage })).toBeUndefined();
  });

  test("says what is wrong and what to do, of every bad example", () => {
    for (const facts of bad) {
      const finding = found(name, facts, { settings, stage: stages[0] ?? "plan" });
      expect(finding?.detail).toMatch(/^It .*[.]$/);
      expect(finding?.remedy).toMatch(/^[A-Z].*[.]$/);
    }
  });
});

test("a run's removals are told by kind, with their weight", () => {
  const removals = { accounts: 1, tokens: 42, memberships: 4 };
  const finding = found("max-removals", { kind: "run", removals, total: 300 }, { stage: "review" });
  expect(finding?.detail).toBe(
    "It removes 1 account, 42 tokens and 4 memberships, of 300 objects: that counts as 51 (an account as 5), and one run may remove 50.",
  );
});
