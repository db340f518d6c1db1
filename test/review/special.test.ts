import { DEFAULT_POLICY } from "../../src/model/policy";
import { readPlan, type Change } from "../../src/review";
import { recordedPlan, TODAY } from "./recorded";

interface ChangeJson {
  readonly address: string;
  deposed?: string;
  readonly change: {
    actions: string[];
    before: Record<string, unknown> | null;
    after: Record<string, unknown> | null;
    after_unknown: Record<string, unknown>;
  };
}
interface PlanJson {
  resource_drift?: object[];
  readonly resource_changes: readonly ChangeJson[];
}

/** A recorded plan with something else about one object. */
function edited(
  name: string,
  address: string,
  edit: (change: ChangeJson, plan: PlanJson) => void,
): string {
  const plan = JSON.parse(recordedPlan(name)) as PlanJson;
  const found = plan.resource_changes.find((each) => each.address === address);
  if (found === undefined) throw new Error(`${name} has no ${address}`);
  edit(found, plan);
  return JSON.stringify(plan);
}

function changesOf(text: string, address: string): Partial<Change>[] {
  return readPlan(text, { today: TODAY })
    .accounts.flatMap(({ changes }) => changes)
    .filter((change) => change.address === address)
    .map(({ kind, effect, summary }) => ({ kind, effect, summary }));
}

const CI = "glsa_access_token.ci";

test("a leaked token that is named is replaced and revoked at once, which is nothing for a night", () => {
  const text = edited("terraform-due", CI, ({ change }) => {
    change.after = {
      ...change.after,
      revoke_now: [change.before?.["token_id"]],
      rotation_reason: "token 1 is in revoke_now",
    };
  });
  const tokenId = (JSON.parse(recordedPlan("terraform-due")) as PlanJson).resource_changes.find(
    ({ address }) => address === CI,
  )?.change.before?.["token_id"];
  expect(changesOf(text, CI)).toEqual([
    {
      kind: "revocation-due",
      effect: "loses",
      summary: `token ${String(tokenId)} is revoked at once (revoke_now)`,
    },
    { kind: "rotation", effect: "changes", summary: "a new token is made for what changed" },
  ]);
});

test("a replaced token that is named goes without a new one", () => {
  const mover = "glsa_access_token.mover";
  const text = edited("terraform-revoked", mover, ({ change }) => {
    const [old] = change.before?.["previous"] as { token_id: number }[];
    change.after = { ...change.after, revoke_now: [old?.token_id] };
  });
  expect(changesOf(text, mover)).toMatchObject([{ kind: "revocation-due", effect: "loses" }]);
});

test("a number in revoke_now that names nothing alive is told as what it is", () => {
  const text = edited("terraform-due", CI, ({ change }) => {
    change.after = { ...change.after, revoke_now: [99999] };
  });
  expect(changesOf(text, CI)).toMatchObject([
    { kind: "rotation" },
    { kind: "setting-changed", summary: "revoke_now" },
  ]);
});

test("tokens that an interrupted run left are told", () => {
  const text = edited("terraform-due", CI, ({ change }) => {
    change.before = { ...change.before, strays: [13] };
    change.after = { ...change.after, rotation_reason: "token 13 was left by an interrupted run" };
  });
  expect(changesOf(text, CI)).toMatchObject([
    {
      kind: "rotation",
      effect: "routine",
      summary: "rotates: token 13 was left by an interrupted run",
    },
    { kind: "strays-found", effect: "routine", summary: "1 token of an interrupted run" },
  ]);
});

test("an object that somebody deleted outside of the code is made anew, and the reader is told why", () => {
  const address = "glsa_membership.charts";
  const text = edited("terraform-created", address, (_, plan) => {
    plan.resource_drift = [
      {
        address,
        type: "glsa_membership",
        change: { actions: ["delete"], before: {}, after: null },
      },
    ];
  });
  const { accounts } = readPlan(text, { today: TODAY });
  const change = accounts
    .flatMap(({ changes }) => changes)
    .find((each) => each.address === address);
  expect(change?.details).toContain(
    "The one before does not exist any more: it was deleted outside of this code.",
  );
});

test("both orders of a replacement, and one that keeps the old one, are told apart", () => {
  const replaced = (...actions: string[]) =>
    changesOf(
      edited("terraform-due", CI, ({ change }) => void (change.actions = actions)),
      CI,
    )[0];
  expect(replaced("delete", "create")?.summary).toBe(
    "revoked, then made anew: nobody has a working one in between",
  );
  expect(replaced("create", "delete")?.summary).toBe(
    "a new one is made, then the old one is revoked without overlap",
  );
  expect(replaced("create", "forget")).toMatchObject({ kind: "token-replaced", effect: "changes" });
});

test("a leftover of an interrupted replacement goes, beside what stays", () => {
  const text = edited(
    "terraform-gone",
    'glsa_service_account.doomed["delete"]',
    (each) => void (each.deposed = "abcd"),
  );
  const [deleted] = readPlan(text, { today: TODAY }).accounts.flatMap(({ changes }) => changes);
  expect(deleted).toMatchObject({ kind: "account-deleted" });
  expect(deleted?.details).toContain("It is left over from a replacement that was interrupted.");
});

describe("the policy", () => {
  const findings = (name: string, policy: Partial<typeof DEFAULT_POLICY>, today = TODAY) =>
    readPlan(recordedPlan(name), { today, policy: { ...DEFAULT_POLICY, ...policy } }).findings.map(
      ({ rule, severity, object }) => `${severity} ${rule}: ${object}`,
    );

  test("judges what a plan creates and changes", () => {
    expect(
      findings("terraform-changed", {
        highestRole: "developer",
        forbiddenScopes: ["api", "write_repository"],
      }),
    ).toEqual(
      [
        'error forbidden-scope: token "new" of platform-release',
        "error highest-role: membership of platform-release in platform/charts",
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
    expect(findings("terraform-gone", { mostRemovals: 18 })).toHaveLength(1);
    expect(findings("terraform-gone", { mostRemovals: 19 })).toEqual([]);
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
