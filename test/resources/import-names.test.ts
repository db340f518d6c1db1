import { DiagnosticError } from "../../src/provider/contract";
import { Driver, type Declared } from "../support/driver";
import { inDays, TestGitLab } from "../support/gitlab";

let gitlab: TestGitLab;
let owner: string;
let ids: { readonly platform: number; readonly charts: number };
const users: Record<string, number> = {};

beforeAll(async () => {
  gitlab = await TestGitLab.start();
  ids = await gitlab.platform();
  owner = await gitlab.groupOwner(ids.platform);
  for (const [kind, path] of Object.entries({
    group: `/groups/${ids.platform}/service_accounts`,
    project: `/projects/${ids.charts}/service_accounts`,
    instance: "/service_accounts",
  })) {
    const username = `${kind}-bot`;
    const made = await gitlab.call<{ id: number }>("POST", path, { username, name: username });
    users[kind] = made.id;
  }
  await gitlab.call("POST", `/projects/${ids.charts}/members`, {
    user_id: users["group"],
    access_level: 30,
  });
});

afterAll(() => gitlab.close());

const account: Declared = { address: "it", type: "glsa_service_account", config: () => ({}) };
const membership: Declared = { address: "it", type: "glsa_membership", config: () => ({}) };
const token: Declared = { address: "it", type: "glsa_access_token", config: () => ({}) };

async function imported(declared: Declared, id: string, as: "Owner" | "administrator") {
  const run = new Driver(
    { base_url: gitlab.url, token: as === "Owner" ? owner : gitlab.token, stack: "test" },
    [declared],
  );
  try {
    await run.import("it", id);
    return { diagnostics: [], id: run.values("it")?.["id"] };
  } catch (cause) {
    if (!(cause instanceof DiagnosticError)) throw cause;
    return { diagnostics: cause.diagnostics, id: undefined };
  }
}

async function madeByHand(name: string): Promise<number> {
  const path = `/groups/${ids.platform}/service_accounts/${users["group"]}/personal_access_tokens`;
  const body = { name, scopes: ["read_api"], expires_at: inDays(90) };
  return (await gitlab.call<{ id: number }>("POST", path, body)).id;
}

describe.each(["administrator", "Owner"] as const)("an import by names, as %s,", (as) => {
  test.each([
    ["group:platform:group-bot", () => `group:${ids.platform}:${users["group"]}`],
    ["group:/Platform/:Group-Bot", () => `group:${ids.platform}:${users["group"]}`],
    ["project:platform/charts:project-bot", () => `project:${ids.charts}:${users["project"]}`],
  ])("of the account %s has its numbers", async (id, numbers) => {
    expect(await imported(account, id, as)).toEqual({ diagnostics: [], id: numbers() });
  });

  test("of a membership and of a token has their numbers", async () => {
    const numbers = `project:${ids.charts}:${users["group"]}`;
    const member = await imported(membership, "project:platform/charts:group-bot", as);
    expect(member).toEqual({ diagnostics: [], id: numbers });

    const name = `deploy: ${as}`;
    const made = await madeByHand(name);
    expect(await imported(token, `group:platform:group-bot:${name}`, as)).toEqual({
      diagnostics: [],
      id: `group:${ids.platform}:${users["group"]}:${made}`,
    });
  });

  test("of a name that several live tokens have is refused with their numbers", async () => {
    const name = `twice ${as}`;
    const [first, second] = [await madeByHand(name), await madeByHand(name)];
    const { diagnostics } = await imported(token, `group:platform:group-bot:${name}`, as);
    expect(diagnostics).toMatchObject([{ code: "import-ambiguous-token" }]);
    expect(diagnostics[0]?.detail).toContain(`${first}, ${second}`);
    const other = await imported(token, "group:platform:group-bot:nothing", as);
    expect(other.diagnostics).toMatchObject([{ code: "import-unknown-token" }]);
    expect(other.diagnostics[0]?.detail).toContain(`"${name}" (${first})`);
  });

  test.each([
    ["project:platform/charts:group-bot", () => `group:${ids.platform}:${users["group"]}`],
    ["group:platform:project-bot", () => `project:${ids.charts}:${users["project"]}`],
  ])("of an account under a wrong owner, %s, says whose it is", async (id, right) => {
    const { diagnostics } = await imported(account, id, as);
    expect(diagnostics).toMatchObject([{ severity: "error" }]);
    expect(diagnostics[0]?.detail).toContain(`write ${right()}`);
  });

  test("of a user or group that does not exist is refused", async () => {
    const { diagnostics } = await imported(account, "group:platform:nobody", as);
    expect(diagnostics).toMatchObject([{ code: "import-unknown-user" }]);
    const elsewhere = await imported(account, "group:platfrom:group-bot", as);
    expect(elsewhere.diagnostics).toMatchObject([
      { summary: expect.stringContaining('Cannot find group "platfrom"') as string },
    ]);
  });
});

test("an account of the instance is imported by its username", async () => {
  const found = await imported(account, "instance:instance-bot", "administrator");
  expect(found).toEqual({ diagnostics: [], id: `instance:${users["instance"]}` });
});

test.each([
  [account, "group:platform"],
  [account, "group:platform:bot:token"],
  [account, "team:platform:bot"],
  [membership, "instance:bot"],
  [token, "group:platform:bot"],
])("what is no id of the kind is refused with its shapes (%#)", async (declared, id) => {
  const { diagnostics } = await imported(declared, id, "administrator");
  expect(diagnostics[0]?.summary).toContain(`"${id}" is not the id of`);
});
