import { confirmPlannedUser } from "../../src/resources/service-account/identity";
import type { ServiceAccountState } from "../../src/resources/service-account/schema";
import { GitLab } from "../../src/gitlab";
import { Inventory } from "../../src/inventory";
import { DiagnosticError } from "../../src/provider/contract";
import { glsaProvider } from "../../src/resources";
import { Driver, type Declared } from "../support/driver";
import { TestGitLab } from "../support/gitlab";

let gitlab: TestGitLab;
let ids: { readonly platform: number; readonly apps: number; readonly charts: number };
let driver: Driver;

const account: Declared = {
  address: "account",
  type: "glsa_service_account",
  config: () => ({ group: "platform", username: "bot" }),
};
const membership: Declared = {
  address: "membership",
  type: "glsa_membership",
  config: (states) => ({
    service_account_id: states.get("account")?.["id"],
    project: "platform/charts",
    role: "developer",
  }),
};
const token: Declared = {
  address: "token",
  type: "glsa_access_token",
  config: (states) => ({
    service_account_id: states.get("account")?.["id"],
    name: "ci",
    scopes: ["read_api"],
    rotation: { every: "30d" },
    store_value: true,
  }),
};

interface Row {
  id: number;
  username: string;
  state: string;
  email: string;
  created_at: string;
  description?: string | null;
}

/** Changes rows of the stand-in's tables, as nobody could through its API. */
async function rewrite(table: "users" | "tokens", change: (row: Row) => void): Promise<void> {
  const state = await gitlab.control<Record<string, { rows: Row[] }>>("GET", "state");
  for (const row of state[table]?.rows ?? []) change(row);
  await gitlab.control("POST", "state", state);
}

const settings = (secret: string) => ({ base_url: gitlab.url, token: secret, stack: "test" });
const userId = () => Number(driver.values("account")?.["user_id"]);
const codesOf = ({ diagnostics }: { diagnostics: readonly { code?: string }[] }) =>
  diagnostics.flatMap(({ code }) => code ?? []);

beforeEach(async () => {
  gitlab = await TestGitLab.start();
  ids = await gitlab.platform();
  await gitlab.control("POST", "deletion", { delay: "PT0S" });
  driver = new Driver(settings(gitlab.token), [account, membership, token]);
  expect((await driver.apply()).diagnostics).toEqual([]);
});

afterEach(() => gitlab.close());

describe.each(["administrator", "Owner"])("an account that is blocked, seen by an %s", (role) => {
  test("shows in status, is planned as drift, and fails the apply until a person has decided", async () => {
    const secret = role === "Owner" ? await gitlab.groupOwner(ids.platform) : gitlab.token;
    driver.settings = settings(secret);
    await rewrite("users", (user) => {
      if (user.id === userId()) user.state = "blocked";
    });
    const refused = await driver.apply();
    expect(driver.values("account")).toMatchObject({ status: "blocked" });
    expect(refused.actions.get("account")).toBe("update");
    expect(refused.planned.get("account")).toMatchObject({ status: "active" });
    expect(refused.diagnostics).toMatchObject(
      [
        { severity: "warning", code: "account-not-active", summary: 'Account "bot" is not active' },
        { severity: "warning", code: "account-not-active" },
        { severity: "error", code: "account-not-active" },
      ].slice(-refused.diagnostics.length),
    );
    await rewrite("users", (user) => {
      if (user.id === userId()) user.state = "active";
    });
    expect((await driver.apply()).diagnostics).toEqual([]);
    expect([...(await driver.plan()).actions.values()]).toEqual(["none", "none", "none"]);
  });
});

test("an Owner of many accounts sees each that is not active, by pages and not by accounts", async () => {
  const path = `/groups/${ids.platform}/service_accounts`;
  const many = Array.from({ length: 120 }, (_, at) => ({ username: `bot-${at}`, name: "Bot" }));
  const made = new Map<string, number>();
  for (const fields of many) {
    const { id } = await gitlab.call<{ id: number }>("POST", path, fields);
    made.set(fields.username, id);
  }
  const states: Record<string, string> = {
    "bot-3": "blocked",
    "bot-7": "deactivated",
    "bot-119": "banned",
  };
  await rewrite("users", (user) => {
    user.state = states[user.username] ?? user.state;
  });
  const token = await gitlab.groupOwner(ids.platform);
  await gitlab.forgetRequests();
  const seen = new GitLab({ baseUrl: gitlab.url, token });
  const { users } = new Inventory(seen);
  for (const [username, id] of made) {
    const state = await users.stateOf({ kind: "group", id: ids.platform }, id);
    expect([username, state]).toEqual([username, states[username] ?? "active"]);
  }
  await seen.close();
  const { requests } = await gitlab.requests();
  const asked = requests.map(({ path: asked }) => asked.replace(/\/\d+$/, "/:id"));
  expect(asked.filter((one) => one === "/api/graphql")).toHaveLength(2);
  expect(asked.filter((one) => one === "/api/v4/users/:id")).toHaveLength(2);
});

test("a token whose account is blocked names the account, not the user of glsa's token", async () => {
  await rewrite("users", (user) => {
    if (user.id === userId()) user.state = "blocked";
  });
  const accountId = String(driver.values("account")?.["id"]);
  driver.declared = [
    {
      ...token,
      config: () => ({
        ...token.config(new Map()),
        service_account_id: accountId,
        keepers: { a: "b" },
      }),
    },
  ];
  const { diagnostics } = await driver.apply();
  expect(diagnostics).toMatchObject([{ severity: "error", code: "account-suspended" }]);
  expect(diagnostics[0]?.detail).toContain(accountId);
  expect(diagnostics[0]?.detail).not.toContain("GITLAB_TOKEN");
});

describe("a deletion asks once whose number it is", () => {
  test("and removes the account that it planned to", async () => {
    driver = new Driver(settings(gitlab.token), [
      { ...account, config: () => ({ group: "platform", username: "alone" }) },
    ]);
    await driver.apply();
    const asked = `GET /api/v4/users/${userId()}`;
    await gitlab.forgetRequests();
    await driver.destroy();
    const { requests } = await gitlab.requests();
    const all = requests.map(({ method, path }) => `${method} ${path}`);
    const deletion = all.findIndex((one) => one.startsWith("DELETE"));
    expect(deletion).toBeGreaterThan(0);
    expect(all.slice(0, deletion).filter((one) => one === asked)).toHaveLength(1);
  });

  test.each([
    ["renamed since the plan", "renamed", "2027-01-01T00:00:00.000Z", "not-the-planned-account"],
    ["made anew under its name", "bot", "2027-02-01T00:00:00.000Z", "number-reused"],
    ["made anew under another", "other", "2027-02-01T00:00:00.000Z", "number-reused"],
  ])("and refuses one that was %s", (_, username, created_at, code) => {
    const state = driver.values("account") as unknown as ServiceAccountState;
    const user = { id: userId(), username, name: "Bot", state: "active", created_at };
    const confirm = () => confirmPlannedUser(state, user, "2027-01-01T00:00:00Z");
    expect(confirm).toThrow(
      expect.objectContaining({ diagnostics: [expect.objectContaining({ code })] }) as Error,
    );
  });
});

describe("a number that a restored instance gave out again", () => {
  test.each([
    ["another name", { username: "stranger", email: "stranger@noreply.example.com" }],
    ["the same name", { email: "again@noreply.example.com" }],
  ])("to an account of %s is neither read as drift nor deleted", async (_what, changed) => {
    await rewrite("users", (user) => {
      if (user.id === userId())
        Object.assign(user, changed, { created_at: "2026-01-01T00:00:00.000Z" });
    });
    driver.declared = [account];
    await gitlab.forgetRequests();
    const read = await driver.apply();
    expect(codesOf(read)).toEqual(["number-reused"]);
    expect(codesOf(await driver.destroy())).toEqual(["number-reused"]);
    expect(await gitlab.writes()).toEqual([]);
  });

  test("is no reason to refuse an account that somebody renamed", async () => {
    await gitlab.call("PATCH", `/groups/${ids.platform}/service_accounts/${userId()}`, {
      username: "renamed",
    });
    const { actions, diagnostics } = await driver.apply();
    expect(diagnostics).toEqual([]);
    expect(actions.get("account")).toBe("update");
    expect(await gitlab.accounts(ids.platform)).toMatchObject([{ username: "bot" }]);
  });

  test("to another user's membership is neither changed nor removed, unless it was renamed", async () => {
    // The state has what the first read after the creation remembers.
    expect((await driver.apply()).diagnostics).toEqual([]);
    const numbered: Declared = {
      ...membership,
      config: () => ({
        service_account_id: String(driver.values("account")?.["id"]),
        project: "platform/charts",
        role: "maintainer",
      }),
    };
    const before = driver.snapshot();
    await rewrite("users", (user) => {
      if (user.id === userId()) user.username = "renamed";
    });
    driver.declared = [numbered];
    expect((await driver.apply()).diagnostics).toEqual([]);
    driver.restore(before);
    await rewrite("users", (user) => {
      if (user.id === userId())
        Object.assign(user, { username: "stranger", created_at: "2026-01-01T00:00:00.000Z" });
    });
    await gitlab.forgetRequests();
    expect(codesOf(await driver.apply())).toEqual(["number-reused"]);
    expect(codesOf(await driver.destroy())).toEqual(["number-reused"]);
    expect(await gitlab.writes()).toEqual([]);
  });

  test("to a token without our marker is not revoked", async () => {
    const tokenId = Number(driver.values("token")?.["token_id"]);
    await rewrite("tokens", (row) => {
      if (row.id === tokenId) row.description = "a stranger's";
    });
    driver.declared = [token];
    await gitlab.forgetRequests();
    expect(codesOf(await driver.apply())).toEqual(["number-reused"]);
    expect(codesOf(await driver.destroy())).toEqual(["number-reused"]);
    expect(await gitlab.writes()).toEqual([]);
    expect((await gitlab.activeTokens(userId())).map(({ id }) => id)).toEqual([tokenId]);
  });
});

test.each([
  ["an account", "DELETE /groups/:id/service_accounts/:user_id"],
  ["a membership", "DELETE /projects/:id/members/:user_id"],
])("one stray 404 on the deletion of %s is not gone", async (_what, route) => {
  const fault = {
    route,
    times: 1,
    effect: { kind: "status", status: 404, body: { message: "404 Not found" } },
  };
  await gitlab.control("POST", "faults", { faults: [fault] });
  driver.declared = [account, membership];
  expect((await driver.destroy()).diagnostics).toEqual([]);
  expect(await gitlab.accounts(ids.platform)).toEqual([]);
  expect(await gitlab.member("projects", ids.charts, "bot")).toBeUndefined();
});

test("deleting an account warns of live tokens that no code declares, with their last use", async () => {
  const path = `/groups/${ids.platform}/service_accounts/${userId()}/personal_access_tokens`;
  const used = await gitlab.call<{ id: number; token: string }>("POST", path, {
    name: "theirs",
    scopes: ["read_user"],
  });
  await gitlab.whoIs(used.token);
  const { values } = driver;
  const type = glsaProvider("0.0.0").resources["glsa_service_account"];
  const provider = glsaProvider("0.0.0");
  const nothing = Object.fromEntries(
    Object.keys(provider.schema.attributes).map((name) => [name, null]),
  );
  const context = provider.configure({ ...nothing, ...settings(gitlab.token) } as never, {
    stateName: () => "default",
  });
  const prior = values.call(driver, "account") as never;
  const told = await type?.planDelete?.({ prior, private: null }, context);
  expect(told).toMatchObject([{ severity: "warning", code: "undeclared-live-tokens" }]);
  expect(told?.[0]?.detail).toMatch(new RegExp(`token ${used.id} "theirs", last used at 20`));
  expect(told?.[0]?.detail).not.toContain('"ci"');
});

test("a wrong owner in an import says whose the account is", async () => {
  const provider = glsaProvider("0.0.0");
  const nothing = Object.fromEntries(
    Object.keys(provider.schema.attributes).map((name) => [name, null]),
  );
  const context = provider.configure({ ...nothing, ...settings(gitlab.token) } as never);
  const type = provider.resources["glsa_service_account"];
  const imported = await type?.importState?.(`group:${ids.apps}:${userId()}`, context);
  const state = {
    ...Object.fromEntries(Object.keys(type?.schema.attributes ?? {}).map((name) => [name, null])),
    ...imported?.state,
  };
  const read = type?.read({ state: state as never, private: null }, context);
  await expect(read).rejects.toThrow(DiagnosticError);
  await expect(read).rejects.toThrow(
    `"bot" is an account of group ${ids.platform}: write group:${ids.platform}:${userId()}.`,
  );
});
