import { useSandbox } from "../../src/sandbox";

const gitlab = useSandbox();
const clients = Array.from({ length: 50 }, (_, number) => number);

interface Answer {
  readonly status: number;
  readonly body: { readonly id?: number; readonly token?: string };
}

async function ask(method: string, path: string, body?: object): Promise<Answer> {
  const response = await fetch(`${gitlab.url}/api/v4${path}`, {
    method,
    headers: { "PRIVATE-TOKEN": gitlab.token, "Content-Type": "application/json" },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, body: (text === "" ? {} : JSON.parse(text)) as Answer["body"] };
}

const idOf = ({ body }: Answer): number => body.id ?? 0;
const atOnce = <T>(run: (client: number) => Promise<T>) => Promise.all(clients.map(run));

/** How many of the answers came with each status. */
function statuses(answers: readonly Answer[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

let group: number;
let project: number;

beforeEach(async () => {
  group = idOf(await ask("POST", "/groups", { name: "g", path: "g" }));
  project = idOf(await ask("POST", "/projects", { name: "p", namespace_id: group }));
  // Answers overtake each other, as they do between real machines.
  gitlab.control.setLatency({ min_ms: 0, max_ms: 20 });
});

test("what 50 clients create at once is all there, each with an id of its own", async () => {
  const created = await atOnce(async (client) => {
    const account = idOf(await ask("POST", `/groups/${group}/service_accounts`, {}));
    const base = `/groups/${group}/service_accounts/${account}/personal_access_tokens`;
    const token = await ask("POST", base, { name: "t", scopes: ["api"] });
    const member = await ask("POST", `/groups/${group}/members`, {
      user_id: account,
      access_level: 30,
    });
    const key = `KEY_${client}`;
    await ask("POST", `/projects/${project}/variables`, { key, value: "12345678" });
    expect([token.status, member.status]).toEqual([201, 201]);
    return { account, token: idOf(token), value: token.body.token };
  });
  for (const key of ["account", "token", "value"] as const) {
    expect(new Set(created.map((entry) => entry[key])).size).toBe(clients.length);
  }
  const { members, tokens, users, variables } = gitlab.control.state();
  expect(users.rows).toHaveLength(1 + clients.length);
  expect(tokens.rows).toHaveLength(1 + clients.length);
  expect(members.rows).toHaveLength(1 + clients.length);
  expect(variables.rows).toHaveLength(clients.length);
});

test("what only one can have, only one of 50 gets", async () => {
  const account = idOf(await ask("POST", `/groups/${group}/service_accounts`, {}));
  const base = `/groups/${group}/service_accounts/${account}/personal_access_tokens`;
  const token = idOf(await ask("POST", base, { name: "t", scopes: ["api"] }));
  const membership = { user_id: account, access_level: 30 };
  const state = `/projects/${project}/terraform/state/main`;

  const names = await atOnce(() => ask("POST", "/service_accounts", { username: "wanted" }));
  const members = await atOnce(() => ask("POST", `/groups/${group}/members`, membership));
  const rotations = await atOnce(() => ask("POST", `${base}/${token}/rotate`));
  const locks = await atOnce((client) => ask("POST", `${state}/lock`, { ID: `lock-${client}` }));
  const others = clients.length - 1;
  expect(statuses(names)).toEqual({ 201: 1, 400: others });
  expect(statuses(members)).toEqual({ 201: 1, 409: others });
  expect(statuses(rotations)).toEqual({ 200: 1, 400: others });
  expect(statuses(locks)).toEqual({ 200: 1, 409: others });
});

test("changes of different attributes at once are all kept", async () => {
  const key = "SHARED";
  await ask("POST", `/projects/${project}/variables`, { key, value: "12345678" });
  const changes = [{ protected: true }, { masked: true }, { raw: true }, { description: "d" }];
  const path = `/projects/${project}/variables/${key}`;
  await atOnce((client) => ask("PUT", path, changes[client % changes.length]));
  const { body } = await ask("GET", path);
  expect(body).toMatchObject(Object.assign({}, ...changes) as object);
});
