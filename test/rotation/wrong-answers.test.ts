import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { World } from "./world";

const rotation = { every: "30d" };
const TOKENS = "/groups/:id/service_accounts/:user_id/personal_access_tokens";

let folder: string;
let world: World;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "glsa-answers-"));
});

afterEach(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

async function errorsOfApply(): Promise<string> {
  const { diagnostics } = await world.driver.apply();
  return diagnostics
    .filter(({ severity }) => severity === "error")
    .map(({ summary, detail }) => `${summary}: ${detail}`)
    .join("\n");
}

const fault = (route: string, status: number, body: unknown, times: number) =>
  world.gitlab.control("POST", "faults", {
    faults: [{ route, times, effect: { kind: "status", status, body } }],
  });

const liveIds = async () => (await world.liveTokens()).map(({ id }) => id).sort();

test("one stray 404 to a revocation is not taken for revoked: the token stays known, and goes the next time", async () => {
  world = await World.build("ci_variable", { rotation });
  await errorsOfApply();
  await world.advance("P30D");
  await errorsOfApply();
  await world.advance("P4D");
  const live = await liveIds();
  await fault(`DELETE ${TOKENS}/:token_id`, 404, { message: "404 Not Found" }, 1);
  expect(await errorsOfApply()).toContain("is still active");
  expect(await liveIds()).toEqual(live);
  expect(world.token["previous"]).toHaveLength(1);
  expect(await errorsOfApply()).toBe("");
  expect(await liveIds()).toEqual([world.token["token_id"]]);
});

test.each([
  ["empty", [], "does not list token"],
  ["of something else", [{ name: "web" }], "the response is not from GitLab"],
])("token lists that are %s make nothing anew", async (_, body, words) => {
  world = await World.build("ci_variable", { rotation });
  await errorsOfApply();
  const live = await liveIds();
  await fault(`GET ${TOKENS}`, 200, body, 20);
  await fault("GET /personal_access_tokens", 200, body, 20);
  expect(await errorsOfApply()).toContain(words);
  await world.gitlab.control("DELETE", "faults");
  expect(await liveIds()).toEqual(live);
  expect((await world.driver.plan()).actions.get("token")).toBe("none");
});

test("a value that was revoked while the run slept is not delivered to the next destination", async () => {
  const first = join(folder, "first");
  const second = join(folder, "second");
  const armed = join(folder, "armed");
  world = await World.build("command", { rotation });
  const revoke = `curl -sf -X DELETE -H "PRIVATE-TOKEN: $value" ${world.gitlab.url}/api/v4/personal_access_tokens/self`;
  const sleeping = `value=$(cat); printf %s "$value" > ${first}; if [ -e ${armed} ]; then rm ${armed}; ${revoke}; fi`;
  const program = (script: string) => ({ command: { argv: ["sh", "-c", script] } });
  world.declare({ rotation, deliver_to: [program(sleeping), program(`cat > ${second}`)] });
  expect(await errorsOfApply()).toBe("");
  const before = readFileSync(second, "utf8");
  await world.advance("P30D");
  writeFileSync(armed, "");
  expect(await errorsOfApply()).toContain("the new token does not work");
  expect(existsSync(armed)).toBe(false);
  expect(readFileSync(second, "utf8")).toBe(before);
  expect(await world.gitlab.whoIs(before)).toBe("bot");
  expect(await errorsOfApply()).toBe("");
  expect(await world.gitlab.whoIs(readFileSync(second, "utf8"))).toBe("bot");
}, 60_000);
