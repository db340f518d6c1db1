import { Driver, type Declared } from "../support/driver";
import { TestGitLab } from "../support/gitlab";

let gitlab: TestGitLab;
let ids: { readonly platform: number; readonly charts: number };

beforeEach(async () => {
  gitlab = await TestGitLab.start();
  ids = await gitlab.platform();
});

afterEach(() => gitlab.close());

const account: Declared = {
  address: "account",
  type: "glsa_service_account",
  config: () => ({ group: "platform", username: "bot" }),
};

function token(attributes: object = {}): Declared {
  const variable = { project: "platform/charts", key: "TOKEN" };
  return {
    address: "token",
    type: "glsa_access_token",
    config: (states) => ({
      service_account_id: states.get("account")?.["id"],
      name: "ci",
      scopes: ["read_api"],
      rotation: { every: "30d" },
      deliver_to: [{ ci_variable: variable }],
      ...attributes,
    }),
  };
}

function driver(declared: readonly Declared[], stateName?: string): Driver {
  return new Driver(
    { base_url: gitlab.url, token: gitlab.token, stack: "test" },
    declared,
    stateName,
  );
}

async function madeByHand(): Promise<number> {
  const path = `/groups/${ids.platform}/service_accounts`;
  return (await gitlab.call<{ id: number }>("POST", path, { username: "bot" })).id;
}

const later = (duration: string) => gitlab.control("POST", "clock", { advance: duration });

/** What an apply says that must not adopt, and proof that it did not. */
async function refusal(run: Driver): Promise<{ code?: string; detail: string; summary: string }> {
  await gitlab.forgetRequests();
  const { diagnostics } = await run.apply();
  expect(await gitlab.writes()).toEqual([]);
  expect(diagnostics).toHaveLength(1);
  const [refused = { detail: "", summary: "" }] = diagnostics;
  return refused;
}

test("an account made a moment ago without any token is what an interrupted creation leaves, and adopted", async () => {
  const id = await madeByHand();
  const { diagnostics } = await driver([account]).apply();
  expect(diagnostics).toMatchObject([
    { severity: "warning", summary: 'Account "bot" exists and is adopted' },
    { severity: "warning", summary: 'Account "bot" exists and is adopted' },
  ]);
  expect(await gitlab.accounts(ids.platform)).toMatchObject([{ id }]);
});

test("an account that is older is refused with an import block", async () => {
  const id = await madeByHand();
  await later("PT7H");
  const refused = await refusal(driver([account]));
  expect(refused).toMatchObject({
    code: "account-exists",
    severity: "error",
    summary: 'Account "bot" exists already',
  });
  expect(refused.detail).toContain("longer than an interrupted apply of the last 6 hours");
  expect(refused.detail).toContain(
    `import {\n  to = glsa_service_account.bot\n  id = "group:${ids.platform}:${id}"\n}`,
  );
});

test("a whole state that was lost a moment ago comes back by itself: one account, one live token and its overlap", async () => {
  const first = driver([account, token()]);
  await first.apply();
  for (let lost = 0; lost < 3; lost++) {
    const again = driver([account, token()]);
    const { diagnostics } = await again.apply();
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(diagnostics.map(({ code }) => code)).not.toContain("token-of-another-state");
    const [present] = await gitlab.accounts(ids.platform);
    const live = (await gitlab.activeTokens(present?.id ?? 0)).map(({ id }) => id);
    const { token_id: current, previous } = again.values("token") ?? {};
    const known = (previous as { token_id: number }[]).map((entry) => entry.token_id);
    expect([current, ...known].sort()).toEqual(live.sort());
    const value = (await gitlab.variable(ids.charts, "TOKEN")) ?? "";
    expect(await gitlab.whoIs(value)).toBe("bot");
  }
});

test("a token that came after a finished creation shows that a state knows the account", async () => {
  const first = driver([account, token()]);
  await first.apply();
  first.declared = [account, token({ keepers: { again: "1" } })];
  await first.apply();
  const refused = await refusal(driver([account, token()]));
  expect(refused.summary).toBe('Account "bot" exists and is in use');
  expect(refused.detail).toContain('tokens that came after a finished creation ("ci")');
});

test("a token of another workspace shows that its state knows the account", async () => {
  await driver([account, token()], "staging").apply();
  const refused = await refusal(driver([account, token()], "production"));
  expect(refused.detail).toContain('tokens that another state of this stack created ("ci")');
  expect(refused.detail).toContain("write another username");
});

test.each([
  ["older than a few hours", "glsa:1:KEY:1", "PT7H"],
  ["of a later generation", "glsa:1:KEY:2", "PT0S"],
])("a token of an earlier version that is %s is no leftover", async (_what, marker, age) => {
  const id = await madeByHand();
  const first = driver([account, token()]);
  await first.apply();
  const path = `/groups/${ids.platform}/service_accounts/${id}/personal_access_tokens`;
  const [made] = await gitlab.call<{ id: number; description: string }[]>("GET", path);
  const key = /glsa:1:([0-9a-f]{20})/.exec(made?.description ?? "")?.[1] ?? "";
  await gitlab.call("DELETE", `${path}/${made?.id}`);
  await gitlab.call("POST", path, {
    name: "ci",
    scopes: ["read_api"],
    description: marker.replace("KEY", key),
  });
  await later(age);
  expect((await refusal(driver([account, token()]))).code).toBe("account-exists");
});
