import { TestInstance } from "./client";

afterEach(() => TestInstance.closeAll());

/** A private group with a project, a second group, and a member of the second alone. */
async function prepare(role: number) {
  const gitlab = await TestInstance.start({ now: "2026-06-01T12:00:00Z" });
  const group = await gitlab.group("home");
  const project = await gitlab.project("app", group);
  const parent = await gitlab.group("guests");
  const invited = await gitlab.group("team", parent);
  const person = await gitlab.human("anna");
  const above = await gitlab.human("berta");
  await gitlab.get("POST", `/groups/${invited}/members`, {
    ...{ user_id: person.id, access_level: role },
  });
  await gitlab.get("POST", `/groups/${parent}/members`, { user_id: above.id, access_level: role });
  return { gitlab, group, project, invited, person, above };
}

const levels = (list: unknown) =>
  new Map((list as { id: number; access_level: number }[]).map((m) => [m.id, m.access_level]));

test("a shared group gives the invited group's direct members the lower of both roles", async () => {
  const { gitlab, group, project, invited, person, above } = await prepare(40);
  const status = (path: string, token: string) =>
    gitlab.ask("GET", path, undefined, token).then((answer) => answer.status);
  expect(await status(`/projects/${project}`, person.token)).toBe(404);
  const share = { group_id: invited, group_access: 30 };
  const shared = await gitlab.ask("POST", `/groups/${group}/share`, share);
  expect(shared).toMatchObject({
    status: 201,
    body: {
      shared_with_groups: [
        {
          group_id: invited,
          group_name: "team",
          group_full_path: "guests/team",
          group_access_level: 30,
          expires_at: null,
        },
      ],
    },
  });
  for (const source of [`/groups/${group}`, `/projects/${project}`]) {
    const all = levels(await gitlab.get("GET", `${source}/members/all`));
    expect(all.get(person.id)).toBe(30);
    expect(all.has(above.id)).toBe(false);
    expect(levels(await gitlab.get("GET", `${source}/members`)).has(person.id)).toBe(false);
    expect(await status(source, person.token)).toBe(200);
    expect(await status(source, above.token)).toBe(404);
  }
  // A Developer now, not a Maintainer.
  expect(await status(`/projects/${project}/variables`, person.token)).toBe(403);
  const again = await gitlab.ask("POST", `/groups/${group}/share`, share);
  expect(again).toMatchObject({
    status: 409,
    body: { message: "Shared group The group has already been shared with this group" },
  });
  await gitlab.get("DELETE", `/groups/${group}/share/${invited}`);
  expect(await status(`/groups/${group}`, person.token)).toBe(404);
  expect(await gitlab.ask("DELETE", `/groups/${group}/share/${invited}`)).toMatchObject({
    status: 404,
    body: { message: "404 Group Link Not Found" },
  });
});

test("a shared project takes inherited members of the invited group too, and shows it and its group", async () => {
  const { gitlab, group, project, invited, person, above } = await prepare(40);
  const share = { group_id: invited, group_access: 40, expires_at: "2026-06-10" };
  const { status, body } = await gitlab.ask("POST", `/projects/${project}/share`, share);
  expect(status).toBe(201);
  expect(Object.keys(body as object)).toEqual([
    ...["id", "project_id", "group_id", "group_access", "expires_at"],
  ]);
  for (const { id, token } of [person, above]) {
    const all = levels(await gitlab.get("GET", `/projects/${project}/members/all`));
    expect(all.get(id)).toBe(40);
    expect(
      (await gitlab.ask("GET", `/projects/${project}/variables`, undefined, token)).status,
    ).toBe(200);
  }
  expect((await gitlab.ask("GET", `/groups/${group}`, undefined, person.token)).status).toBe(200);
  expect(await gitlab.get("GET", `/groups/${invited}`)).toMatchObject({
    shared_projects: [{ id: project }],
  });
  const own = await gitlab.ask("POST", `/projects/${project}/share`, { ...share, group_id: group });
  expect(own.status).toBe(409);
  await gitlab.advance("P10D");
  const ended = await gitlab.ask(
    "GET",
    `/projects/${project}`,
    undefined,
    (await gitlab.human("c")).token,
  );
  expect(ended.status).toBe(404);
  expect(levels(await gitlab.get("GET", `/projects/${project}/members/all`)).has(person.id)).toBe(
    false,
  );
});
