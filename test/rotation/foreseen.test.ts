import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { World } from "./world";

/* What a plan says of the destinations of the token that it would make; the engines' part is in test/engines. */

let world: World;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "glsa-foreseen-"));
});

afterEach(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

const rotation = { every: "30d" };
const variable = (key: string) => ({ ci_variable: { project: "platform/charts", key } });
const file = (name: string) => ({ file: { path: join(folder, name) } });
const declare = (...deliver_to: object[]) => world.declare({ rotation, deliver_to });

/** Severity and code of what an apply says, and what it asked GitLab to change. */
async function apply() {
  await world.gitlab.forgetRequests();
  const { diagnostics } = await world.driver.apply();
  return {
    told: diagnostics.map(({ severity, code }) => [severity, code ?? ""].join(" ")),
    details: diagnostics.map(({ detail }) => detail).join("\n"),
    writes: await world.gitlab.writes(),
  };
}

async function makeTheirs(key: string): Promise<void> {
  const path = `/projects/${encodeURIComponent("platform/charts")}/variables`;
  await world.gitlab.call("POST", path, { key, value: "theirs" });
}

test("a destination that is added and taken is refused before anything is changed, and its own one never is", async () => {
  world = await World.build("ci_variable", { rotation });
  expect((await apply()).told).toEqual([]);
  await makeTheirs("THEIRS");
  declare(variable("BOT_TOKEN"), variable("THEIRS"));
  expect(await apply()).toMatchObject({ told: ["error delivery-refused"], writes: [] });
  declare(variable("BOT_TOKEN"), variable("FREE"));
  expect((await apply()).told).toEqual([]);
});

test("a token whose time has come is told of with a warning, so that all others of the run can rotate", async () => {
  world = await World.build("ci_variable", { rotation });
  declare(variable("BOT_TOKEN"));
  await apply();
  await world.advance("P29D");
  // Somebody made it anew, hidden, which no later write changes.
  const path = `/projects/${encodeURIComponent("platform/charts")}/variables`;
  await world.gitlab.call("DELETE", `${path}/BOT_TOKEN`);
  const anew = {
    key: "BOT_TOKEN",
    value: "their-own-value",
    masked: true,
    masked_and_hidden: true,
  };
  await world.gitlab.call("POST", path, anew);
  expect((await apply()).told).toEqual([]);
  await world.advance("P1D");
  const due = await apply();
  expect(due.told).toEqual(["warning delivery-doubtful", "error delivery-failed"]);
  expect(due.details).toContain("the current one stays");
  expect(due.writes).toEqual([]);
});

test("what only this machine lacks is a warning, at a creation and at a rotation", async () => {
  world = await World.build("file", { rotation, deliver_to: [file("missing/token")] });
  const created = await apply();
  expect(created.told).toEqual(["warning delivery-doubtful", "error delivery-failed"]);
  expect(created.details).toContain("Make the folder");
  const program = join(folder, "deliver");
  writeFileSync(program, `#!/bin/sh\ncat > ${folder}/value\n`, { mode: 0o755 });
  declare({ command: { argv: [program] } });
  expect((await apply()).told).toEqual([]);
  await world.advance("P30D");
  rmSync(program);
  const before = await world.liveTokens();
  expect((await apply()).told).toEqual(["warning delivery-doubtful", "error delivery-failed"]);
  expect(await world.liveTokens()).toEqual(before);
});

test("a Vault without a login is a warning, and one that another stack delivers to an error", async () => {
  world = await World.build("vault", { rotation });
  await apply();
  const token = process.env["VAULT_TOKEN"];
  declare({ vault: { path: "ci/other" } });
  delete process.env["VAULT_TOKEN"];
  const withoutLogin = await apply();
  expect(withoutLogin.told).toContain("warning delivery-doubtful");
  expect(withoutLogin.details).toContain("there is nothing to log in to Vault with");
  expect(withoutLogin.writes).toEqual([]);
  process.env["VAULT_TOKEN"] = token;
  expect((await apply()).told).toEqual([]);
  const settings = world.driver.settings;
  world.driver.settings = { ...settings, stack: "another" };
  world.driver.restore(new Map());
  await world.gitlab.call("DELETE", `/users/${await botId()}`);
  const refused = await apply();
  expect(refused.told).toEqual(["error delivery-refused"]);
  expect(refused.details).toContain("another stack of glsa delivers there");
});

async function botId(): Promise<number> {
  const [bot] = await world.gitlab.call<{ id: number }[]>("GET", "/users?username=bot");
  return bot?.id ?? 0;
}

test("one destination under two spellings is refused, also for a token that has it already", async () => {
  world = await World.build("file", { rotation });
  const { id } = await world.gitlab.call<{ id: number }>("GET", "/projects/platform%2Fcharts");
  const byNumber = { ci_variable: { project: String(id), key: "BOT_TOKEN" } };
  declare(variable("BOT_TOKEN"), byNumber);
  expect((await apply()).told).toEqual(["error repeated-destination"]);
  declare(file("token"), { file: { path: `${folder}/./token` } });
  expect((await apply()).told).toEqual(["error repeated-destination"]);
  declare(file("token"), variable("BOT_TOKEN"));
  expect((await apply()).told).toEqual([]);
  declare(file("token"), variable("BOT_TOKEN"), byNumber);
  expect(await apply()).toMatchObject({ told: ["error repeated-destination"], writes: [] });
  declare(file("token"), file("../" + folder.split("/").at(-1) + "/token"), variable("BOT_TOKEN"));
  expect(await apply()).toMatchObject({ told: ["error repeated-destination"], writes: [] });
  declare(byNumber, file("token"));
  expect((await apply()).told).toEqual([]);
});

test("an older value that a program writes late is drift, and the next apply puts it right", async () => {
  world = await World.build("file", { rotation, deliver_to: [file("token")] });
  await apply();
  const older = readFileSync(join(folder, "token"), "utf8");
  await world.advance("P30D");
  await apply();
  writeFileSync(join(folder, "token"), older);
  const { planned } = await world.driver.plan();
  expect(planned.get("token")?.["rotation_reason"]).toMatch(/token" holds another value than/);
  expect((await apply()).told.filter((each) => each.startsWith("error"))).toEqual([]);
  expect(readFileSync(join(folder, "token"), "utf8")).not.toBe(older);
  expect(await world.gitlab.whoIs(readFileSync(join(folder, "token"), "utf8"))).toBe("bot");
});
