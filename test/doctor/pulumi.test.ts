import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pulumiStage } from "../night/stage";
import { TestGitLab } from "../support/gitlab";
import { cleanUpPulumi, describePulumi } from "../support/pulumi";
import type { Diagnosis } from "./scene";

describePulumi("glsa doctor on Pulumi", (engine) => {
  let gitlab: TestGitLab;
  beforeAll(async () => {
    gitlab = await TestGitLab.start();
    await gitlab.platform();
  });
  afterAll(async () => {
    cleanUpPulumi();
    await gitlab.close();
  });

  test("reads what is needed from the stack, and names a missing backend and a missing plugin first", async () => {
    const stage = await pulumiStage(engine, gitlab);
    await stage.apply();
    const look = async (env: NodeJS.ProcessEnv = {}) => {
      const { code, stdout } = await stage.glsa(["doctor", "--json"], env);
      return { ...(JSON.parse(stdout) as Diagnosis), code };
    };
    const { findings, skipped, code } = await look();
    expect(findings.filter(({ status }) => status !== "fine")).toEqual([]);
    expect([skipped, code]).toEqual([[], 0]);
    const of = (check: string) => findings.find((each) => each.check === check)?.what;
    expect(of("state")).toBe(
      "The state deals with 3 tokens, 1 membership, and accounts of 1 owner",
    );
    expect(of("destinations")).toBe("All 3 destinations would take a value");

    expect((await look({ PULUMI_BACKEND_URL: "file:///nonexistent" })).findings[0]).toMatchObject({
      check: "state",
      code: "state-unreadable",
    });
    const plugins = "plugins:\n  providers:\n    - name: glsa\n      path: ./nowhere\n";
    writeFileSync(join(stage.folder, "Pulumi.yaml"), `name: test\nruntime: nodejs\n${plugins}`);
    expect((await look()).findings[0]).toMatchObject({
      check: "provider",
      code: "provider-not-found",
    });
  });
});
