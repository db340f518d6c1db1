import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { engines } from "../support/engine";

const REPOSITORY = resolve(__dirname, "../..");

const demo = engines().length > 0 ? test : test.skip;

demo(
  "npm run demo shows the main job and leaves nothing running",
  () => {
    const run = spawnSync("npx", ["tsx", "examples/demo/main.ts"], {
      cwd: REPOSITORY,
      encoding: "utf8",
    });
    expect(run.stderr).toBe("");
    expect(run.status).toBe(0);
    expect(run.stdout).toContain("Plan: 11 to add, 0 to change, 0 to destroy.");
    expect(run.stdout).toContain("No changes.");
    expect(run.stdout).toContain('calls the API and is "platform-deployer"');
    expect(run.stdout).toContain("Left on the server: platform-auditor, platform-deployer.");
  },
  180_000,
);
