import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { comparableDemo } from "../support/demo-output";
import { engines } from "../support/engine";

const REPOSITORY = resolve(__dirname, "../..");

const demo = engines().length > 0 ? test : test.skip;

demo(
  "npm run demo shows the main job as the README prints it, and leaves nothing running",
  () => {
    const run = spawnSync("npx", ["tsx", "examples/demo/main.ts"], {
      cwd: REPOSITORY,
      encoding: "utf8",
      timeout: 150_000,
    });
    expect(run.status).toBe(0);
    const readme = readFileSync(join(REPOSITORY, "README.md"), "utf8");
    expect(comparableDemo(readme)).toContain(comparableDemo(run.stdout));
  },
  180_000,
);
