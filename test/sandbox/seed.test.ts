import { startSandbox, type EstateSeed, type SandboxState } from "../../src/sandbox";
import { parseSeed, planEstate } from "../../src/sandbox/seed/sizes";
import { TestInstance } from "./client";

const now = "2026-06-01T12:00:00Z";
const today = "2026-06-01";

afterEach(() => TestInstance.closeAll());

async function estate(seed: EstateSeed): Promise<SandboxState> {
  const sandbox = await startSandbox({ now, seed });
  const state = sandbox.control.state();
  await sandbox.close();
  return state;
}

type User = SandboxState["users"]["rows"][number];
type Token = SandboxState["tokens"]["rows"][number];

/** Service accounts by their usernames, with what belongs to them. */
function accountsOf({ users, tokens, members }: SandboxState) {
  return users.rows
    .filter(({ user_type }) => user_type === "service_account")
    .map((user) => ({
      user,
      tokens: tokens.rows.filter(({ user_id }) => user_id === user.id),
      members: members.rows.filter(({ user_id }) => user_id === user.id),
    }));
}

const isActive = ({ revoked, expires_at }: Token) =>
  !revoked && (expires_at === null || expires_at > today);
const daysSince = (instant: string | null) =>
  instant === null ? undefined : (Date.parse(today) - Date.parse(instant)) / 86_400_000;
const isMarked = ({ description }: Token) => /glsa:1:[0-9a-f]{20}:\d+$/.test(description ?? "");
const keyOf = ({ description }: Token) => description?.split(":").at(-2);
const generationOf = ({ description }: Token) => Number(description?.split(":").at(-1));

describe("a seeded estate", () => {
  let state: SandboxState;
  let accounts: ReturnType<typeof accountsOf>;
  beforeAll(async () => {
    state = await estate({ preset: "small" });
    accounts = accountsOf(state);
  });

  test("has exactly the sizes that were asked for", async () => {
    const sizes = { accounts: 120, tokens: 300, memberships: 400, humans: 30 };
    const { groups, projects, users, ...rest } = await estate({
      ...sizes,
      groups: 20,
      projects: 33,
      bots: 7,
    });
    const found = accountsOf({ groups, projects, users, ...rest });
    const count = (type: string) => users.rows.filter((user) => user.user_type === type).length;
    expect({
      accounts: found.length,
      tokens: found.flatMap(({ tokens }) => tokens).length,
      memberships: found.flatMap(({ members }) => members).length,
      humans: count("human") - 1,
      bots: count("project_bot"),
      groups: groups.rows.length,
      projects: projects.rows.length,
    }).toEqual({ ...sizes, groups: 20, projects: 33, bots: 7 });
  });

  test("is the same on every run with one seed, and another one with another", async () => {
    // What opens the administrator's account is new on every run.
    const withoutRoot = ({ users, tokens, ...rest }: SandboxState) =>
      JSON.stringify([users.rows.slice(1), tokens.rows.slice(1), rest.members, rest.groups]);
    const again = withoutRoot(await estate({ preset: "small" }));
    expect(again).toBe(withoutRoot(state));
    expect(withoutRoot(await estate({ preset: "small", seed: 2 }))).not.toBe(again);
  });

  test.each<[string, (account: ReturnType<typeof accountsOf>[number]) => boolean]>([
    ["of the instance", ({ user }) => ownerOf(user) === "instance"],
    ["of a group", ({ user }) => ownerOf(user) === "group"],
    ["of a project", ({ user }) => ownerOf(user) === "project"],
    ["without anything", ({ tokens, members }) => tokens.length + members.length === 0],
    ["without a token", ({ tokens, members }) => tokens.length === 0 && members.length > 0],
    ["without a membership", ({ tokens, members }) => tokens.length > 0 && members.length === 0],
    [
      "blocked, with a live token",
      ({ user, tokens }) =>
        user.state === "blocked" && user.deletion === null && tokens.some(isActive),
    ],
    ["deactivated", ({ user }) => user.state === "deactivated"],
    ["whose deletion is pending", ({ user }) => user.deletion !== null],
    [
      "with a token that was never used",
      ({ tokens }) =>
        tokens.some(
          (token) => token.last_used_at === null && (daysSince(token.created_at) ?? 0) > 90,
        ),
    ],
    [
      "with a token that is not used any more",
      ({ tokens }) =>
        tokens.some((token) => isActive(token) && (daysSince(token.last_used_at) ?? 0) > 90),
    ],
    ["with a token that never ends", ({ tokens }) => tokens.some((t) => t.expires_at === null)],
    [
      "with nothing but an expired token",
      ({ tokens }) =>
        tokens.length === 1 && tokens.some((t) => !t.revoked && (t.expires_at ?? "") < today),
    ],
    [
      "whose token ends today",
      ({ tokens }) => tokens.some(({ expires_at }) => expires_at === today),
    ],
    [
      "whose token ends in a few days",
      ({ tokens }) => tokens.some((t) => isActive(t) && (t.expires_at ?? "9") < "2026-06-08"),
    ],
    ["with nothing but a revoked token", ({ tokens }) => tokens.length === 1 && revoked(tokens)],
    [
      "with several live tokens of one purpose",
      ({ tokens }) =>
        tokens.filter((t) => isActive(t) && !isMarked(t) && t.name === tokens[0]?.name).length > 2,
    ],
    [
      "with many generations of a marked token",
      ({ tokens }) => new Set(tokens.filter(isMarked).map(generationOf)).size > 3,
    ],
    [
      "with a marked token in its overlap",
      ({ tokens }) =>
        tokens.filter((t) => isActive(t) && isMarked(t) && t.last_used_at !== null).length === 2,
    ],
    [
      "with the left-over of an interrupted run",
      ({ tokens }) =>
        tokens.some((t) => isActive(t) && isMarked(t) && t.last_used_at === null) &&
        new Set(tokens.filter(isMarked).map(keyOf)).size === 1,
    ],
    [
      "with the left-over of a run's own token",
      ({ tokens }) => tokens.some((t) => isActive(t) && isMarked(t) && generationOf(t) === 0),
    ],
    [
      "with one generation twice",
      ({ tokens }) =>
        tokens.filter((t) => isActive(t) && isMarked(t) && generationOf(t) === 1).length === 2,
    ],
    [
      "whose token GitLab has rotated",
      ({ tokens }) => tokens.some(({ previous_id }) => tokens.some((t) => t.id === previous_id)),
    ],
    [
      "whose token is used from many addresses",
      ({ tokens }) => tokens.some(({ last_used_ips }) => last_used_ips.length === 5),
    ],
    ["that is an Owner", ({ members }) => members.some((m) => m.access_level === 50)],
    ["with a custom role", ({ members }) => members.some((m) => m.member_role_id !== null)],
    ["with a membership that ends", ({ members }) => members.some((m) => m.expires_at !== null)],
    [
      "of an agent, with a composite identity and no token",
      ({ user, tokens }) => isAgent(user) && tokens.length === 0,
    ],
    ["of an agent, with a token", ({ user, tokens }) => isAgent(user) && tokens.length > 0],
    [
      "that is only called like an agent's",
      ({ user }) => user.username.startsWith("ai-") && !user.composite_identity_enforced,
    ],
  ])("has an account %s", (_what, matches) => {
    expect(accounts.filter(matches).length).toBeGreaterThan(0);
  });

  test("has no token older than its user or used before it was made", () => {
    const users = new Map(state.users.rows.map((user) => [user.id, user]));
    const wrong = state.tokens.rows.filter(
      ({ user_id, created_at, last_used_at }) =>
        created_at < (users.get(user_id)?.created_at ?? "9") || (last_used_at ?? "9") < created_at,
    );
    expect(wrong).toEqual([]);
  });

  test("numbers tokens in the order in which they were made", () => {
    const made = state.tokens.rows.slice(1).map(({ created_at }) => created_at);
    expect(made).toEqual([...made].sort());
  });

  test("has group trees, a share, what is archived, and what waits for its deletion", () => {
    const { groups, projects, shares } = state;
    expect(groups.rows.some(({ full_path }) => full_path.split("/").length > 2)).toBe(true);
    const waits = (row: { marked_for_deletion_on?: string | null }) =>
      row.marked_for_deletion_on === "2026-05-29";
    expect(groups.rows.filter(waits)).toHaveLength(1);
    expect(projects.rows.filter(waits)).toHaveLength(1);
    expect(projects.rows.some(({ archived }) => archived)).toBe(true);
    expect(shares?.rows).toHaveLength(1);
  });

  test("has Owners of its top-level groups, and roles that add to inherited ones", async () => {
    const gitlab = await TestInstance.start({ seed: "small" });
    const tops = await gitlab.get<{ id: number }[]>("GET", "/groups?top_level_only=true");
    for (const { id } of tops) {
      const members = await gitlab.get<{ access_level: number }[]>("GET", `/groups/${id}/members`);
      expect(members.some(({ access_level }) => access_level === 50)).toBe(true);
    }
    const paths = new Map(
      [...state.groups.rows, ...state.projects.rows.map((p) => ({ ...p, id: -p.id }))].map(
        ({ id, full_path }) => [id, full_path],
      ),
    );
    type Member = SandboxState["members"]["rows"][number];
    const pathOf = ({ source_type, source_id }: Member) =>
      paths.get(source_type === "group" ? source_id : -source_id) ?? "";
    const members = accounts.flatMap((account) => account.members);
    const below = members.flatMap((member) =>
      members
        .filter((above) => above.user_id === member.user_id)
        .filter((above) => pathOf(member).startsWith(`${pathOf(above)}/`))
        .map((above) => member.access_level - above.access_level),
    );
    expect(below.some((difference) => difference > 0)).toBe(true);
    expect(below.some((difference) => difference === 0)).toBe(true);
  });

  test("has delivered tokens in variables, by which clients can sign in", async () => {
    const gitlab = await TestInstance.start({ seed: { preset: "small" }, now });
    const delivered = state.variables.rows.filter(({ description }) =>
      /^Delivered by glsa: token \d+\. glsa:1:/.test(description ?? ""),
    );
    expect(delivered.length).toBeGreaterThan(5);
    expect(state.variables.rows.length).toBeGreaterThan(delivered.length);
    const { value = "", description } = delivered[0] ?? {};
    expect(await gitlab.ask("GET", "/personal_access_tokens/self", undefined, value)).toMatchObject(
      { status: 200, body: { id: Number(/token (\d+)/.exec(description ?? "")?.[1]) } },
    );
  });

  test("is there again after a reset", async () => {
    const { control, close } = await startSandbox({ now, seed: "small" });
    const size = control.overview().totals;
    control.reset();
    expect(control.overview().totals).toEqual(size);
    expect(size.users).toBeGreaterThan(200);
    await close();
  });
});

const revoked = (tokens: readonly Token[]) => tokens.every((token) => token.revoked);
const isAgent = ({ username, composite_identity_enforced }: User) =>
  composite_identity_enforced && /^(ai|duo)-/.test(username);

function ownerOf({ provisioned_by_group_id, provisioned_by_project_id }: User): string {
  if (provisioned_by_group_id !== null) return "group";
  return provisioned_by_project_id === null ? "instance" : "project";
}

test("the large estate has 5,000 accounts, and all else in proportion", () => {
  expect(planEstate("large").sizes).toMatchObject({
    accounts: 5000,
    tokens: 10_000,
    memberships: 25_000,
    humans: 20_000,
  });
});

test.each<EstateSeed>([
  { accounts: 0 },
  { accounts: 3, tokens: 0, memberships: 0, humans: 0 },
  { accounts: 5, groups: 0, projects: 0 },
  { accounts: 5, groups: 1, projects: 2 },
  { accounts: 2, tokens: 50 },
])("odd sizes are no trouble: %j", async (seed) => {
  const found = accountsOf(await estate(seed));
  expect(found).toHaveLength(seed.accounts ?? 0);
});

test.each([
  ["large", { preset: "large" }],
  ["accounts=200, humans=40,seed=7", { accounts: 200, humans: 40, seed: 7 }],
  ["medium,bots=0", { preset: "medium", bots: 0 }],
])("%s is read as a seed", (text, seed) => {
  expect(parseSeed(text)).toEqual(seed);
});

test.each([
  ["huge", 'A seed has no "huge". It is made of small, medium, large, accounts=<number>, '],
  ["accounts", 'A seed has no "accounts". It is made of '],
  ["cats=3", 'A seed has no "cats". It is made of '],
  ["accounts=many", '"accounts" of a seed is a whole number up to 1000000.'],
  ["humans=", '"humans" of a seed is a whole number up to 1000000.'],
  ["tokens=-1", '"tokens" of a seed is a whole number up to 1000000.'],
])("%s is refused as a seed", (text, message) => {
  expect(() => parseSeed(text)).toThrow(message);
});
