import { addDays } from "../../src/model";
import { DiagnosticError, UNKNOWN, type Diagnostic } from "../../src/provider/contract";
import { glsaProvider } from "../../src/resources";
import { Driver, type Declared } from "../support/driver";
import { inDays, TestGitLab } from "../support/gitlab";

let gitlab: TestGitLab;
let platform: number;

beforeAll(async () => {
  gitlab = await TestGitLab.start();
  ({ platform } = await gitlab.platform());
});

afterAll(() => gitlab.close());

const provider = glsaProvider("0.0.0");

function settings(policy: object, token = gitlab.token): Record<string, unknown> {
  const names = Object.keys(provider.schema.attributes);
  const nothing = Object.fromEntries(names.map((name) => [name, null]));
  return { ...nothing, base_url: gitlab.url, token, stack: "test", policy };
}

function contextWith(policy: object, token?: string) {
  return provider.configure(settings(policy, token) as never);
}

function account(name: string, attributes: object = {}): Declared {
  const config = { group: "platform", username: name, ...attributes };
  return { address: name, type: "glsa_service_account", config: () => config };
}

test("a rotation whose lifetime nobody wrote stays within the policy's maximum where GitLab does not tell its own", async () => {
  const token = await gitlab.groupOwner(platform);
  const declared: Declared[] = [
    account("bot"),
    {
      address: "ci",
      type: "glsa_access_token",
      config: (states) => ({
        service_account_id: states.get("bot")?.["id"] ?? UNKNOWN,
        name: "ci",
        scopes: ["read_api"],
        rotation: { every: "30d", overlap: "3d" },
        store_value: true,
      }),
    },
  ];
  const policy = { max_lifetime: "36d" };
  const driver = new Driver({ base_url: gitlab.url, token, stack: "test", policy }, declared);
  const { diagnostics } = await driver.apply();
  expect(diagnostics).toEqual([]);
  expect(driver.values("ci")?.["valid_until"]).toBe(addDays(inDays(0), 36));
});

test("an ephemeral token is held against the policy before it is made", async () => {
  const bot = await gitlab.call<{ id: number }>("POST", `/groups/${platform}/service_accounts`, {
    username: "ephemeral",
  });
  const config = {
    service_account_id: `group:${platform}:${bot.id}`,
    name: "run",
    description: null,
    scopes: ["read_api", "write_registry"],
    token_id: null,
    valid_until: null,
    value: null,
  };
  const type = provider.ephemeralResources?.["glsa_access_token"];
  const opened = type?.open(config, contextWith({ forbidden_scopes: ["write_registry"] }));
  await expect(opened).rejects.toThrow(DiagnosticError);
  await expect(opened).rejects.toThrow(/token "run" .* breaks the rule forbidden-scope/);
  expect(await gitlab.activeTokens(bot.id)).toEqual([]);
});

test("a policy that is not known yet stops everything, since to judge by less would let too much through", () => {
  expect(() => contextWith({ max_lifetime: UNKNOWN })).toThrow(/policy is not known yet/);
  expect(provider.validate?.(settings({ max_lifetime: UNKNOWN }) as never)).toEqual([]);
});

describe("what gives a run its own rights", () => {
  let own: string;
  let lone: Declared[];
  let driver: Driver;
  let role = "owner";
  let scopes = ["api"];
  let leaked: number[] = [];
  let memberUntil: string | null = null;
  let life: Record<string, unknown> = {};

  const idOf = (states: ReadonlyMap<string, Record<string, unknown>>) =>
    states.get("pipeline")?.["id"] ?? UNKNOWN;
  const ownPower = { severity: "error", summary: "This run breaks the rule own-power" };
  const member: Declared = {
    address: "member",
    type: "glsa_membership",
    config: (states) => ({
      service_account_id: idOf(states),
      group: "platform",
      role,
      expires_at: memberUntil,
    }),
  };
  const token: Declared = {
    address: "token",
    type: "glsa_access_token",
    config: (states) => ({
      service_account_id: idOf(states),
      name: "apply",
      scopes,
      description: "runs the pipeline",
      store_value: true,
      revoke_now: leaked,
      ...life,
    }),
  };

  beforeAll(async () => {
    life = { rotation: { every: "30d" } };
    lone = [account("pipeline", { on_destroy: "retain" }), member, token];
    driver = new Driver({ base_url: gitlab.url, token: gitlab.token, stack: "own" }, lone);
    expect((await driver.apply()).diagnostics).toEqual([]);
    own = driver.values("token")?.["value"] as string;
  });

  beforeEach(() => {
    role = "owner";
    scopes = ["api"];
    leaked = [];
    memberUntil = null;
    life = { rotation: { every: "30d" } };
    driver.settings = { ...driver.settings, token: own };
    driver.declared = lone;
  });

  test("stays as long as nothing of it changes", async () => {
    expect((await driver.apply()).diagnostics).toEqual([]);
  });

  test("is not lowered: the role of the run's user", async () => {
    role = "maintainer";
    const { diagnostics } = await driver.apply();
    expect(diagnostics).toMatchObject([{ ...ownPower, path: ["role"] }]);
    expect(diagnostics[0]?.detail).toContain("lowers the membership of user");
  });

  test("does not get an end: the membership of the run's user", async () => {
    memberUntil = inDays(90);
    const { diagnostics } = await driver.apply();
    expect(diagnostics).toMatchObject([{ ...ownPower, path: ["expires_at"] }]);
    expect(diagnostics[0]?.detail).toContain("shortens the membership of user");
  });

  test("does not end within 7 days: the run's token", async () => {
    life = { expires_at: inDays(7) };
    expect((await driver.apply()).diagnostics).toMatchObject([
      { ...ownPower, path: ["expires_at"] },
    ]);
    life = { expires_at: inDays(8) };
    expect((await driver.plan()).actions.get("token")).toBe("update");
  });

  test("is not narrowed: the scopes of the run's token", async () => {
    scopes = ["read_api"];
    expect((await driver.apply()).diagnostics).toMatchObject([{ ...ownPower, path: ["scopes"] }]);
  });

  test("is not revoked by name", async () => {
    leaked = [driver.values("token")?.["token_id"] as number];
    const { diagnostics } = await driver.apply();
    expect(diagnostics).toMatchObject([{ ...ownPower, path: ["revoke_now"] }]);
  });

  test.each([["membership", member] as const, ["token", token] as const])(
    "is not removed: the %s, also where no plan was asked before",
    async (_, gone) => {
      driver.declared = [gone];
      expect((await driver.destroy()).diagnostics).toMatchObject([ownPower]);
      expect(await gitlab.whoIs(own)).toBe("pipeline");
    },
  );

  test("may be changed by others, and where an exception or a severity says so", async () => {
    role = "maintainer";
    driver.settings = { ...driver.settings, token: gitlab.token };
    expect((await driver.apply()).diagnostics).toEqual([]);
    role = "owner";
    expect((await driver.apply()).diagnostics).toEqual([]);
    role = "maintainer";
    // What comes after it is refused.
    driver.declared = [account("pipeline", { on_destroy: "retain" }), member];
    driver.settings = {
      ...driver.settings,
      token: own,
      policy: { severity: { "own-power": "off" } },
    };
    expect((await driver.apply()).diagnostics).toEqual([]);
  });
});

test("a token of the run that ends within 7 days is told once in the run", async () => {
  const { id } = await gitlab.call<{ id: number }>("GET", "/user");
  const made = await gitlab.call<{ token: string }>("POST", `/users/${id}/personal_access_tokens`, {
    name: "soon",
    scopes: ["api", "admin_mode"],
    expires_at: inDays(6),
  });
  const context = await contextWith({}, made.token);
  const type = provider.resources["glsa_service_account"];
  const config = { group: "platform", username: "late", name: null, email: null };
  const request = { config, prior: null, private: null, proposed: config };
  const plan = async () => (await type?.plan?.(request as never, context))?.diagnostics;
  await gitlab.forgetRequests();
  expect(await plan()).toMatchObject([{ severity: "warning", code: "own-token-expires" }]);
  expect(await plan()).toEqual([]);
  const { counts } = await gitlab.requests();
  expect(counts["GET /personal_access_tokens/self"] ?? 1).toBe(1);
});

describe("what a run removes", () => {
  const type = provider.resources["glsa_service_account"];
  const prior = (userId: number, attributes: object = {}) => ({
    group: "platform",
    project: null,
    instance: null,
    username: `bot-${userId}`,
    id: `group:${platform}:${userId}`,
    user_id: userId,
    deletion_protection: false,
    on_destroy: "delete",
    ...attributes,
  });

  async function summariesOf(found: Promise<readonly Diagnostic[]> | undefined): Promise<string[]> {
    return ((await found) ?? []).map(({ severity, summary }) => `${severity}: ${summary}`);
  }

  test("is refused at the first object that is too many, and there each time", async () => {
    const context = contextWith({ max_removals: 10 });
    const going = (userId: number, attributes?: object) =>
      summariesOf(
        Promise.resolve(
          type?.planDelete?.({ prior: prior(userId, attributes), private: null }, context) ?? [],
        ),
      );
    expect(await going(901)).toEqual([]);
    expect(await going(901)).toEqual([]);
    expect(await going(902, { on_destroy: "retain" })).toEqual([]);
    expect(await going(903)).toEqual([]);
    expect(await going(904)).toEqual(["error: This run breaks the rule max-removals"]);
    expect(await going(905)).toEqual([]);
    expect(await going(904)).toEqual(["error: This run breaks the rule max-removals"]);
  });

  test("includes what is replaced", async () => {
    const context = contextWith({ max_removals: 4 });
    const config = { ...prior(901), group: "platform/apps", id: null, user_id: null };
    const request = { config, prior: prior(901), private: null, proposed: { ...config } };
    const planned = Promise.resolve(type?.plan?.(request as never, context));
    const diagnostics = planned.then((result) => result?.diagnostics ?? []);
    expect(await summariesOf(diagnostics)).toEqual([
      "error: This run breaks the rule max-removals",
    ]);
  });
});
