import { readPlan, type Change } from "../../src/review";
import { edited, type ChangeJson, type PlanJson } from "./edited-plan";
import { recordedPlan, TODAY } from "./recorded";

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
      rotation_reasons: [{ code: "revoke-now", message: "token 1 is in revoke_now" }],
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

test.each([
  ["generation", 2, "nothing is removed, and the next token's value goes there as everywhere."],
  ["generation", 1, "no value is delivered or removed."],
])("a destination in other words while %s is %d is the same place", (name, value, told) => {
  const text = edited("terraform-due", CI, ({ change }) => {
    const [first, ...others] = change.after?.["deliver_to"] as { ci_variable: object }[];
    const respelt = { ...first, ci_variable: { ...first?.ci_variable, project: "1" } };
    change.after = { ...change.after, deliver_to: [respelt, ...others], [name]: value };
  });
  const found = readPlan(text, { today: TODAY })
    .accounts.flatMap(({ changes }) => changes)
    .filter(({ summary }) => summary === "destination written differently");
  expect(found.map(({ details }) => details)).toEqual([[`It is the same place: ${told}`]]);
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
    const message = "token 13 was left by an interrupted run";
    change.after = { ...change.after, rotation_reasons: [{ code: "interrupted-run", message }] };
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

test("the destination of an imported token gets nothing before the first rotation", () => {
  const text = edited("terraform-changed", CI, ({ change }) => {
    const { deliver_to: destinations } = change.after ?? {};
    change.actions = ["update"];
    change.after = { ...change.before, deliver_to: destinations };
    change.before = { ...change.before, deliver_to: null, fingerprint: null };
    change.after_unknown = {};
    Object.assign(change, { importing: { id: "group:1:2:3" } });
  });
  const told = readPlan(text, { today: TODAY })
    .accounts.flatMap(({ changes }) => changes)
    .filter(({ kind }) => kind === "delivery-added")
    .map(({ summary }) => summary);
  expect(new Set(told)).toEqual(new Set(["delivered from its first rotation on"]));
});

describe("drift that a plan only notes down", () => {
  function refreshed(address: string, edit: (change: ChangeJson["change"]) => void): string {
    const plan = JSON.parse(recordedPlan("terraform-due")) as PlanJson;
    const found = plan.resource_changes.find((each) => each.address === address);
    if (found === undefined) throw new Error(`there is no ${address}`);
    found.change.actions = ["update"];
    found.change.after = { ...found.change.before };
    found.change.after_unknown = {};
    edit(found.change);
    return JSON.stringify({ ...plan, resource_changes: [], resource_drift: [found] });
  }

  test("is told, counts as a change, and is nothing that an apply rotates", () => {
    const text = refreshed(CI, (change) => {
      change.after = { ...change.after, status: "revoked" };
    });
    const review = readPlan(text, { today: TODAY });
    expect(changesOf(text, CI)).toEqual([
      { kind: "setting-changed", effect: "changes", summary: "status" },
    ]);
    expect(review.accounts[0]?.changes[0]).toMatchObject({ from: "active", to: "revoked" });
    expect(review.planned).toEqual({ create: 0, update: 0, delete: 0 });
    expect(review.rotationTargets).toEqual([]);
  });

  test("of an object that is gone is told as gone", () => {
    const text = refreshed(CI, (change) => {
      change.actions = ["delete"];
      change.after = null;
    });
    expect(changesOf(text, CI)).toEqual([
      { kind: "token-removed", effect: "destroys", summary: "gone" },
    ]);
  });

  test("is judged by the policy, as a warning", () => {
    const text = refreshed(CI, (change) => {
      change.after = { ...change.after, scopes: ["sudo"] };
    });
    expect(readPlan(text, { today: TODAY }).findings).toMatchObject([
      { rule: "forbidden-scope", severity: "warning" },
    ]);
  });

  test("of a refresh by Pulumi is told, too", () => {
    const state = (outputs: object) => ({
      urn: "urn:pulumi:s::p::glsa:index:Membership::m",
      type: "glsa:index:Membership",
      custom: true,
      id: "group:1:2",
      inputs: { group: "platform", serviceAccountId: "group:1:2", role: "developer" },
      outputs: { group: "platform", serviceAccountId: "group:1:2", ...outputs },
    });
    const preview = (newState: object | undefined) =>
      JSON.stringify({
        steps: [
          {
            op: "refresh",
            urn: "urn:pulumi:s::p::glsa:index:Membership::m",
            oldState: state({ role: "developer" }),
            ...(newState !== undefined && { newState }),
          },
        ],
      });
    const kinds = (text: string) =>
      readPlan(text, { today: TODAY }).accounts.flatMap(({ changes }) =>
        changes.map(({ kind }) => kind),
      );
    expect(kinds(preview(state({ role: "owner" })))).toEqual(["role-raised"]);
    expect(kinds(preview(undefined))).toEqual(["membership-removed"]);
    expect(kinds(preview(state({ role: "developer" })))).toEqual([]);
  });
});

test("what is moved, imported and replaced in one is told as all three", () => {
  const text = edited("terraform-changed", "glsa_service_account.deployer", (planned) => {
    planned.change.actions = ["delete", "create"];
    Object.assign(planned, { previous_address: "glsa_service_account.before" });
    Object.assign(planned.change, { importing: { id: "group:1:2" } });
  });
  const kinds = readPlan(text, { today: TODAY })
    .accounts.flatMap(({ changes }) => changes)
    .filter(({ address }) => address === "glsa_service_account.deployer")
    .map(({ kind }) => kind);
  expect(kinds).toEqual(
    expect.arrayContaining(["account-replaced", "account-imported", "address-changed"]),
  );
});
