import { Driver, type Declared } from "../support/driver";
import { TestGitLab } from "../support/gitlab";
import { translatedGitLab } from "../support/translated-gitlab";

const account: Declared = {
  address: "account",
  type: "glsa_service_account",
  config: () => ({
    group: "platform",
    username: "locale-bot",
    timeouts: { create: "20s", delete: "0s" },
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
    deliver_to: [{ ci_variable: { project: "platform/charts", key: "BOT" } }],
  }),
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

describe("where GitLab speaks another language than English", () => {
  let gitlab: TestGitLab;
  let translated: Awaited<ReturnType<typeof translatedGitLab>>;

  beforeEach(async () => {
    gitlab = await TestGitLab.start();
    await gitlab.platform();
    translated = await translatedGitLab(gitlab.url);
  });

  afterEach(async () => {
    translated.close();
    await gitlab.close();
  });

  const driver = (declared: Declared[]) =>
    new Driver({ base_url: translated.url, token: gitlab.token, stack: "locale" }, declared);

  const errorsOf = (run: { diagnostics: readonly { severity: string; summary: string }[] }) =>
    run.diagnostics.filter(({ severity }) => severity === "error").map(({ summary }) => summary);

  test("everything is made, rotated on demand and removed again", async () => {
    const run = driver([account, token, membership]);
    expect(errorsOf(await run.apply())).toEqual([]);
    expect([...(await run.plan()).actions.values()]).toEqual(["none", "none", "none"]);
    expect(errorsOf(await run.destroy())).toEqual([]);
  });

  test("an account that an interrupted run made is taken over", async () => {
    const before = driver([account, token]);
    expect(errorsOf(await before.apply())).toEqual([]);
    const again = driver([account]);
    expect(errorsOf(await again.apply())).toEqual([]);
    expect(again.values("account")?.["id"]).toBe(before.values("account")?.["id"]);
  });

  test("a username is waited for whose former holder is still being deleted", async () => {
    await gitlab.control("POST", "deletion", { delay: "PT2S" });
    const run = driver([account]);
    await run.apply();
    const first = run.values("account")?.["user_id"];
    expect(errorsOf(await run.destroy())).toEqual([]);
    setTimeout(() => void gitlab.control("POST", "clock", { advance: "PT3S" }), 500);
    expect(errorsOf(await run.apply())).toEqual([]);
    expect(run.values("account")?.["user_id"]).not.toBe(first);
  }, 30_000);

  test("a refusal tells every reason that it can have", async () => {
    const other: Declared = {
      ...account,
      config: () => ({ group: "platform", username: "second-bot", email: "root@example.com" }),
    };
    await gitlab.call("POST", "/users", {
      username: "holder",
      name: "Holder",
      email: "root@example.com",
      force_random_password: true,
      skip_confirmation: true,
    });
    const { diagnostics } = await driver([other]).apply();
    const [refused] = diagnostics.filter(({ severity }) => severity === "error");
    expect(refused?.detail).toContain("One of these is the reason");
    expect(refused?.detail).toContain("Another user has this e-mail address");
  });
});
