import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describePulumi } from "../support/pulumi";
import { comparableDemo } from "../support/demo-output";

const REPOSITORY = resolve(__dirname, "../..");

describePulumi("the demo on Pulumi", (engine) => {
  test("shows the main job as its guide prints it, and leaves nothing running", () => {
    const run = spawnSync("npx", ["tsx", "examples/demo/main.ts", "--pulumi"], {
      cwd: REPOSITORY,
      encoding: "utf8",
      env: { ...process.env, PATH: engine.path },
      timeout: 150_000,
    });
    expect(run.stderr).not.toContain("rror");
    expect(run.status).toBe(0);
    const guide = readFileSync(join(REPOSITORY, "docs/pulumi.md"), "utf8");
    expect(comparableDemo(guide)).toContain(comparableDemo(run.stdout));
  }, 180_000);
});
