import { addDays, daysBetween, utcDate } from "../../src/model";
import { Driver, type Declared } from "../support/driver";
import { TestGitLab } from "../support/gitlab";

let gitlab: TestGitLab;
let accountId: string;

beforeAll(async () => {
  gitlab = await (await TestGitLab.start()).lasting();
  const { platform } = await gitlab.platform();
  const path = `/groups/${platform}/service_accounts`;
  const { id } = await gitlab.call<{ id: number }>("POST", path, { username: "bot" });
  accountId = `group:${platform}:${id}`;
});

afterAll(() => gitlab.close());

const NAMES = ["one", "two", "three", "four", "five", "six"];
const EVERY = 8;

function tokens(rotation: object): Declared[] {
  return NAMES.map((name) => ({
    address: name,
    type: "glsa_access_token",
    config: () => ({
      service_account_id: accountId,
      name,
      scopes: ["read_api"],
      store_value: true,
      rotation: { every: `${EVERY}d`, overlap: "1d", ...rotation },
    }),
  }));
}

test("tokens made on one day rotate on days of their own, turning it on rotates none, and the days stay", async () => {
  const settings = { base_url: gitlab.url, token: gitlab.token, stack: "test" };
  const driver = new Driver(settings, tokens({}));
  const dueDays = () => NAMES.map((name) => String(driver.values(name)?.["rotates_at"]));
  const night = async () => {
    const { diagnostics } = await driver.apply();
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    expect([...(await driver.plan()).actions.values()].every((each) => each === "none")).toBe(true);
  };
  await night();
  const together = dueDays();
  expect(new Set(together).size).toBe(1);

  driver.declared = tokens({ spread: true });
  await night();
  expect(dueDays()).toEqual(together);
  const [due = ""] = together;
  const today = utcDate(new Date());
  await gitlab.control("POST", "clock", { advance: `P${daysBetween(today, due)}D` });
  await night();
  const own = dueDays();
  expect(new Set(own).size).toBeGreaterThan(2);
  for (const day of own) {
    expect(daysBetween(due, day)).toBeGreaterThan(0);
    expect(daysBetween(due, day)).toBeLessThanOrEqual(EVERY);
  }
  for (let day = 1; day <= EVERY; day++) {
    await gitlab.control("POST", "clock", { advance: "P1D" });
    await night();
  }
  expect(dueDays()).toEqual(own.map((day) => addDays(day, EVERY)));
});
