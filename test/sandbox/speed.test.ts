import { useSandbox, startSandbox, type SandboxState } from "../../src/sandbox";

const accounts = 5_000;
const tokens = 10_000;
const memberships = 25_000;
const groups = 5;
const firstAccount = 2;

type Table<R> = { readonly next_id: number; readonly rows: readonly R[] };

/** A table with its last row many times over, each with an id and values of its own. */
function multiplied<R>(
  { next_id, rows }: Table<R>,
  count: number,
  values: (index: number) => Partial<R>,
): Table<R> {
  const [pattern] = rows.slice(-1);
  if (pattern === undefined) throw new TypeError("There is nothing to multiply.");
  const made = Array.from({ length: count }, (_, index) => ({
    ...pattern,
    id: next_id + index,
    ...values(index),
  }));
  return { next_id: next_id + count, rows: [...rows.slice(0, -1), ...made] };
}

/** A state of many accounts, made from one that holds a single one of everything. */
function enlarged(state: SandboxState): SandboxState {
  const account = (index: number) => firstAccount + 1 + (index % accounts);
  return {
    ...state,
    users: multiplied(state.users, accounts, (index) => ({
      username: `bot-${index}`,
      email: `bot-${index}@example.com`,
    })),
    tokens: multiplied(state.tokens, tokens, (index) => ({
      user_id: account(index),
      digest: `digest-${index}`,
    })),
    members: multiplied(state.members, memberships, (index) => ({
      user_id: account(index),
      source_id: state.groups.rows[Math.floor(index / accounts)]?.id,
    })),
  };
}

const gitlab = useSandbox();

async function get(path: string): Promise<Response> {
  return fetch(`${gitlab.url}/api/v4${path}`, { headers: { "PRIVATE-TOKEN": gitlab.token } });
}

async function post(path: string, body: object): Promise<void> {
  const response = await fetch(`${gitlab.url}/api/v4${path}`, {
    method: "POST",
    headers: { "PRIVATE-TOKEN": gitlab.token, "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(await response.text());
}

/** The shortest of several runs, in milliseconds: what it takes where nothing else gets in the way. */
async function shortest(run: () => Promise<unknown>, rounds = 15): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    await run();
    times.push(performance.now() - started);
  }
  return Math.min(...times);
}

function show(milliseconds: number, what: string): void {
  if (process.env["SHOW_TIMES"]) process.stdout.write(`${milliseconds.toFixed(1)} ms ${what}\n`);
}

const timeOf = (path: string) =>
  shortest(async () => {
    const response = await get(path);
    expect(response.status).toBe(200);
    await response.text();
  });

beforeEach(async () => {
  for (let number = 1; number <= groups; number++) {
    await post("/groups", { name: `g${number}`, path: `g${number}` });
  }
  const parent = (await (await get("/groups/g1")).json()) as { id: number };
  await post("/groups", { name: "sub", path: "sub", parent_id: parent.id });
  await post("/groups/g1/service_accounts", {});
  await post(`/users/${firstAccount}/personal_access_tokens`, { name: "t", scopes: ["api"] });
  await post("/groups/g1/members", { user_id: firstAccount, access_level: 30 });
});

test("a stand-in starts within 300 milliseconds", async () => {
  const time = await shortest(async () => (await startSandbox()).close(), 5);
  show(time, "start");
  expect(time).toBeLessThan(300);
});

test("a page of a list takes about as long with thousands of accounts as with one", async () => {
  const paths = [
    "/service_accounts?per_page=100",
    "/service_accounts?pagination=keyset&per_page=100&order_by=username",
    "/groups/g1/service_accounts?per_page=100",
    "/personal_access_tokens?state=active&per_page=100",
    `/personal_access_tokens?user_id=${firstAccount + 1}`,
    "/users?per_page=100&exclude_humans=true",
    "/users?username=bot-777",
    "/users/777/memberships",
    "/groups/g1/members?per_page=100",
    "/groups/g1/members?user_ids=3,4",
    "/groups/g1/members/all?per_page=100",
    "/groups/g1%2Fsub/members/all?per_page=100",
    "/groups/g1%2Fsub/members/all/777",
  ];
  const body = JSON.stringify(enlarged(gitlab.control.state()));
  const started = performance.now();
  const loaded = await fetch(`${gitlab.url}/-/sandbox/state`, { method: "POST", body });
  show(performance.now() - started, `load of ${Math.round(body.length / 1e6)} MB`);
  expect(loaded.status).toBe(200);
  expect((await get("/service_accounts?page=50&per_page=100")).headers.get("x-total")).toBe("5000");
  expect((await get("/personal_access_tokens")).headers.has("x-total")).toBe(false);

  // What one row of a hundred costs to show, without any list behind it.
  const page = await timeOf("/groups/g1/members?user_ids=3");
  const slow: string[] = [];
  for (const path of paths) {
    const time = await timeOf(path);
    show(time, path);
    if (time > 10 && time > 20 * page) slow.push(`${path}: ${time} ms`);
  }
  expect(slow).toEqual([]);
});
