import { TestInstance } from "./client";

let gitlab: TestInstance;
let top: number;
let sub: number;
let project: number;

beforeAll(async () => {
  gitlab = await TestInstance.start({ now: "2026-06-01T12:00:00Z" });
});
afterAll(() => TestInstance.closeAll());
beforeEach(async () => {
  await gitlab.control("POST", "reset");
  top = await gitlab.group("top");
  sub = await gitlab.group("sub", top);
  project = await gitlab.project("p", sub);
});

const add = (source: string, userId: number, level = 30, values: object = {}, token?: string) =>
  gitlab.ask(
    "POST",
    `${source}/members`,
    { user_id: userId, access_level: level, ...values },
    token,
  );
const direct = async (source: string, userId: number) =>
  (await gitlab.ask("GET", `${source}/members/${userId}`)).status === 200;

describe("adding a member", () => {
  test("says who is unknown or there already before it asks for permission", async () => {
    const { token } = await gitlab.human("stranger");
    const open = `/groups/${await gitlab.group("open", undefined, "public")}`;
    const id = await gitlab.account("");
    expect((await add(open, 999, 30, {}, token)).body).toEqual({ message: "404 User Not Found" });
    expect((await add(open, id, 30, {}, token)).status).toBe(403);
    await add(open, id);
    expect(await add(open, id, 30, {}, token)).toMatchObject({
      status: 409,
      body: { message: "Member already exists" },
    });
  });

  test.each([
    ["an instance account", "", { top: 201, other: 201, project: 201 }],
    ["an account of a top-level group", "top", { top: 201, other: 201, project: 201 }],
    ["an account of a subgroup", "sub", { top: 403, other: 403, project: 201 }],
    ["an account of a project", "project", { top: 403, other: 403, project: 201 }],
  ])("lets %s in only where it is eligible", async (_, owner, expected) => {
    const other = await gitlab.group("other");
    const paths: Record<string, string> = {
      "": "",
      top: `/groups/${top}`,
      sub: `/groups/${sub}`,
      project: `/projects/${project}`,
    };
    const id = await gitlab.account(paths[owner] ?? "");
    // Upwards, so that no inherited role stands in the way.
    expect({
      project: (await add(`/projects/${project}`, id)).status,
      top: (await add(`/groups/${top}`, id)).status,
      other: (await add(`/groups/${other}`, id)).status,
    }).toEqual(expected);
  });

  test("refuses an unknown role, a lower role than the inherited one, and a past date", async () => {
    const id = await gitlab.account("");
    expect((await add(`/groups/${top}`, id, 33)).body).toEqual({
      message: { access_level: ["is not included in the list"] },
    });
    expect((await add(`/groups/${top}`, id, 30, { expires_at: "2026-05-01" })).body).toEqual({
      message: { expires_at: ["cannot be a date in the past"] },
    });
    await add(`/groups/${top}`, id, 40);
    expect((await add(`/groups/${sub}`, id, 30)).body).toEqual({
      message: {
        access_level: [
          "should be greater than or equal to Maintainer inherited membership from group top",
        ],
      },
    });
  });

  test("takes several users at once", async () => {
    const ids = [await gitlab.account(""), await gitlab.account("")];
    const body = { user_id: ids.join(","), access_level: 20 };
    expect(await gitlab.ask("POST", `/groups/${top}/members`, body)).toMatchObject({
      status: 201,
      body: { status: "success" },
    });
    expect(await direct(`/groups/${top}`, ids[1] ?? 0)).toBe(true);
  });
});

describe("lists", () => {
  test("of all members show one row per user with the highest role", async () => {
    const id = await gitlab.account("");
    await add(`/groups/${top}`, id, 20);
    await add(`/projects/${project}`, id, 40);
    const path = `/projects/${project}/members`;
    const all = await gitlab.get<{ id: number; access_level: number }[]>("GET", `${path}/all`);
    expect(all.filter((member) => member.id === id)).toMatchObject([{ access_level: 40 }]);
    expect(await gitlab.get("GET", `${path}/all/${id}`)).toMatchObject({ access_level: 40 });
  });

  test("take user_ids and query", async () => {
    const id = await gitlab.account("", { username: "needle", name: "x" });
    await add(`/groups/${top}`, id);
    const ids = async (query: string) =>
      (await gitlab.get<{ id: number }[]>("GET", `/groups/${top}/members?${query}`)).map(
        (member) => member.id,
      );
    expect(await ids(`user_ids=${id},999`)).toEqual([id]);
    expect(await ids(`user_ids[]=1&user_ids[]=${id}`)).toEqual([1, id]);
    expect(await ids("query=NEED")).toEqual([id]);
  });
});

describe("changing and removing", () => {
  test("an update needs access_level and keeps the date unless one is sent", async () => {
    const id = await gitlab.account("");
    await add(`/groups/${top}`, id, 30, { expires_at: "2026-12-01" });
    const path = `/groups/${top}/members/${id}`;
    expect((await gitlab.ask("PUT", path, { expires_at: "2026-12-02" })).body).toEqual({
      error: "access_level is missing",
    });
    const raised = await gitlab.get("PUT", path, { access_level: 40 });
    expect(raised).toMatchObject({ access_level: 40, expires_at: "2026-12-01" });
    const cleared = await gitlab.get("PUT", path, { access_level: 40, expires_at: "" });
    expect(cleared).toMatchObject({ expires_at: null });
  });

  test.each([
    [false, false],
    [true, true],
  ])("with skip_subresources=%p keeps what is below: %p", async (skip, kept) => {
    const id = await gitlab.account("");
    await add(`/groups/${top}`, id, 20);
    await add(`/groups/${sub}`, id, 30);
    await add(`/projects/${project}`, id, 40);
    await gitlab.get("DELETE", `/groups/${top}/members/${id}?skip_subresources=${skip}`);
    expect(await direct(`/groups/${top}`, id)).toBe(false);
    expect(await direct(`/groups/${sub}`, id)).toBe(kept);
    expect(await direct(`/projects/${project}`, id)).toBe(kept);
  });

  test("the last Owner of a group stays", async () => {
    expect((await gitlab.ask("DELETE", `/groups/${top}/members/1`)).status).toBe(403);
  });

  test("an expired membership goes with the next daily job", async () => {
    const id = await gitlab.account("");
    await add(`/groups/${top}`, id, 30, { expires_at: "2026-06-02" });
    await gitlab.control("POST", "clock", { set: "2026-06-02T00:05:00Z" });
    expect(await direct(`/groups/${top}`, id)).toBe(true);
    await gitlab.control("POST", "clock", { set: "2026-06-02T00:15:00Z" });
    expect(await direct(`/groups/${top}`, id)).toBe(false);
  });
});

test("an administrator sees all memberships of a user, others see none", async () => {
  const id = await gitlab.account("");
  await add(`/groups/${top}`, id, 20);
  await add(`/projects/${project}`, id, 30);
  expect(await gitlab.get("GET", `/users/${id}/memberships`)).toEqual([
    { source_id: top, source_name: "top", source_type: "Namespace", access_level: 20 },
    { source_id: project, source_name: "p", source_type: "Project", access_level: 30 },
  ]);
  const { token } = await gitlab.human("other");
  const answer = await gitlab.ask("GET", `/users/${id}/memberships`, undefined, token);
  expect(answer.status).toBe(403);
});

test("a custom role must match the role it is based on", async () => {
  const values = { name: "reviewer", base_access_level: 20, read_code: true };
  const role = await gitlab.get<{ id: number }>("POST", "/member_roles", values);
  const id = await gitlab.account("");
  const role_id = { member_role_id: role.id };
  expect((await add(`/groups/${top}`, id, 30, role_id)).status).toBe(400);
  expect((await add(`/groups/${top}`, id, 20, role_id)).body).toMatchObject({
    member_role: { name: "reviewer", read_code: true },
  });
});
