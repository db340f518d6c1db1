import { TestInstance } from "./client";

let gitlab: TestInstance;
let path: string;

beforeAll(async () => {
  gitlab = await TestInstance.start();
});
afterAll(() => TestInstance.closeAll());
beforeEach(async () => {
  await gitlab.control("POST", "reset");
  path = `/projects/${await gitlab.project("p", await gitlab.group("g"))}/terraform/state/main`;
});

const state = { version: 4, serial: 1, resources: [] };
const lock = { ID: "lock-1", Operation: "OperationTypeApply", Who: "me" };

test("a state is given back byte for byte", async () => {
  expect((await gitlab.ask("GET", path)).status).toBe(404);
  expect((await gitlab.ask("POST", path, state)).status).toBe(200);
  const answer = await gitlab.ask("GET", path);
  expect(answer).toMatchObject({ status: 200, body: state });
});

test("a lock keeps others out and shows who holds it, as GitLab knows him", async () => {
  const taken = await gitlab.ask("POST", `${path}/lock`, lock);
  expect(taken).toMatchObject({ status: 200, body: { ID: "lock-1", Who: "root" } });
  expect((await gitlab.ask("GET", path)).status).toBe(204);
  const others = await gitlab.ask("POST", `${path}/lock`, { ...lock, ID: "lock-2" });
  expect(others).toMatchObject({ status: 409, body: { ID: "lock-1", Who: "root" } });
  expect((await gitlab.ask("POST", path, state)).status).toBe(409);
  expect((await gitlab.ask("POST", `${path}?ID=lock-1`, state)).status).toBe(200);
  const wrong = await gitlab.ask("DELETE", `${path}/lock`, { ...lock, ID: "lock-2" });
  expect(wrong.status).toBe(409);
  expect((await gitlab.ask("DELETE", `${path}/lock`, lock)).status).toBe(200);
  expect((await gitlab.ask("POST", path, { ...state, serial: 2 })).status).toBe(200);
});

test("a serial is taken once, and the highest is what readers get", async () => {
  await gitlab.get("POST", path, { ...state, serial: 5 });
  const again = await gitlab.ask("POST", path, { ...state, serial: 5 });
  expect(again).toMatchObject({
    status: 422,
    body: { message: expect.stringContaining("already exists") as string },
  });
  await gitlab.get("POST", path, { ...state, serial: 4 });
  expect(await gitlab.get("GET", path)).toMatchObject({ serial: 5 });
});

test("an empty body saves nothing, and a lock needs an id", async () => {
  expect((await gitlab.ask("POST", path)).status).toBe(204);
  expect((await gitlab.ask("GET", path)).status).toBe(404);
  const nameless = await gitlab.ask("POST", `${path}/lock`, { Who: "me" });
  expect(nameless).toMatchObject({ status: 400, body: { error: "ID is missing" } });
});

test("there is no list of states in REST: its address is as unknown as any", async () => {
  const project = path.slice(0, path.indexOf("/terraform"));
  const unknown = await gitlab.ask("GET", `${project}/nonsense/state`);
  expect(await gitlab.ask("GET", `${project}/terraform/state`)).toMatchObject({
    status: 404,
    body: unknown.body,
  });
});

test("a deleted state is gone", async () => {
  await gitlab.get("POST", path, state);
  expect((await gitlab.ask("DELETE", path)).status).toBe(200);
  expect(await gitlab.ask("GET", path)).toMatchObject({
    status: 404,
    body: { message: "404 Not found" },
  });
});

test("the token may come as a password here, and only here", async () => {
  await gitlab.get("POST", path, state);
  const credentials = Buffer.from(`anyone:${gitlab.root}`).toString("base64");
  const headers = { Authorization: `Basic ${credentials}` };
  expect((await fetch(`${gitlab.url}/api/v4${path}`, { headers })).status).toBe(200);
  expect((await fetch(`${gitlab.url}/api/v4/user`, { headers })).status).toBe(401);
});

test("Developers read a state, and only Maintainers write it", async () => {
  await gitlab.ask("POST", path, state);
  const { id, token } = await gitlab.human("dev");
  const members = path.replace(/terraform.*/, "members");
  await gitlab.get("POST", members, { user_id: id, access_level: 30 });
  expect((await gitlab.ask("GET", path, undefined, token)).status).toBe(200);
  expect((await gitlab.ask("POST", path, state, token)).status).toBe(403);
});

test("versions are read and deleted one by one, and the highest left is the state", async () => {
  for (const serial of [1, 2, 3]) await gitlab.get("POST", path, { ...state, serial });
  expect(await gitlab.get("GET", `${path}/versions/2`)).toMatchObject({ serial: 2 });
  expect(await gitlab.ask("DELETE", `${path}/versions/3`)).toMatchObject({ status: 204, body: "" });
  expect(await gitlab.get("GET", path)).toMatchObject({ serial: 2 });
  expect(await gitlab.ask("GET", `${path}/versions/3`)).toMatchObject({
    status: 404,
    body: { message: "404 Not Found" },
  });
  expect(await gitlab.ask("GET", `${path}/versions/x`)).toMatchObject({
    status: 400,
    body: { error: "serial is invalid" },
  });
});
