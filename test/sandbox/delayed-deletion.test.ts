import { TestInstance } from "./client";

afterEach(() => TestInstance.closeAll());

const kinds = ["groups", "projects"] as const;

async function prepare(kind: (typeof kinds)[number], options = {}) {
  const gitlab = await TestInstance.start({ now: "2026-06-01T12:00:00Z", ...options });
  const top = await gitlab.group("top");
  const make = kind === "groups" ? gitlab.group("x", top) : gitlab.project("x", top);
  const id = await make;
  const path = `/${kind}/${id}`;
  const fullPath = kind === "groups" ? "full_path" : "path_with_namespace";
  const what = kind === "groups" ? "Group" : "Project";
  return { gitlab, top, id, path, fullPath, what };
}

describe.each(kinds)("%s", (kind) => {
  test("a deletion only marks, frees the path, and can be taken back", async () => {
    const { gitlab, id, path, fullPath, what } = await prepare(kind);
    expect(await gitlab.ask("DELETE", path)).toMatchObject({ status: 202 });
    expect(await gitlab.get("GET", path)).toMatchObject({
      marked_for_deletion_on: "2026-06-01",
      path: `x-deletion_scheduled-${id}`,
      [fullPath]: `top/x-deletion_scheduled-${id}`,
    });
    expect(await gitlab.ask("DELETE", path)).toMatchObject({
      status: 400,
      body: { message: `${what} has been already marked for deletion` },
    });
    const restored = await gitlab.ask("POST", `${path}/restore`);
    expect(restored).toMatchObject({
      status: 201,
      body: { marked_for_deletion_on: null, [fullPath]: "top/x" },
    });
    expect(await gitlab.ask("POST", `${path}/restore`)).toMatchObject({
      status: 400,
      body: { message: `${what} has not been marked for deletion` },
    });
  });

  test("it goes at once only when it is marked and named in full", async () => {
    const { gitlab, id, path, what } = await prepare(kind);
    const remove = (full: string) =>
      gitlab.ask("DELETE", `${path}?permanently_remove=true&full_path=${encodeURIComponent(full)}`);
    expect(await remove("top/x")).toMatchObject({
      status: 400,
      body: { message: `${what} must be marked for deletion first.` },
    });
    await gitlab.get("DELETE", path);
    const wrong = await remove("top/x");
    expect(wrong.status).toBe(400);
    expect((wrong.body as { message: string }).message).toMatch(/^`full_path` is incorrect/);
    expect((await remove(`top/x-deletion_scheduled-${id}`)).status).toBe(202);
    expect((await gitlab.ask("GET", path)).status).toBe(404);
  });

  test("it is gone after the days that the instance gives", async () => {
    const { gitlab, path } = await prepare(kind);
    await gitlab.get("PUT", "/application/settings", { deletion_adjourned_period: 7 });
    await gitlab.get("DELETE", path);
    await gitlab.advance("P6D");
    expect((await gitlab.ask("GET", path)).status).toBe(200);
    await gitlab.advance("P1D");
    expect((await gitlab.ask("GET", path)).status).toBe(404);
  });

  test("before 18.0 the Free tier deletes at once", async () => {
    const { gitlab, path } = await prepare(kind, { tier: "free", version: "17.11" });
    await gitlab.get("DELETE", path);
    expect((await gitlab.ask("GET", path)).status).toBe(404);
  });
});

test("a group at the top cannot go at once", async () => {
  const { gitlab, top } = await prepare("groups");
  await gitlab.get("DELETE", `/groups/${top}`);
  expect(await gitlab.ask("DELETE", `/groups/${top}?permanently_remove=true`)).toMatchObject({
    status: 400,
    body: { message: "`permanently_remove` option is only available for subgroups." },
  });
});
