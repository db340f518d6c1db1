import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { SharedRate } from "../../src/run/shared-rate";

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "glsa-rate-"));
  folders.push(made);
  return made;
}

/** The most of them that any span of this length holds. */
function mostWithin(times: readonly number[], span: number): number {
  const sorted = [...times].sort((left, right) => left - right);
  const counts = sorted.map(
    (from, at) => sorted.slice(at).filter((each) => each < from + span).length,
  );
  return Math.max(0, ...counts);
}

test("no minute holds more requests of all processes than the limit, wherever it begins", () => {
  const steps = fc.array(fc.tuple(fc.nat({ max: 2 }), fc.nat({ max: 4_000 })), {
    minLength: 60,
    maxLength: 160,
  });
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 40 }), steps, (perMinute, asked) => {
      const within = folder();
      const processes = [0, 1, 2].map(() => new SharedRate("here", perMinute, { within }));
      const sent: number[] = [];
      let now = 1_000_000;
      for (const [process, pause] of asked) {
        now += pause;
        const wait = processes[process]?.turn(now) ?? 0;
        if (wait === 0) sent.push(now);
        else expect(wait).toBeLessThanOrEqual(60_000);
      }
      expect(mostWithin(sent, 60_000)).toBeLessThanOrEqual(perMinute);
      expect(sent.length).toBeGreaterThan(0);
    }),
    { numRuns: 25 },
  );
});

test("what is waited for comes, other instances have tickets of their own, and old ones are removed", () => {
  const within = folder();
  const rate = new SharedRate("here", 11, { within });
  let now = 600_000;
  const first = [rate.turn(now), rate.turn(now)];
  expect(first).toEqual([0, 6_000]);
  expect(new SharedRate("there", 11, { within }).turn(now)).toBe(0);
  for (let minute = 0; minute < 20; minute++) {
    now += 6_000;
    expect(rate.turn(now)).toBe(0);
  }
  const [base = ""] = readdirSync(within);
  const counts = readdirSync(join(within, base)).map(
    (each) => readdirSync(join(within, base, each)).length,
  );
  expect(Math.max(...counts)).toBeLessThanOrEqual(3);
});

const PROGRAM = `
const { SharedRate } = require(${JSON.stringify(join(__dirname, "../../src/run/shared-rate"))});
const rate = new SharedRate("here", 22, { within: process.env["WITHIN"], minute: 2000 });
const ask = (left) => {
  if (left === 0) return;
  const now = Date.now();
  const wait = rate.turn(now);
  if (wait > 0) return setTimeout(ask, wait, left);
  console.log(now);
  setTimeout(ask, 5, left - 1);
};
ask(14);
`;

test("real processes keep the limit together, also when one is killed", async () => {
  const within = folder();
  const lines: number[][] = [[], [], []];
  const runs = lines.map((told, at) => {
    const child = spawn(process.execPath, ["--require", "tsx/cjs", "--eval", PROGRAM], {
      env: { ...process.env, WITHIN: within },
      stdio: ["ignore", "pipe", "inherit"],
    });
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      told.push(...text.trim().split("\n").map(Number));
      if (at === 0 && told.length >= 2) child.kill("SIGKILL");
    });
    return new Promise<number | null>((resolve) => child.on("close", resolve));
  });
  expect(await Promise.all(runs)).toEqual([null, 0, 0]);
  expect(lines.slice(1).map(({ length }) => length)).toEqual([14, 14]);
  expect(mostWithin(lines.flat(), 2000)).toBeLessThanOrEqual(22);
}, 60_000);
