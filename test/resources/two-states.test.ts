import { Driver, type Declared } from "../support/driver";
import { TestGitLab } from "../support/gitlab";

let gitlab: TestGitLab;
let ids: { readonly platform: number; readonly charts: number };
let accountId: string;
let userId: number;

beforeEach(async () => {
  gitlab = await (await TestGitLab.start()).lasting();
  ids = await gitlab.platform();
  const path = `/groups/${ids.platform}/service_accounts`;
  ({ id: userId } = await gitlab.call<{ id: number }>("POST", path, { username: "bot" }));
  accountId = `group:${ids.platform}:${userId}`;
});

afterEach(() => gitlab.close());

function token(key: string, attributes: object = {}): Declared {
  return {
    address: "token",
    type: "glsa_access_token",
    config: () => ({
      service_account_id: accountId,
      name: "ci",
      scopes: ["read_api"],
      rotation: { every: "5d", overlap: "1d" },
      deliver_to: [{ ci_variable: { project: "platform/charts", key } }],
      ...attributes,
    }),
  };
}

function state(name: string, declared: Declared, settings: object = {}): Driver {
  const common = { base_url: gitlab.url, token: gitlab.token, stack: "test" };
  return new Driver({ ...common, ...settings }, [declared], name);
}

async function codes(run: Driver): Promise<string[]> {
  const { diagnostics } = await run.apply();
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return diagnostics.flatMap(({ code }) => code ?? []);
}

const works = async (key: string) =>
  (await gitlab.whoIs((await gitlab.variable(ids.charts, key)) ?? "")) === "bot";
const live = async () => (await gitlab.activeTokens(userId)).map(({ id }) => id);

describe.each([
  ["two workspaces", "staging", "production"],
  ["two folders", "default", "default"],
])("%s with one stack and one account", (_what, one, other) => {
  test("never lock each other's consumer out, whoever runs when, and every plan says it", async () => {
    const staging = state(one, token("STAGING"));
    const production = state(other, token("PRODUCTION"));
    expect(await codes(staging)).toEqual([]);
    expect(await codes(production)).toContain("token-of-another-state");
    for (let night = 0; night < 25; night++) {
      await gitlab.control("POST", "clock", { advance: "P1D" });
      for (const run of night % 3 === 0 ? [staging, production] : [production, staging]) {
        expect(await codes(run)).toContain("token-of-another-state");
        expect([await works("STAGING"), await works("PRODUCTION")]).toEqual([true, true]);
      }
    }
    expect((await live()).length).toBeLessThanOrEqual(4);
    await staging.destroy();
    expect(await works("PRODUCTION")).toBe(true);
    expect(await codes(production)).toEqual([]);
  });
});

test("the warning names the tokens and what both possibilities ask for", async () => {
  await state("staging", token("STAGING")).apply();
  const [other] = await live();
  const { diagnostics } = await state("production", token("PRODUCTION")).apply();
  const [told] = diagnostics;
  expect(told).toMatchObject({ severity: "warning", code: "token-of-another-state" });
  expect(told?.detail).toContain(`Token ${other} of ${accountId}`);
  expect(told?.detail).toContain('stack = "test-${terraform.workspace}"');
  expect(told?.detail).toContain(`take_over = [${other}]`);
});

test("a lost state whose values still go to the same places is found again by itself", async () => {
  await state("default", token("TOKEN")).apply();
  const [lost] = await live();
  await gitlab.control("POST", "clock", { advance: "P3D" });
  const again = state("default", token("TOKEN"));
  expect(await codes(again)).toEqual([]);
  expect(again.values("token")).toMatchObject({ previous: [{ token_id: lost }] });
  await gitlab.control("POST", "clock", { advance: "P3D" });
  await again.apply();
  expect(await live()).toEqual([again.values("token")?.["token_id"]]);
  expect(await works("TOKEN")).toBe(true);
});

test("a lost state whose values went elsewhere takes the old tokens over by take_over, with their overlap", async () => {
  await state("default", token("OLD")).apply();
  const [lost] = await live();
  const again = state("default", token("NEW"));
  expect(await codes(again)).toContain("token-of-another-state");
  for (const days of ["P4D", "P4D"]) {
    await gitlab.control("POST", "clock", { advance: days });
    await again.apply();
    expect(await live()).toContain(lost);
  }
  again.settings = { ...again.settings, take_over: [lost] };
  const { planned } = await again.plan();
  expect(planned.get("token")).toMatchObject({
    rotation_reason: expect.stringContaining(`token ${lost}`) as string,
  });
  expect(await codes(again)).toEqual(["max-live-tokens"]);
  expect(await works("OLD")).toBe(true);
  await gitlab.control("POST", "clock", { advance: "P3D" });
  await again.apply();
  expect(await live()).not.toContain(lost);
  expect(await works("NEW")).toBe(true);
});

test("a token of another state cannot be revoked here by its number", async () => {
  await state("staging", token("STAGING")).apply();
  const [other = 0] = await live();
  const production = state("production", token("PRODUCTION"));
  await production.apply();
  production.declared = [token("PRODUCTION", { revoke_now: [other] })];
  const { diagnostics } = await production.apply();
  expect(diagnostics).toMatchObject([{ summary: `Token ${other} cannot be revoked here` }]);
  expect(await works("STAGING")).toBe(true);
});
