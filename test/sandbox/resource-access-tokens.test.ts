import { TestInstance, type Token } from "./client";

let gitlab: TestInstance;
let group: number;
let project: number;

beforeAll(async () => {
  gitlab = await TestInstance.start();
});
afterAll(() => TestInstance.closeAll());
beforeEach(async () => {
  await gitlab.control("POST", "reset");
  group = await gitlab.group("g");
  project = await gitlab.project("p", group);
});

const values = { name: "ci", scopes: ["api"], access_level: 30 };

test.each(["group", "project"])("a %s token acts as a bot with the role given", async (type) => {
  const id = type === "group" ? group : project;
  const base = `/${type}s/${id}/access_tokens`;
  const created = await gitlab.get<Token>("POST", base, values);
  expect(created).toMatchObject({ access_level: 30, resource_type: type, resource_id: id });
  const bot = await gitlab.get("GET", "/user", undefined, created.token);
  expect(bot).toMatchObject({ bot: true, name: "ci" });
  const rotated = await gitlab.get<Token>("POST", `${base}/${created.id}/rotate`);
  expect(await gitlab.get("GET", base)).toMatchObject([{ revoked: true }, { revoked: false }]);
  expect((await gitlab.ask("DELETE", `${base}/${rotated.id}`)).status).toBe(204);
  expect((await gitlab.ask("GET", "/user", undefined, rotated.token)).status).toBe(401);
});

test("a token of another group is not found", async () => {
  const other = await gitlab.group("other");
  const { id } = await gitlab.get<Token>("POST", `/groups/${group}/access_tokens`, values);
  expect(await gitlab.ask("GET", `/groups/${other}/access_tokens/${id}`)).toMatchObject({
    status: 404,
    body: { message: "404 group Access Token Not Found" },
  });
});

test("bots are no service accounts", async () => {
  await gitlab.get("POST", `/groups/${group}/access_tokens`, values);
  expect(await gitlab.get("GET", "/service_accounts")).toEqual([]);
  expect(await gitlab.get("GET", `/groups/${group}/service_accounts`)).toEqual([]);
});
