import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cleanUpWorkspaces, describeEnginesInTurn } from "../support/engine";
import { TestGitLab } from "../support/gitlab";
import { cleanUpPulumi, describePulumi } from "../support/pulumi";
import { pulumiStage, terraformStage, type Stage } from "../night/stage";

jest.setTimeout(120_000);

/** The requests that glsa itself sends, beside those of the engine's provider. */
const MOST_REQUESTS = 15;

// Each test goes on where the one before it ended.
function drills(begin: (gitlab: TestGitLab) => Promise<Stage>, canWriteCode: boolean): void {
  let gitlab: TestGitLab;
  let stage: Stage;
  let charts: number;

  beforeAll(async () => {
    gitlab = await TestGitLab.start();
    ({ charts } = await gitlab.platform());
    stage = await begin(gitlab);
    await stage.apply();
  });
  afterAll(async () => {
    cleanUpWorkspaces();
    cleanUpPulumi();
    await gitlab.close();
  });

  const delivered = async () => (await gitlab.variable(charts, "CI_TOKEN")) ?? "";
  const leak = async (value: string, ...parameters: string[]) => {
    const run = await stage.glsa(["leak", "--folder", ".", "--yes", ...parameters], {}, value);
    expect(/glpat-\w/.test(run.stdout + run.stderr)).toBe(false);
    return run;
  };

  test("one command: the value answers 401, consumers have another token, the next plan is empty", async () => {
    const value = await delivered();
    await gitlab.forgetRequests();
    const { code, stdout } = await leak(value);
    expect(stdout).toContain(`Declared: ${stage.address("ci")}`);
    expect(stdout).toContain("Proof: the value was tried, and GitLab returns 401");
    expect(stdout).toMatch(/Consumers: .*CI_TOKEN.* hold token \d+/);
    expect(code).toBe(0);
    expect(await gitlab.whoIs(value)).toBeUndefined();
    expect(await gitlab.whoIs(await delivered())).toBe("bot");
    expect(await stage.isSettled()).toBe(true);
  });

  test("killed after the revocation, the same command makes the next token by the value's fingerprint", async () => {
    const value = await delivered();
    await gitlab.call("DELETE", "/personal_access_tokens/self", undefined, value);
    const { code, stdout } = await leak(value);
    expect(stdout).toContain(`Declared: ${stage.address("ci")}`);
    expect(code).toBe(0);
    expect(await gitlab.whoIs(await delivered())).toBe("bot");
    // And once more, when all is done.
    expect(await leak(value)).toMatchObject({ code: 0 });
  });

  test("rotated first where the code can be written, and said where it cannot", async () => {
    const value = await delivered();
    const { code, stdout, stderr } = await leak(value, "--rotate-first");
    if (!canWriteCode) {
      expect([code, stderr]).toEqual([1, expect.stringContaining("[code-not-written]")]);
      expect(await gitlab.whoIs(value)).toBe("bot");
      return;
    }
    expect(stdout).toMatch(/^\+ {2}revoke_now = \[\d+\]$/m);
    expect(stdout).toContain("revoked by the apply, after the next one was delivered");
    expect(code).toBe(0);
    expect(readFileSync(join(stage.folder, "main.tf"), "utf8")).toContain("revoke_now = [");
    expect(await gitlab.whoIs(value)).toBeUndefined();
    expect(await gitlab.whoIs(await delivered())).toBe("bot");
    expect(await stage.isSettled()).toBe(true);
  });

  test(`glsa itself asks no more than ${MOST_REQUESTS} times`, async () => {
    const value = await delivered();
    await gitlab.forgetRequests();
    await stage.glsa(["leak", "--yes"], {}, value);
    expect((await gitlab.requests()).total).toBeLessThanOrEqual(MOST_REQUESTS);
  });
}

describeEnginesInTurn("a leak drill", (engine) =>
  drills((gitlab) => terraformStage(engine, gitlab), true),
);

describePulumi("a leak drill on Pulumi", (engine) =>
  drills((gitlab) => pulumiStage(engine, gitlab), false),
);
