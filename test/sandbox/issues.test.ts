import { TestInstance } from "./client";

let gitlab: TestInstance;
let project: string;
let issues: string;

beforeAll(async () => {
  gitlab = await TestInstance.start({ now: "2026-06-01T12:00:00Z" });
});
afterAll(() => TestInstance.closeAll());
beforeEach(async () => {
  await gitlab.control("POST", "reset");
  project = `/projects/${await gitlab.project("p", await gitlab.group("g"))}`;
  issues = `${project}/issues`;
});

interface Issue {
  readonly iid: number;
  readonly title: string;
}

async function member(username: string, access_level: number): Promise<string> {
  const { id, token } = await gitlab.human(username);
  await gitlab.get("POST", `${project}/members`, { user_id: id, access_level });
  return token;
}

const titles = async (query: string, token?: string) =>
  (await gitlab.get<Issue[]>("GET", `${issues}?${query}`, undefined, token)).map((i) => i.title);

test("an issue is made, found, edited, closed and opened again", async () => {
  expect(
    await gitlab.get("POST", issues, { title: "Findings", labels: "b,a", description: "1" }),
  ).toMatchObject({
    iid: 1,
    state: "opened",
    labels: ["a", "b"],
    author: { username: "root" },
    references: { short: "#1", full: "g/p#1" },
    closed_at: null,
    subscribed: true,
  });
  const changed = { description: "2", add_labels: "c", remove_labels: ["a"] };
  expect(await gitlab.get("PUT", `${issues}/1`, changed)).toMatchObject({
    title: "Findings",
    description: "2",
    labels: ["b", "c"],
  });
  expect(await gitlab.get("PUT", `${issues}/1`, { state_event: "close" })).toMatchObject({
    state: "closed",
    closed_at: expect.any(String) as string,
    closed_by: { username: "root" },
  });
  expect(await gitlab.get("PUT", `${issues}/1`, { state_event: "reopen" })).toMatchObject({
    state: "opened",
    closed_at: null,
    closed_by: null,
  });
});

test("issues are found by label, text, number, state and author, the newest first", async () => {
  for (const [title, labels] of [
    ["audit of June", "audit,june"],
    ["audit of July", "audit"],
    ["other", ""],
  ]) {
    await gitlab.get("POST", issues, { title, labels, description: `about ${title}` });
  }
  await gitlab.get("PUT", `${issues}/1`, { state_event: "close" });
  expect(await titles("")).toEqual(["other", "audit of July", "audit of June"]);
  expect(await titles("labels=audit")).toEqual(["audit of July", "audit of June"]);
  expect(await titles("labels=audit,june")).toEqual(["audit of June"]);
  expect(await titles("labels=None")).toEqual(["other"]);
  expect(await titles("labels=Any&state=opened")).toEqual(["audit of July"]);
  expect(await titles("search=ABOUT other")).toEqual(["other"]);
  expect(await titles("search=about&in=title")).toEqual([]);
  expect(await titles("iids[]=1&iids[]=3&sort=asc")).toEqual(["audit of June", "other"]);
  expect(await titles("author_username=ada")).toEqual([]);
  expect(await titles("scope=assigned_to_me")).toEqual([]);
  const page = await gitlab.ask("GET", `${issues}?per_page=1&page=2`);
  expect(page.headers.get("x-total")).toBe("3");
});

test.each([
  [{}, { error: "title is missing" }],
  [{ title: " " }, { message: { title: ["can't be blank"] } }],
  [{ title: "x".repeat(256) }, { message: { title: ["is too long (maximum is 255 characters)"] } }],
])("%j is no issue", async (values, body) => {
  expect(await gitlab.ask("POST", issues, values)).toMatchObject({ status: 400, body });
});

test("an issue without changes, and one that is not there, are told apart", async () => {
  await gitlab.get("POST", issues, { title: "t" });
  expect((await gitlab.ask("PUT", `${issues}/1`, {})).status).toBe(400);
  expect(await gitlab.ask("GET", `${issues}/2`)).toMatchObject({
    status: 404,
    body: { message: "404 Not found" },
  });
  expect(await gitlab.ask("GET", `${issues}/2/notes`)).toMatchObject({
    status: 404,
    body: { message: "404 Issue Not Found" },
  });
});

test("what guests write is theirs, and labels and people are for planners", async () => {
  const guest = await member("guest", 10);
  const planner = await member("planner", 15);
  const made = { title: "t", labels: "a", assignee_ids: [1] };
  expect(await gitlab.get("POST", issues, made, guest)).toMatchObject({
    labels: [],
    assignees: [],
  });
  expect((await gitlab.ask("PUT", `${issues}/1`, { title: "mine" }, guest)).status).toBe(200);
  await gitlab.get("POST", issues, { title: "root's" });
  expect(await gitlab.ask("PUT", `${issues}/2`, { title: "mine" }, guest)).toMatchObject({
    status: 403,
    body: { message: "403 Forbidden" },
  });
  expect(await gitlab.get("PUT", `${issues}/2`, { labels: "a" }, planner)).toMatchObject({
    labels: ["a"],
  });
});

test("a confidential issue is hidden from guests who did not write it, with its notes", async () => {
  const guest = await member("guest", 10);
  const planner = await member("planner", 15);
  await gitlab.get("POST", issues, { title: "secret", confidential: true });
  expect(await titles("", guest)).toEqual([]);
  expect(await titles("", planner)).toEqual(["secret"]);
  for (const path of [`${issues}/1`, `${issues}/1/notes`]) {
    expect((await gitlab.ask("GET", path, undefined, guest)).status).toBe(404);
  }
});

test("notes of an issue are made, listed, changed and deleted, internal ones for planners", async () => {
  const guest = await member("guest", 10);
  await gitlab.get("POST", issues, { title: "t" });
  const notes = `${issues}/1/notes`;
  const { id } = await gitlab.get<{ id: number }>("POST", notes, { body: "first" });
  const inside = await gitlab.get<{ id: number }>("POST", notes, { body: "in", internal: true });
  expect(await gitlab.get("GET", `${notes}?sort=asc`, undefined, guest)).toMatchObject([
    { id, body: "first", noteable_type: "Issue", noteable_iid: 1 },
  ]);
  expect((await gitlab.ask("GET", `${notes}/${inside.id}`, undefined, guest)).status).toBe(404);
  expect(await gitlab.get("PUT", `${notes}/${id}`, { body: "new" })).toMatchObject({ body: "new" });
  expect((await gitlab.ask("DELETE", `${notes}/${id}`, undefined, guest)).status).toBe(403);
  expect((await gitlab.ask("DELETE", `${notes}/${id}`)).status).toBe(204);
  expect(await gitlab.get("GET", notes)).toHaveLength(1);
  expect(await gitlab.get("GET", `${issues}/1`)).toMatchObject({ user_notes_count: 0 });
});
