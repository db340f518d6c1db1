import { Driver, type Declared } from "../support/driver";
import { TestGitLab } from "../support/gitlab";

let gitlab: TestGitLab;
let ids: { readonly platform: number; readonly charts: number };
let driver: Driver;

const account = (attributes: object = {}): Declared => ({
  address: "account",
  type: "glsa_service_account",
  config: () => ({ group: "platform", username: "bot", ...attributes }),
});
const membership: Declared = {
  address: "membership",
  type: "glsa_membership",
  config: (states) => ({
    service_account_id: states.get("account")?.["id"],
    project: "platform/charts",
    role: "developer",
  }),
};
const token = (attributes: object = {}): Declared => ({
  address: "token",
  type: "glsa_access_token",
  config: (states) => ({
    service_account_id: states.get("account")?.["id"],
    name: "ci",
    scopes: ["read_api"],
    rotation: { every: "30d", overlap: "1d", quiet_for: "0d" },
    store_value: true,
    ...attributes,
  }),
});
const suspended = (isSuspended: boolean) => [
  account({ suspended: isSuspended }),
  membership,
  token(),
];

type Run = Pick<Awaited<ReturnType<Driver["apply"]>>, "diagnostics">;

const settings = (own = gitlab.token) => ({ base_url: gitlab.url, token: own, stack: "test" });
const codesOf = ({ diagnostics }: Run) => diagnostics.map(({ code }) => code);
const errorsOf = ({ diagnostics }: Run) =>
  diagnostics.filter(({ severity }) => severity === "error").map(({ code }) => code);
const value = () => String(driver.values("token")?.["value"]);
const userId = () => Number(driver.values("account")?.["user_id"]);
const live = async () => (await gitlab.activeTokens(userId())).map(({ id }) => id);

async function apply(...declared: Declared[]): Promise<void> {
  driver.declared = declared;
  expect(errorsOf(await driver.apply())).toEqual([]);
  const { actions } = await driver.plan();
  expect([...actions.values()].every((action) => action === "none")).toBe(true);
}

beforeEach(async () => {
  gitlab = await (await TestGitLab.start()).lasting();
  ids = await gitlab.platform();
  driver = new Driver(settings(), []);
  await apply(account(), membership, token());
});
afterEach(() => gitlab.close());

test("a suspended account's tokens are dead, nothing of it is lost, and a resume brings it back as it was", async () => {
  const before = await live();
  await apply(...suspended(true));
  expect(driver.values("account")).toMatchObject({ status: "blocked", suspended: true });
  expect(await gitlab.whoIs(value())).toBeUndefined();
  await apply(...suspended(false));
  expect(driver.values("account")).toMatchObject({ status: "active", suspended: false });
  expect(await gitlab.whoIs(value())).toBe("bot");
  expect(await live()).toEqual(before);
  expect(await gitlab.member("projects", ids.charts, "bot")).toBeDefined();
});

test("a due token waits, night after night and in another state, until the account is resumed", async () => {
  const elsewhere = new Driver(settings(), [
    token({ service_account_id: driver.values("account")?.["id"], name: "other" }),
  ]);
  expect(errorsOf(await elsewhere.apply())).toEqual([]);
  await apply(...suspended(true));
  const before = await live();
  await gitlab.control("POST", "clock", { advance: "P31D" });
  for (let night = 0; night < 2; night++) {
    for (const state of [driver, elsewhere]) {
      const run = await state.apply();
      expect(codesOf(run)).toContain("token-held-by-suspension");
      expect(errorsOf(run)).toEqual([]);
    }
    expect(await live()).toEqual(before);
  }
  driver.declared = suspended(false);
  expect(errorsOf(await driver.apply())).toEqual([]);
  await apply(...suspended(false));
  expect(await live()).toHaveLength(before.length + 1);
  expect(await gitlab.whoIs(value())).toBe("bot");
});

test("an account that an administrator blocked stays so, without a new token, until a person has decided", async () => {
  await gitlab.call("POST", `/users/${userId()}/block`);
  await gitlab.control("POST", "clock", { advance: "P31D" });
  const before = await live();
  expect(codesOf(await driver.plan())).toContain("token-held-by-suspension");
  expect(errorsOf(await driver.apply())).toEqual(["account-not-active"]);
  expect(driver.values("account")).toMatchObject({ status: "blocked" });
  expect(await live()).toEqual(before);
  await apply(...suspended(true));
  driver.declared = suspended(false);
  expect(errorsOf(await driver.apply())).toEqual([]);
  await apply(...suspended(false));
  expect(driver.values("account")).toMatchObject({ status: "active" });
});

test("a token that the declaration asks for anew is refused while the account is suspended", async () => {
  await apply(...suspended(true));
  const writes = (await gitlab.writes()).length;
  driver.declared = [account({ suspended: true }), membership, token({ scopes: ["api"] })];
  expect(errorsOf(await driver.apply())).toContain("account-suspended");
  expect((await gitlab.writes()).length).toBe(writes);
});

test("an Owner is told in the plan that only administrators suspend", async () => {
  driver.settings = settings(await gitlab.groupOwner(ids.platform));
  driver.declared = suspended(true);
  expect(errorsOf(await driver.apply())).toEqual(["suspension-needs-administrator"]);
  expect(await gitlab.whoIs(value())).toBe("bot");
});

test("a suspension counts as the removal of an account", async () => {
  driver.settings = { ...settings(), policy: { max_removals: 4 } };
  driver.declared = suspended(true);
  expect(errorsOf(await driver.apply())).toEqual(["max-removals"]);
  expect(await gitlab.whoIs(value())).toBe("bot");
});

test("a new account may begin suspended", async () => {
  const fresh = new Driver(settings(), [account({ username: "later", suspended: true })]);
  expect(errorsOf(await fresh.apply())).toEqual([]);
  expect(fresh.values("account")).toMatchObject({ status: "blocked", suspended: true });
  expect([...(await fresh.plan()).actions.values()]).toEqual(["none"]);
});

test.each(["cut_before", "cut_after"])(
  "a run that ends at the block (%s) converges",
  async (kind) => {
    const fault = { route: "POST /users/:id/block", effect: { kind }, times: 20 };
    await gitlab.control("POST", "faults", { faults: [fault] });
    driver.declared = suspended(true);
    expect(errorsOf(await driver.apply())).not.toEqual([]);
    await gitlab.control("DELETE", "faults");
    await apply(...suspended(true));
    expect(driver.values("account")).toMatchObject({ suspended: true, status: "blocked" });
  },
);
