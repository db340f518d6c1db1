import { TestInstance } from "./client";

afterEach(() => TestInstance.closeAll());

describe.each(["groups", "projects"])("%s", (kind) => {
  async function prepare() {
    const gitlab = await TestInstance.start({ now: "2026-06-01T12:00:00Z" });
    const group = await gitlab.group("home", undefined, "public");
    const id = kind === "groups" ? group : await gitlab.project("app", group);
    const path = `/${kind}/${id}`;
    if (kind === "projects") await gitlab.get("PUT", path, { visibility: "public" });
    return { gitlab, path };
  }

  test("addresses without an account are invited, users become members at once", async () => {
    const { gitlab, path } = await prepare();
    const anna = await gitlab.human("anna");
    const invite = (email: string) =>
      gitlab.ask("POST", `${path}/invitations`, { email, access_level: 30 });
    expect(await invite("anna@example.com,new@example.com")).toMatchObject({
      status: 201,
      body: { status: "success" },
    });
    expect(await gitlab.get("GET", `${path}/members/${anna.id}`)).toMatchObject({
      access_level: 30,
    });
    expect((await invite("no address,new@example.com,anna@example.com")).body).toEqual({
      status: "error",
      message: {
        "no address": "Invite email is invalid",
        "new@example.com": "The member's email address has already been taken",
        "anna@example.com": "User already exists in source",
      },
    });
    const one = `${path}/invitations/new%40example.com`;
    expect((await gitlab.ask("PUT", one, {})).status).toBe(400);
    expect(await gitlab.get("PUT", one, { access_level: 20 })).toMatchObject({ access_level: 20 });
    const list = await gitlab.get<object[]>("GET", `${path}/invitations`);
    expect(list).toMatchObject([
      { access_level: 20, invite_email: "new@example.com", created_by_name: "Administrator" },
    ]);
    expect(await gitlab.get("GET", `${path}/invitations`, undefined, anna.token)).toEqual([]);
    expect((await gitlab.ask("DELETE", one)).status).toBe(204);
    expect((await gitlab.ask("DELETE", one)).status).toBe(404);
  });

  test("a request for access is approved or denied; members cannot ask", async () => {
    const { gitlab, path } = await prepare();
    const [anna, berta] = [await gitlab.human("anna"), await gitlab.human("berta")];
    const requests = `${path}/access_requests`;
    const ask = (token: string) => gitlab.ask("POST", requests, undefined, token);
    expect(await ask(anna.token)).toMatchObject({
      status: 201,
      body: { username: "anna", requested_at: expect.stringMatching(/^2026-06-01/) as string },
    });
    expect((await ask(anna.token)).status).toBe(400);
    expect((await ask(berta.token)).status).toBe(201);
    expect(await gitlab.get("GET", requests)).toHaveLength(2);
    expect(await gitlab.ask("PUT", `${requests}/${anna.id}/approve`)).toMatchObject({
      status: 201,
      body: { id: anna.id, access_level: 30 },
    });
    expect((await ask(anna.token)).status).toBe(403);
    const withdrawn = await gitlab.ask("DELETE", `${requests}/${berta.id}`, undefined, berta.token);
    expect(withdrawn.status).toBe(204);
    expect(await gitlab.get("GET", requests)).toEqual([]);
  });
});
