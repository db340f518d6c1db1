import { Driver } from "../support/driver";
import { inDays, TestGitLab } from "../support/gitlab";

let gitlab: TestGitLab;
let ids: { readonly platform: number; readonly apps: number; readonly charts: number };
let count = 0;

beforeAll(async () => {
  gitlab = await TestGitLab.start();
  ids = await gitlab.platform();
});

afterAll(() => gitlab.close());

async function account(): Promise<number> {
  const path = `/groups/${ids.platform}/service_accounts`;
  const username = `bot-${(count += 1)}`;
  return (await gitlab.call<{ id: number }>("POST", path, { username })).id;
}

async function joinAll(userId: number, level = 30): Promise<void> {
  const body = { user_id: userId, access_level: level };
  await gitlab.call("POST", `/groups/${ids.platform}/members`, body);
  await gitlab.call("POST", `/groups/${ids.apps}/members`, body);
  await gitlab.call("POST", `/projects/${ids.charts}/members`, body);
}

async function placesOf(userId: number): Promise<string[]> {
  const found = await gitlab.call<{ source_name: string }[]>("GET", `/users/${userId}/memberships`);
  return found.map(({ source_name: name }) => name).sort();
}

interface Options {
  readonly exclusive?: boolean;
  readonly policy?: object;
  readonly token?: string;
}

function driverFor(userId: number, paths: readonly string[], options: Options = {}): Driver {
  const { exclusive = false, policy, token = gitlab.token } = options;
  const block = (path: string) => ({
    path,
    role: "developer",
    custom_role_id: null,
    expires_at: null,
  });
  const group =
    paths.length === 0 ? null : Object.fromEntries(paths.map((path) => [path, block(path)]));
  const config = () => ({
    ...{ service_account_id: null, user_id: userId, exclusive, id: null },
    ...{ group, project: null },
  });
  const settings = { base_url: gitlab.url, token, stack: "test", ...(policy && { policy }) };
  return new Driver(settings, [
    { address: "all", type: "glsa_memberships", config: config as never },
  ]);
}

const codesOf = ({ diagnostics }: Awaited<ReturnType<Driver["apply"]>>) =>
  diagnostics.map(({ code }) => code);

test("an import takes over what exists without a write, and leaves alone what no block declares", async () => {
  const userId = await account();
  await joinAll(userId);
  const driver = driverFor(userId, ["platform", "platform/apps"]);
  await driver.import("all", `user:${userId}`);
  await gitlab.forgetRequests();
  expect(codesOf(await driver.apply())).toEqual(["memberships-left"]);
  const written = (await gitlab.writes()).filter((line) => !line.endsWith("/graphql"));
  expect(written).toEqual([]);
  expect(await placesOf(userId)).toHaveLength(3);
  expect([...(await driver.plan()).actions.values()]).toEqual(["none"]);
});

test("an import that is exclusive removes what no block declares, within the policy's limit", async () => {
  const userId = await account();
  await joinAll(userId);
  const limited = driverFor(userId, ["platform"], {
    exclusive: true,
    policy: { max_removals: 1, severity: { "max-removals": "error" } },
  });
  await limited.import("all", `user:${userId}`);
  expect(codesOf(await limited.apply())).toContain("max-removals");
  expect(await placesOf(userId)).toHaveLength(3);
  const free = driverFor(userId, ["platform"], { exclusive: true });
  await free.import("all", `user:${userId}`);
  await free.apply();
  expect(await placesOf(userId)).toEqual(["platform"]);
});

test("what gives the run its own rights is not removed", async () => {
  const userId = await account();
  await joinAll(userId, 50);
  const { token } = await gitlab.call<{ token: string }>(
    "POST",
    `/groups/${ids.platform}/service_accounts/${userId}/personal_access_tokens`,
    { name: "run", scopes: ["api"], expires_at: inDays(90) },
  );
  const driver = driverFor(userId, [], { exclusive: true, token });
  expect(codesOf(await driver.apply())).toContain("own-power");
  expect(await placesOf(userId)).toHaveLength(3);
});

test("a crowd of humans costs no further page of them", async () => {
  const crowded = await gitlab.group("crowded");
  for (let at = 0; at < 150; at++) {
    const { id } = await gitlab.call<{ id: number }>("POST", "/users", {
      username: `human-${at}`,
      name: `human ${at}`,
      email: `human-${at}@example.com`,
      password: "Correct-horse-7-staple",
      skip_confirmation: true,
    });
    await gitlab.call("POST", `/groups/${crowded}/members`, { user_id: id, access_level: 20 });
  }
  const userId = await account();
  const driver = driverFor(userId, ["crowded"], { exclusive: true });
  await driver.apply();
  await gitlab.forgetRequests();
  expect([...(await driver.plan()).actions.values()]).toEqual(["none"]);
  const { requests } = await gitlab.requests();
  expect(requests.some(({ path }) => path.includes("/members"))).toBe(true);
  expect(requests.filter(({ path }) => /\/members\?.*[?&]page=[2-9]/.test(path))).toEqual([]);
});
