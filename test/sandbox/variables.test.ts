import { TestInstance } from "./client";

let gitlab: TestInstance;
let group: string;
let project: string;

beforeAll(async () => {
  gitlab = await TestInstance.start();
});
afterAll(() => TestInstance.closeAll());
beforeEach(async () => {
  await gitlab.control("POST", "reset");
  const id = await gitlab.group("g");
  group = `/groups/${id}/variables`;
  project = `/projects/${await gitlab.project("p", id)}/variables`;
});

const secret = { key: "TOKEN", value: "glpat-0123456789" };

test("a hidden variable never gives its value back, and stays hidden", async () => {
  const values = { ...secret, masked_and_hidden: true };
  expect(await gitlab.get("POST", project, values)).toMatchObject({ hidden: true, value: null });
  const path = `${project}/TOKEN`;
  expect((await gitlab.ask("PUT", path, { masked: false })).body).toEqual({
    message: {
      base: ["The visibility setting cannot be changed for masked and hidden variables."],
    },
  });
  expect((await gitlab.ask("PUT", path, { value: "glpat-9876543210" })).status).toBe(200);
  await gitlab.get("POST", project, { ...secret, key: "OTHER" });
  expect((await gitlab.ask("PUT", `${project}/OTHER`, { masked_and_hidden: true })).body).toEqual({
    message: { base: ["Only new variables can be set as masked and hidden."] },
  });
});

test.each([
  ["short", false],
  ["with space", false],
  ["two\nlines of it", false],
  ["glpat-abc_DEF.01.23", true],
])("masking %p is possible: %p", async (value, possible) => {
  const answer = await gitlab.ask("POST", project, { key: "K", value, masked: true });
  expect(answer.status).toBe(possible ? 201 : 400);
  if (!possible) expect(answer.body).toEqual({ message: { value: ["is invalid"] } });
});

test("a key may be used once per environment scope, and wants a filter then", async () => {
  await gitlab.get("POST", project, { ...secret, environment_scope: "production" });
  await gitlab.get("POST", project, { ...secret, environment_scope: "staging" });
  const again = { ...secret, environment_scope: "staging" };
  expect((await gitlab.ask("POST", project, again)).body).toEqual({
    message: { key: ["(TOKEN) has already been taken"] },
  });
  for (const method of ["GET", "PUT", "DELETE"]) {
    expect((await gitlab.ask(method, `${project}/TOKEN`)).status).toBe(409);
  }
  const one = `${project}/TOKEN?filter[environment_scope]=staging`;
  expect(await gitlab.get("GET", one)).toMatchObject({ environment_scope: "staging" });
});

test("a group updates one of several without a filter", async () => {
  await gitlab.get("POST", group, { ...secret, environment_scope: "production" });
  await gitlab.get("POST", group, { ...secret, environment_scope: "staging" });
  const changed = await gitlab.get("PUT", `${group}/TOKEN`, { value: "x" });
  expect(changed).toMatchObject({ environment_scope: "production", value: "x" });
});

test("a missing variable is named after its level", async () => {
  const message = async (path: string) => (await gitlab.ask("GET", `${path}/NONE`)).body;
  expect(await message(project)).toEqual({ message: "404 Variable Not Found" });
  expect(await message(group)).toEqual({ message: "404 GroupVariable Not Found" });
});

test("Developers may not even read variables", async () => {
  const { id, token } = await gitlab.human("dev");
  const members = project.replace("variables", "members");
  await gitlab.get("POST", members, { user_id: id, access_level: 30 });
  expect((await gitlab.ask("GET", project, undefined, token)).status).toBe(403);
});
