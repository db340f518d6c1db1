import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
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
    expect(comparable(readme)).toContain(comparable(run.stdout));
  },
  180_000,
);

/** Without what differs from run to run: the stand-in's port, and how often the pipeline called. */
function comparable(text: string): string {
  return text
    .replace(/127\.0\.0\.1:(\d+|PORT)/, "127.0.0.1:PORT")
    .replace(/made \d+ calls/, "made N calls")
    .trim();
}
