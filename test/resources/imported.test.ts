import { Driver, type Declared } from "../support/driver";
import { inDays, TestGitLab } from "../support/gitlab";

let gitlab: TestGitLab;
let ids: { readonly platform: number; readonly charts: number };
let accountId: string;
let userId: number;

beforeEach(async () => {
  gitlab = await TestGitLab.start();
  ids = await gitlab.platform();
  const path = `/groups/${ids.platform}/service_accounts`;
  userId = (await gitlab.call<{ id: number }>("POST", path, { username: "bot", name: "bot" })).id;
  accountId = `group:${ids.platform}:${userId}`;
});

afterEach(() => gitlab.close());

const account = (attributes: object = {}): Declared => ({
  address: "account",
  type: "glsa_service_account",
  config: () => ({ group: "platform", username: "bot", ...attributes }),
});

const token = (attributes: object = {}): Declared => ({
  address: "token",
  type: "glsa_access_token",
  config: () => ({
    service_account_id: accountId,
    name: "ci",
    scopes: ["read_api"],
    expires_at: inDays(90),
    ...attributes,
  }),
});

const rotating = (attributes: object = {}): Declared =>
  token({ expires_at: undefined, rotation: { every: "30d" }, ...attributes });

const driver = (...declared: readonly Declared[]): Driver =>
  new Driver({ base_url: gitlab.url, token: gitlab.token, stack: "test" }, declared);

async function madeByHand(fields: object = {}): Promise<number> {
  const path = `/groups/${ids.platform}/service_accounts/${userId}/personal_access_tokens`;
  const body = { name: "ci", scopes: ["read_api"], expires_at: inDays(90), ...fields };
  return (await gitlab.call<{ id: number }>("POST", path, body)).id;
}

async function imported(declared: Declared): Promise<Driver> {
  const run = driver(declared);
  await run.import("token", `${accountId}:${await madeByHand()}`);
  await gitlab.forgetRequests();
  return run;
}

const outcome = ({
  diagnostics,
}: {
  readonly diagnostics: readonly { code?: string; severity: string; summary: string }[];
}) => diagnostics.map(({ code, severity, summary }) => code ?? `${severity}: ${summary}`);

describe("an imported token without a destination", () => {
  test("is kept, and every plan warns that the next one needs a destination", async () => {
    const run = await imported(token());
    for (let apply = 1; apply <= 2; apply++) {
      const applied = await run.apply();
      expect(outcome(applied)).toEqual(["no-destination-yet"]);
      expect(applied.diagnostics[0]?.detail).toContain('"ci" of group:');
    }
    expect((await run.plan()).actions.get("token")).toBe("none");
    expect(await gitlab.writes()).toEqual([]);
  });

  test("may rotate, and says so until its day; then the plan is refused", async () => {
    const run = await imported(rotating());
    expect(outcome(await run.apply())).toEqual(["no-destination-yet"]);
    expect(run.values("token")).toMatchObject({ rotates_at: expect.any(String) as string });
    await gitlab.control("POST", "clock", { advance: "P89D" });
    const due = await run.apply();
    expect(outcome(due)).toEqual(["value-goes-nowhere"]);
    expect(await gitlab.writes()).toEqual([]);
    run.declared = [rotating({ store_value: true })];
    await run.apply();
    expect(run.values("token")).toMatchObject({ generation: 2, status: "active" });
  });

  test.each([
    ["another scope", { scopes: ["api"] }],
    ["another name", { name: "cd" }],
    ["another expiry", { expires_at: inDays(60) }],
  ])("is not replaced for %s before it has one", async (_, change) => {
    const run = await imported(token(change));
    expect(outcome(await run.apply())).toEqual(["value-goes-nowhere"]);
    expect(await gitlab.writes()).toEqual([]);
  });

  test("that somebody revoked is told, and stops nothing else", async () => {
    const run = await imported(rotating());
    await run.apply();
    const { token_id: id } = run.values("token") ?? {};
    await gitlab.call("DELETE", `/personal_access_tokens/${String(id)}`);
    const told = await run.apply();
    expect(outcome(told)).toEqual(["revoked-without-destination"]);
    expect(told.actions.get("token")).toBe("none");
    run.declared = [rotating({ store_value: true })];
    await run.apply();
    expect(run.values("token")).toMatchObject({ generation: 2, status: "active" });
  });
});

test("a token that is made here, or was, is refused without a destination", async () => {
  const run = driver(token());
  expect(outcome(await run.apply())).toEqual(["value-goes-nowhere"]);
  run.declared = [token({ store_value: true })];
  await run.apply();
  run.declared = [token()];
  expect(outcome(await run.apply())).toEqual(["value-goes-nowhere"]);
});

test("an imported token with a scope that glsa does not know is declared with it, and kept", async () => {
  const made = await madeByHand();
  const state = await gitlab.control<Record<string, { rows: { id: number; scopes?: string[] }[] }>>(
    "GET",
    "state",
  );
  for (const row of state["tokens"]?.rows ?? [])
    if (row.id === made) row.scopes = ["read_api", "read_future"];
  await gitlab.control("POST", "state", state);
  const run = driver(token({ scopes: ["scope:read_future", "read_api"] }));
  await run.import("token", `${accountId}:${made}`);
  await gitlab.forgetRequests();
  await run.apply();
  expect((await run.plan()).actions.get("token")).toBe("none");
  expect(await gitlab.writes()).toEqual([]);
});

describe.each(["administrator", "Owner"])(
  "an account that was blocked when %s imported it",
  (who) => {
    const block = (verb: string) => gitlab.call("POST", `/users/${userId}/${verb}`);

    async function taken(...declared: readonly Declared[]): Promise<Driver> {
      await block("block");
      const run = driver(...declared);
      if (who === "Owner")
        run.settings = { ...run.settings, token: await gitlab.groupOwner(ids.platform) };
      await run.import("account", accountId);
      await gitlab.forgetRequests();
      return run;
    }

    test("stays as it is, and every plan says that it is not active", async () => {
      const run = await taken(account());
      for (let apply = 1; apply <= 2; apply++) {
        expect(outcome(await run.apply())).toContain("account-not-active");
      }
      expect((await run.plan()).actions.get("account")).toBe("none");
      expect(run.values("account")).toMatchObject({ status: "blocked" });
      run.declared = [account({ on_destroy: "retain" })];
      expect(outcome(await run.apply())).toEqual(["account-not-active"]);
      expect(await gitlab.writes()).toEqual([]);
    });

    test("fails the apply when it is blocked again after it was active", async () => {
      const run = await taken(account());
      await run.apply();
      await block("unblock");
      expect(outcome(await run.apply())).toEqual([]);
      await block("block");
      const refused = await run.apply();
      expect(refused.actions.get("account")).toBe("update");
      expect(refused.diagnostics.at(-1)).toMatchObject({
        severity: "error",
        code: "account-not-active",
      });
    });
  },
);
