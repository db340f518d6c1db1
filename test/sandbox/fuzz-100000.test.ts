import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import fc from "fast-check";
import { GLSA } from "../cli/run-glsa";
import { describeInFullRun } from "../support/tier";
import { foreignChanges } from "./fuzz/changes";
import { leaksIn } from "./fuzz/leaks";
import { ask, requests } from "./fuzz/requests";
import { remote } from "./fuzz/target";
import { callers, createWorld, outsiders, powerless, type CallerName } from "./fuzz/world";

const sequences = Number(process.env["FUZZ_SEQUENCES"] ?? 2_000);
const requestsEach = 50;
const mostMegabytes = 150;

const memoryOf = (pid: number | undefined) =>
  Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) / 1024;

const includes = (list: readonly CallerName[], caller: CallerName) => list.includes(caller);

describeInFullRun("one stand-in under many requests", () => {
  const options = ["--port", "0", "--json", "--gitlab-version", "19.4"];
  const child = () =>
    spawn(process.execPath, [GLSA, "sandbox", ...options, "--now", "2026-06-01T12:00:00Z"]);
  let sandbox: ReturnType<typeof child> | undefined;

  afterEach(() => sandbox?.kill());

  test("never fails under 100,000 random ones, shows nothing hidden, changes nothing of others, and stays under 150 MB", async () => {
    sandbox = child();
    const [line] = (await once(sandbox.stdout, "data")) as [Buffer];
    const { url, token } = JSON.parse(line.toString()) as { url: string; token: string };
    const target = remote(url, token);
    const world = await createWorld(target);
    await target.keepDeletedUsers();
    const sequence = fc.constantFrom(...callers).chain((caller) =>
      fc.array(requests(world, [caller]), {
        minLength: requestsEach,
        maxLength: requestsEach,
      }),
    );
    let highest = 0;
    await fc.assert(
      fc.asyncProperty(sequence, async (list) => {
        const [{ caller } = { caller: "anonymous" as const }] = list;
        await target.loadState(world.state);
        for (const request of list) {
          const { status, shown } = await ask(url, request);
          expect(status).toBeLessThan(500);
          if (includes(outsiders, caller)) expect(leaksIn(shown, request)).toEqual([]);
        }
        if (includes(powerless, caller)) {
          const after = await target.state();
          expect(foreignChanges(world.state, after, world.userIds[caller])).toEqual([]);
        }
        highest = Math.max(highest, memoryOf(sandbox?.pid));
      }),
      { numRuns: sequences },
    );
    process.stdout.write(
      `${sequences * requestsEach} requests; at most ${Math.round(highest)} MB\n`,
    );
    expect(highest).toBeLessThan(mostMegabytes);
  }, 3_600_000);

  test("stays under 150 MB with the longest addresses, as many as the log could hold", async () => {
    sandbox = child();
    const [line] = (await once(sandbox.stdout, "data")) as [Buffer];
    const { url, token } = JSON.parse(line.toString()) as { url: string; token: string };
    const headers = { "PRIVATE-TOKEN": token };
    let highest = 0;
    for (let index = 1; index <= 12_000; index++) {
      const address = `${url}/api/v4/user?page=${index}&a=${"x".repeat(7_900)}`;
      await (await fetch(address, { headers })).arrayBuffer();
      if (index % 500 === 0) highest = Math.max(highest, memoryOf(sandbox.pid));
    }
    process.stdout.write(`12,000 long addresses; at most ${Math.round(highest)} MB\n`);
    expect(highest).toBeLessThan(mostMegabytes);
  }, 600_000);
});
