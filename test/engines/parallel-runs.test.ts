import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeEnginesInTurn, succeeded } from "../support/engine";
import { stack } from "../support/glsa";
import { usePlatform } from "../support/platform";

const platform = usePlatform();

/** The destination is one for both: within one run two tokens may not have it. */
const declared = (username: string) => `
resource "glsa_service_account" "bot" {
  group    = "platform"
  username = "${username}"
}
resource "glsa_access_token" "ci" {
  service_account_id = glsa_service_account.bot.id
  name               = "ci"
  scopes             = ["read_api"]
  rotation {
    every = "30d"
  }
  deliver_to {
    command {
      argv = ["true"]
    }
  }
}
`;

describeEnginesInTurn("two runs of an engine at once", (engine) => {
  test("know nothing of each other, be it in two folders or, one after the other, in one", async () => {
    const [left, right] = ["left", "right"].map((name) =>
      stack(engine, platform.gitlab, declared(name)),
    );
    if (left === undefined || right === undefined) throw new Error("two are missing");
    const waiting = { args: ["-lock-timeout=60s"] };
    const runs = await Promise.all([left.apply(waiting), left.apply(waiting), right.apply()]);
    // The second one in a folder may have planned before the first one was done: then the engine refuses its plan.
    expect(runs.filter(({ exitCode }) => exitCode === 0).length).toBeGreaterThanOrEqual(2);
    for (const { stdout, stderr } of runs) {
      expect(stdout + stderr).not.toMatch(/two addresses|is being destroyed|run-folder-unusable/);
    }
    const accounts = await platform.gitlab.accounts(platform.ids.platform);
    expect(accounts.map(({ username }) => username).sort()).toEqual(["left", "right"]);
  });

  test("goes on with a word of warning where the folder of the run cannot be made", async () => {
    const temporary = mkdtempSync(join(tmpdir(), "glsa-taken-"));
    try {
      writeFileSync(join(temporary, `glsa-runs-${process.geteuid?.() ?? 0}`), "");
      const work = stack(engine, platform.gitlab, declared("bot"), { env: { TMPDIR: temporary } });
      const applied = succeeded(await work.apply());
      expect((applied.stdout + applied.stderr).replace(/[\s│╷╵]+/g, " ")).toMatch(
        /Warning: The folder of this run cannot be used.*\[run-folder-unusable\]/,
      );
      succeeded(await work.destroy());
    } finally {
      rmSync(temporary, { recursive: true, force: true });
    }
  });
});
