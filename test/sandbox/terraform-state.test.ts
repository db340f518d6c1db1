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

test("a lock keeps others out and shows who holds it", async () => {
  expect((await gitlab.ask("POST", `${path}/lock`, lock)).status).toBe(200);
  expect((await gitlab.ask("GET", path)).status).toBe(204);
  const others = await gitlab.ask("POST", `${path}/lock`, { ...lock, ID: "lock-2" });
  expect(others).toMatchObject({ status: 409, body: lock });
  expect((await gitlab.ask("POST", path, state)).status).toBe(409);
  expect((await gitlab.ask("POST", `${path}?ID=lock-1`, state)).status).toBe(200);
  const wrong = await gitlab.ask("DELETE", `${path}/lock`, { ...lock, ID: "lock-2" });
  expect(wrong.status).toBe(409);
  expect((await gitlab.ask("DELETE", `${path}/lock`, lock)).status).toBe(200);
  expect((await gitlab.ask("POST", path, state)).status).toBe(200);
});

test("Developers read a state, and only Maintainers write it", async () => {
  await gitlab.ask("POST", path, state);
  const { id, token } = await gitlab.human("dev");
  const members = path.replace(/terraform.*/, "members");
  await gitlab.get("POST", members, { user_id: id, access_level: 30 });
  expect((await gitlab.ask("GET", path, undefined, token)).status).toBe(200);
  expect((await gitlab.ask("POST", path, state, token)).status).toBe(403);
});
