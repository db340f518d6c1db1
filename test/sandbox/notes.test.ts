import { TestInstance } from "./client";

let gitlab: TestInstance;
let project: string;
let notes: string;

beforeAll(async () => {
  gitlab = await TestInstance.start();
});
afterAll(() => TestInstance.closeAll());
beforeEach(async () => {
  await gitlab.control("POST", "reset");
  project = `/projects/${await gitlab.project("p", await gitlab.group("g"))}`;
  const branches = { source_branch: "change", target_branch: "main" };
  const body = { title: "Change", ...branches };
  const { iid } = await gitlab.get<{ iid: number }>("POST", `${project}/merge_requests`, body);
  notes = `${project}/merge_requests/${iid}/notes`;
});

async function member(username: string, access_level: number): Promise<string> {
  const { id, token } = await gitlab.human(username);
  await gitlab.get("POST", `${project}/members`, { user_id: id, access_level });
  return token;
}

interface Note {
  readonly id: number;
  readonly body: string;
}

test("a merge request counts within its project, one for each source branch", async () => {
  const body = { title: "Other", source_branch: "other", target_branch: "main" };
  const path = `${project}/merge_requests`;
  expect(await gitlab.get("POST", path, body)).toMatchObject({ iid: 2, state: "opened" });
  expect(await gitlab.ask("POST", path, body)).toMatchObject({
    status: 409,
    body: { message: ["Another open merge request already exists for this source branch: !2"] },
  });
  expect(await gitlab.get("GET", `${path}/2`)).toMatchObject({ title: "Other" });
});

test("a note is made, listed and changed", async () => {
  const { id } = await gitlab.get<Note>("POST", notes, { body: "first" });
  await gitlab.get("POST", notes, { body: "second" });
  expect(await gitlab.get<Note[]>("GET", `${notes}?sort=asc`)).toMatchObject([
    { body: "first", noteable_type: "MergeRequest", system: false, author: { username: "root" } },
    { body: "second" },
  ]);
  expect(await gitlab.get("PUT", `${notes}/${id}`, { body: "changed" })).toMatchObject({
    id,
    body: "changed",
  });
});

test.each([
  [{}, { error: "body is missing" }],
  [{ body: " " }, { message: `400 Bad request - Note {:note=>["can't be blank"]}` }],
  [
    { body: "x".repeat(1_000_001) },
    {
      message: '400 Bad request - Note {:note=>["is too long (maximum is 1000000 characters)"]}',
    },
  ],
])("a bad note is refused", async (values, body) => {
  expect(await gitlab.ask("POST", notes, values)).toMatchObject({ status: 400, body });
});

test("a note is changed by its author and by Maintainers", async () => {
  const { id } = await gitlab.get<Note>("POST", notes, { body: "first" });
  const change = (token: string) => gitlab.ask("PUT", `${notes}/${id}`, { body: "x" }, token);
  expect((await change(await member("developer", 30))).status).toBe(403);
  expect((await change(await member("maintainer", 40))).status).toBe(200);
});

test("Guests of a private project do not see its merge requests, and strangers not even the project", async () => {
  expect(await gitlab.ask("GET", notes, undefined, await member("guest", 10))).toMatchObject({
    status: 404,
    body: { message: "404 MergeRequest Not Found" },
  });
  expect(
    (await gitlab.ask("POST", notes, { body: "x" }, await member("reporter", 20))).status,
  ).toBe(201);
  const { token } = await gitlab.human("stranger");
  expect((await gitlab.ask("GET", notes, undefined, token)).body).toEqual({
    message: "404 Project Not Found",
  });
});
