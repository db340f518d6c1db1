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

describe("a variable's attributes", () => {
  test("have defaults, come in GitLab's order, and stay when they are not given again", async () => {
    const created = await gitlab.get("POST", project, { ...secret, key: " TOKEN " });
    expect(Object.entries(created)).toEqual([
      ["variable_type", "env_var"],
      ["key", "TOKEN"],
      ["value", secret.value],
      ["hidden", false],
      ["protected", false],
      ["masked", false],
      ["raw", false],
      ["environment_scope", "*"],
      ["description", null],
    ]);
    const values = { protected: true, raw: true, variable_type: "file", description: "d" };
    await gitlab.get("PUT", `${project}/TOKEN`, values);
    const changed = await gitlab.get("PUT", `${project}/TOKEN`, { value: "v", key: "OTHER" });
    expect(changed).toMatchObject({ ...values, key: "TOKEN", value: "v" });
    expect((await gitlab.ask("DELETE", `${project}/TOKEN`)).status).toBe(204);
    expect(await gitlab.get("GET", project)).toEqual([]);
  });

  test.each([
    [{ key: "A-B" }, { key: ["can contain only letters, digits and '_'."] }],
    [{ key: "K".repeat(256) }, { key: ["is too long (maximum is 255 characters)"] }],
    [
      { environment_scope: "a,b" },
      {
        environment_scope: [
          "can contain only letters, digits, '-', '_', '/', '$', '{', '}', '.', '*' and spaces",
        ],
      },
    ],
    [
      { description: "x".repeat(256) },
      { description: ["is too long (maximum is 255 characters)"] },
    ],
  ])("are refused: %j", async (changes, message) => {
    expect(await gitlab.ask("POST", project, { ...secret, ...changes })).toMatchObject({
      status: 400,
      body: { message },
    });
  });

  test.each([
    [{ value: "a".repeat(7), raw: true }, 400],
    [{ value: "no space !#%", raw: true }, 400],
    [{ value: "any-sign!#%", raw: true }, 201],
    [{ value: "any-sign!#%", raw: false }, 400],
  ])("masked with %j answers %i", async (values, status) => {
    expect((await gitlab.ask("POST", project, { key: "K", masked: true, ...values })).status).toBe(
      status,
    );
  });
});

test("scopes of a group's variables need a licence", async () => {
  const free = await TestInstance.start({ tier: "free" });
  const path = `/groups/${await free.group("g")}/variables`;
  const values = { ...secret, environment_scope: "production" };
  expect(await free.get("POST", path, values)).toMatchObject({ environment_scope: "*" });
});

test("variables of a group are for its Owners", async () => {
  const { id, token } = await gitlab.human("maintainer");
  const members = group.replace("variables", "members");
  await gitlab.get("POST", members, { user_id: id, access_level: 40 });
  expect((await gitlab.ask("GET", group, undefined, token)).status).toBe(403);
  expect((await gitlab.ask("GET", project, undefined, token)).status).toBe(200);
});
