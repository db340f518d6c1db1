import { GitLab } from "../../src/gitlab";
import { NotAdministratorError, Pass, type Picture, type WantedScope } from "../../src/estate";
import { startSandbox, type Sandbox } from "../../src/sandbox";
import { fill } from "./large-estate";

let sandbox: Sandbox;
let owner: string;
let groupId: number;

interface Made {
  readonly id: number;
}

async function call<T = Made>(method: string, path: string, body?: object): Promise<T> {
  const response = await fetch(`${sandbox.url}/api/v4${path}`, {
    method,
    headers: { "private-token": sandbox.token, "content-type": "application/json" },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

interface Options {
  readonly token?: string;
  readonly maxRequests?: number;
  readonly before?: (gitlab: GitLab) => void;
  readonly withShares?: boolean;
}

async function look(scope: WantedScope, options: Options = {}): Promise<Picture> {
  const { token = sandbox.token, maxRequests, before, withShares = false } = options;
  const gitlab = new GitLab({
    baseUrl: sandbox.url,
    token,
    ...(maxRequests !== undefined && { maxRequests }),
  });
  try {
    before?.(gitlab);
    return await (await Pass.begin(gitlab, { scope, withVariables: true, withShares })).picture();
  } finally {
    await gitlab.close();
  }
}

const INSTANCE: WantedScope = { kind: "instance" };
const GROUP: WantedScope = { kind: "group", path: "estate" };

beforeEach(async () => {
  sandbox = await startSandbox({ now: "2027-03-01T08:00:00Z" });
  owner = await fill(sandbox, {
    groups: 2,
    projects: 2,
    accounts: 130,
    humans: 5,
    tokensPerAccount: 1,
    tokensPerHuman: 1,
    membershipsPerAccount: 1,
  });
  groupId = (await call("GET", "/groups/estate")).id;
});
afterEach(() => sandbox.close());

test("a token's state, marker, words and scopes, and a delivery's note are told", async () => {
  const { id } = await call("POST", `/groups/${groupId}/service_accounts`, {
    username: "deployer",
  });
  const place = `/groups/${groupId}/service_accounts/${id}/personal_access_tokens`;
  const marker = "glsa:1:0123456789abcdef0123:3";
  await call("POST", place, {
    name: "ci",
    scopes: ["api"],
    description: `deploys ${marker}`,
    expires_at: "2027-06-01",
  });
  const { id: revoked } = await call("POST", place, { name: "old", scopes: ["read_api"] });
  await call("DELETE", `/personal_access_tokens/${revoked}`);
  await call("POST", place, { name: "over", scopes: ["read_api"], expires_at: "2027-03-01" });
  await call("POST", `/groups/${groupId}/variables`, {
    key: "TOKEN",
    value: "not-to-be-seen-anywhere",
    description: `Delivered by glsa: token 7. ${marker}`,
  });
  await call("POST", `/groups/${groupId}/variables`, { key: "OTHER", value: "nothing-of-ours" });

  for (const token of [sandbox.token, owner]) {
    const picture = await look(GROUP, { token });
    const tokens = picture.tokens.filter(({ userId }) => userId === id);
    expect(tokens.map(({ name, state }) => [name, state])).toEqual([
      ["over", "expired"],
      ["old", "revoked"],
      ["ci", "active"],
    ]);
    expect(tokens[2]).toMatchObject({
      description: "deploys",
      scopes: ["api"],
      expiresAt: "2027-06-01",
      marker: { key: "0123456789abcdef0123", generation: 3 },
    });
    expect(picture.variables).toMatchObject([{ key: "TOKEN", note: { tokenId: 7 } }]);
    expect(JSON.stringify(picture)).not.toContain("not-to-be-seen");
    expect(JSON.stringify(picture)).not.toContain(token);
    expect(picture.isComplete).toBe(true);
  }
});

test("an Owner sees accounts of other owners that are members, and memberships elsewhere", async () => {
  const foreign = await call("POST", "/service_accounts", { username: "ai-review-estate" });
  const own = await call("POST", `/groups/${groupId}/service_accounts`, { username: "deployer" });
  const human = await call<readonly Made[]>("GET", "/users?username=estate-owner");
  const other = await call("POST", "/groups", { name: "other", path: "other" });
  await call("POST", `/groups/${other.id}/members`, { user_id: human[0]?.id, access_level: 20 });
  await call("POST", `/groups/${groupId}/members`, { user_id: foreign.id, access_level: 30 });
  await call("POST", `/groups/${other.id}/members`, { user_id: own.id, access_level: 40 });

  const { accounts, memberships, gaps, isComplete } = await look(GROUP, { token: owner });

  expect(accounts.find(({ userId }) => userId === foreign.id)).toMatchObject({
    username: "ai-review-estate",
    kind: "agent",
    isForeign: true,
    tokensSeen: false,
    owner: null,
  });
  expect(memberships.find(({ container }) => container.path === "other")).toMatchObject({
    userId: own.id,
    role: "maintainer",
  });
  expect(isComplete).toBe(true);
  expect(gaps.map(({ hides, isExpected }) => [hides[0], isExpected])).toEqual([
    // Shares, and what the Owner cannot see.
    ["memberships", true],
    ["memberships", true],
    ["tokens", true],
  ]);
});

test("a higher role in a group above is told beside the lower one", async () => {
  const { id } = await call("POST", `/groups/${groupId}/service_accounts`, {
    username: "deployer",
  });
  const sub = await call("POST", "/groups", { name: "sub", path: "sub", parent_id: groupId });
  await call("POST", `/groups/${sub.id}/members`, { user_id: id, access_level: 20 });
  await call("POST", `/groups/${groupId}/members`, { user_id: id, access_level: 40 });

  const { memberships } = await look(INSTANCE);

  expect(memberships.filter(({ userId }) => userId === id)).toMatchObject([
    { container: { path: "estate" }, inherited: null },
    { container: { path: "estate/sub" }, inherited: { role: "maintainer", from: { id: groupId } } },
  ]);
});

test("a blocked account is told as such, to an administrator and to an Owner", async () => {
  const { id } = await call("POST", `/groups/${groupId}/service_accounts`, {
    username: "deployer",
  });
  await call("POST", `/users/${id}/block`);
  for (const token of [sandbox.token, owner]) {
    const { accounts } = await look(GROUP, { token });
    expect(accounts.find(({ userId }) => userId === id)?.state).toBe("blocked");
    expect(accounts.filter(({ state }) => state !== "active")).toHaveLength(1);
  }
});

test("of an administrator's list the owner is told, also of an account with an address of its own", async () => {
  const { id } = await call("POST", `/groups/${groupId}/service_accounts`, {
    username: "deployer",
    email: "deployer@example.com",
  });
  await call("POST", `/groups/${groupId}/members`, { user_id: id, access_level: 20 });
  const { accounts } = await look(INSTANCE);
  expect(accounts.find(({ userId }) => userId === id)?.owner).toEqual({
    kind: "group",
    id: groupId,
    path: "estate",
  });
  expect(accounts.filter(({ owner: found }) => found === null)).toEqual([]);
});

describe("what cannot be seen is told", () => {
  const forbidden = { kind: "status", status: 403, body: { message: "403 Forbidden" } } as const;

  test("one project that refuses its members", async () => {
    sandbox.control.installFaults({
      route: "GET /projects/:id/members",
      nth: 2,
      effect: forbidden,
    });
    const { gaps: all, isComplete } = await look(INSTANCE);
    expect(isComplete).toBe(false);
    const gaps = all.filter(({ isExpected }) => !isExpected);
    expect(gaps).toHaveLength(1);
    expect(gaps[0]).toMatchObject({
      hides: ["memberships"],
      container: { kind: "project" },
      route: "/projects/:id/members",
      status: 403,
    });
  });

  test("an account whose tokens cannot be listed", async () => {
    sandbox.control.installFaults({
      route: "GET /groups/:id/service_accounts/:user_id/personal_access_tokens",
      nth: 3,
      effect: forbidden,
    });
    const { gaps, accounts } = await look(GROUP, { token: owner });
    const unseen = accounts.filter(({ tokensSeen }) => !tokensSeen);
    expect(unseen).toHaveLength(1);
    expect(gaps.find(({ isExpected }) => !isExpected)).toMatchObject({
      hides: ["tokens"],
      userId: unseen[0]?.userId,
    });
  });

  test("a refused query of GraphQL", async () => {
    const effect = { kind: "status", status: 200, body: { errors: [{ message: "no" }] } } as const;
    sandbox.control.installFaults({ route: "POST /api/graphql", times: null, effect });
    const { gaps, accounts } = await look(GROUP, { token: owner });
    expect(gaps.some(({ isExpected, hides }) => !isExpected && hides.includes("states"))).toBe(
      true,
    );
    expect(new Set(accounts.map(({ state }) => state))).toEqual(new Set([null]));
  });

  test("a list that shrinks while its pages are read is read again, and misses nobody", async () => {
    sandbox.control.setDeletionDelay("PT0S");
    const before = await look(INSTANCE);
    const [first] = before.accounts.toSorted((left, right) => left.userId - right.userId);
    const after = await look(INSTANCE, { before: deletingAfterFirstPage(first?.userId ?? 0, 1) });
    const left = before.accounts.map(({ userId }) => userId);
    expect(after.isComplete).toBe(true);
    const still = left.filter((id) => id !== first?.userId);
    expect(after.accounts.map(({ userId }) => userId)).toEqual(expect.arrayContaining(still));
  });

  test("a list that never stops shrinking", async () => {
    sandbox.control.setDeletionDelay("PT0S");
    const { accounts } = await look(INSTANCE);
    const ids = accounts.map(({ userId }) => userId).sort((left, right) => left - right);
    const { gaps, isComplete } = await look(INSTANCE, {
      before: deletingAfterFirstPage(ids[0] ?? 0, 10),
    });
    expect(isComplete).toBe(false);
    expect(gaps[0]).toMatchObject({ hides: ["accounts", "tokens"], status: null });
  });

  /** Deletes an account of the first page whenever that page was read. */
  function deletingAfterFirstPage(firstId: number, times: number) {
    let done = 0;
    return ({ accounts }: GitLab) => {
      const page = accounts.page.bind(accounts);
      accounts.page = async (of, number) => {
        const answer = await page(of, number);
        if (number === 1 && done < times) {
          await call("DELETE", `/users/${firstId + done}?hard_delete=true`);
          done += 1;
          sandbox.control.purge();
        }
        return answer;
      };
    };
  }

  test("what a limit of requests left out, and no more requests are sent", async () => {
    sandbox.control.clearRequests();
    const { gaps, isComplete } = await look(GROUP, { token: owner, maxRequests: 60 });
    expect(sandbox.control.requests().total).toBe(60);
    expect(isComplete).toBe(false);
    const limited = gaps.filter(({ isExpected }) => !isExpected);
    expect(limited.length).toBeLessThan(8);
    expect(limited[0]?.remedy).toBe("Raise --max-requests.");
  });

  test("what an interruption left out", async () => {
    const { gaps, isComplete, accounts } = await look(GROUP, {
      token: owner,
      before: (gitlab) => {
        const list = gitlab.tokens.listOfAccount.bind(gitlab.tokens);
        let asked = 0;
        gitlab.tokens.listOfAccount = (...question) => {
          if ((asked += 1) === 20) gitlab.client.stop();
          return list(...question);
        };
      },
    });
    expect(isComplete).toBe(false);
    expect(accounts).toHaveLength(131);
    expect(accounts.filter(({ tokensSeen }) => tokensSeen).length).toBeLessThan(40);
    const { reason } = gaps.find(({ hides }) => hides[0] === "tokens") ?? {};
    expect(reason).toMatch(/^The pass was interrupted. 1\d\d requests were not sent.$/);
  });
});

test("the whole instance is refused to who is no administrator, before anything is asked", async () => {
  await expect(look(INSTANCE, { token: owner })).rejects.toThrow(NotAdministratorError);
});

test("access through invited groups is told with the lower role, for a project also of members above, at the cost said before", async () => {
  const bot = await call("POST", `/groups/${groupId}/service_accounts`, { username: "deployer" });
  const high = await call("POST", `/groups/${groupId}/service_accounts`, { username: "admin-bot" });
  const invited = await call("POST", "/groups", {
    name: "invited",
    path: "invited",
    parent_id: groupId,
  });
  const place = await call("POST", "/groups", { name: "place", path: "place", parent_id: groupId });
  const project = await call("POST", "/projects", {
    name: "app",
    path: "app",
    namespace_id: place.id,
  });
  await call("POST", `/groups/${invited.id}/members`, { user_id: bot.id, access_level: 20 });
  await call("POST", `/groups/${groupId}/members`, { user_id: high.id, access_level: 40 });
  for (const path of [`/groups/${place.id}`, `/projects/${project.id}`]) {
    await call("POST", `${path}/share`, {
      group_id: invited.id,
      group_access: 30,
      expires_at: "2027-05-01",
    });
  }

  for (const [scope, token] of [
    [INSTANCE, sandbox.token],
    [GROUP, sandbox.token],
    [GROUP, owner],
  ] as const) {
    const { sharedAccess, gaps, isComplete } = await look(scope, { token, withShares: true });
    const told = sharedAccess
      .filter(({ userId }) => [bot.id, high.id].includes(userId))
      .map((each) => [each.container.path, each.userId, each.role, each.memberOf.path]);
    expect(told.sort()).toEqual([
      ["estate/place", bot.id, "reporter", "estate/invited"],
      ["estate/place/app", bot.id, "reporter", "estate/invited"],
      ["estate/place/app", high.id, "developer", "estate"],
    ]);
    expect(sharedAccess[0]).toMatchObject({
      through: { path: "estate/invited" },
      expiresAt: "2027-05-01",
    });
    expect(gaps.map(({ remedy }) => remedy)).not.toContain("Run it with --shares.");
    expect(isComplete).toBe(true);
  }
  const { sharedAccess, gaps } = await look(GROUP);
  expect(sharedAccess).toEqual([]);
  expect(gaps.map(({ remedy }) => remedy)).toContain("Run it with --shares.");
});
