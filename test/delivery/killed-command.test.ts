import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { buildSync } from "esbuild";

/* A process that runs a delivery program, and is killed meanwhile as a provider is. */

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "glsa-killed-"));
  const contents = `
    import { runProgram } from "./src/destinations/command/run-program";
    const [script, isShort] = process.argv.slice(2);
    const argv = ["sh", "-c", script];
    runProgram({ argv, environment: process.env, input: "the value", timeout: 60000 })
      .then((ended) => console.log(JSON.stringify(ended)));
    if (isShort) process.kill(process.pid, "SIGKILL");
  `;
  buildSync({
    stdin: { contents, resolveDir: process.cwd(), loader: "ts" },
    bundle: true,
    platform: "node",
    outfile: join(folder, "host.js"),
  });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string) => join(folder, name);

function host(script: string, ...more: string[]): ChildProcess {
  return spawn(process.execPath, [file("host.js"), script, ...more], { detached: true });
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition() && tries < 200; tries++) await sleep(20);
  expect(condition()).toBe(true);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A zombie, whose parent has not looked yet, does nothing any more.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

test.each([
  ["the process", (pid: number) => process.kill(pid, "SIGKILL")],
  ["its whole process group", (pid: number) => process.kill(-pid, "SIGKILL")],
])("a program and all that it started end with %s that ran it", async (_, kill) => {
  const pids = file(`pids-${Math.random()}`);
  const script = `trap '' TERM HUP; (trap '' TERM HUP; echo $$ >>${pids}; sleep 1; touch ${file("late")}) & echo $$ >>${pids}; sleep 1; touch ${file("late")}`;
  const child = host(script);
  await until(() => existsSync(pids) && readFileSync(pids, "utf8").trim().split("\n").length === 2);
  kill(child.pid ?? 0);
  const running = readFileSync(pids, "utf8").trim().split("\n").map(Number);
  await until(() => !running.some(isAlive));
  await sleep(1200);
  expect(existsSync(file("late"))).toBe(false);
});

test("a program whose host is killed at its start gets its whole input, or does not run", async () => {
  for (let round = 0; round < 5; round++) {
    writeFileSync(file("value"), "the older value");
    const child = host(`cat >${file("draft")}; mv ${file("draft")} ${file("value")}`, "short");
    await new Promise((resolve) => child.once("exit", resolve));
    await sleep(150);
    expect(["the older value", "the value"]).toContain(readFileSync(file("value"), "utf8"));
  }
});

test("a program that was done goes on with what it left running", async () => {
  const child = host(`(sleep 0.4; touch ${file("left")}) >/dev/null 2>&1 & exit 3`);
  let output = "";
  child.stdout?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  await new Promise((resolve) => child.once("close", resolve));
  expect(JSON.parse(output)).toMatchObject({ kind: "exited", code: 3 });
  await until(() => existsSync(file("left")));
});
