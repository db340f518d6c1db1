import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describeEnginesInTurn } from "../support/engine";
import { cleanUpWorkspaces } from "../support/engine";
import { TestGitLab } from "../support/gitlab";
import { cleanUpPulumi, describePulumi } from "../support/pulumi";
import { pulumiStage, terraformStage, type Stage } from "./stage";

jest.setTimeout(120_000);

type Name = "ci" | "plan" | "other";

// Each test goes on where the one before it ended.
function nights(begin: (gitlab: TestGitLab) => Promise<Stage>, takesAlong: boolean): void {
  let gitlab: TestGitLab;
  let stage: Stage;
  let ids: { platform: number; apps: number; charts: number };

  beforeAll(async () => {
    gitlab = await TestGitLab.start();
    ids = await gitlab.platform();
    stage = await begin(gitlab);
    await stage.apply();
  });
  afterAll(async () => {
    cleanUpWorkspaces();
    cleanUpPulumi();
    await gitlab.close();
  });

  const pass = (duration: string) => gitlab.control("POST", "clock", { advance: duration });
  const value = async (name: Name) => gitlab.variable(ids.charts, `${name.toUpperCase()}_TOKEN`);
  const values = async () => ({
    ci: await value("ci"),
    plan: await value("plan"),
    other: await value("other"),
  });
  /** Which tokens are others than before. */
  const changed = async (before: Record<Name, string | undefined>) => {
    const now = await values();
    return (Object.keys(now) as Name[]).filter((name) => now[name] !== before[name]);
  };
  const userId = async (username: string) =>
    (await gitlab.accounts(ids.platform)).find((each) => each.username === username)?.id;
  const report = () =>
    JSON.parse(readFileSync(join(stage.folder, "rotation.json"), "utf8")) as {
      end: string;
      applied: { address: string }[];
      not_rotated: { address: string; reason: string }[];
      waiting: { address: string }[];
    };
  const rotate = async (...parameters: string[]) => {
    const run = await stage.glsa(["rotate", "--output", "json=rotation.json", ...parameters]);
    expect(/glpat-\w/.test(run.stdout + run.stderr)).toBe(false);
    return run;
  };
  const addresses = (...names: Name[]) => names.map((name) => stage.address(name)).sort();

  test("nothing due: nothing is applied", async () => {
    await gitlab.forgetRequests();
    expect(await rotate()).toMatchObject({ code: 0, stdout: "Nothing is due.\n" });
    expect(await gitlab.writes()).toEqual([]);
  });

  test("a dry run tells what is due and writes nothing", async () => {
    await pass("P30D");
    await gitlab.forgetRequests();
    const { code, stdout } = await rotate("--dry-run");
    expect(code).toBe(2);
    expect(stdout).toContain("3 tokens would be applied by themselves");
    expect(await gitlab.writes()).toEqual([]);
  });

  test("--only and --max rotate no more than they say, and tell what is left", async () => {
    const before = await values();
    const { code, stdout } = await rotate("--only", "bot", "--max", "1");
    expect([code, (await changed(before)).length]).toEqual([2, 1]);
    expect(stdout).toContain("LEFT: ");
    expect(report().not_rotated).toMatchObject([{ reason: "limit" }]);
    expect(await value("other")).toBe(before.other);
  });

  test("only what is due: that very plan is applied", async () => {
    const before = await values();
    expect(await rotate()).toMatchObject({ code: 0 });
    expect(await changed(before)).toContain("other");
    expect(await changed(before)).toHaveLength(2);
    expect(report()).toMatchObject({ end: "done", waiting: [], not_rotated: [] });
    for (const [name, account] of [["ci", "bot"] as const, ["other", "other"] as const]) {
      expect(await gitlab.whoIs((await value(name)) ?? "")).toBe(account);
    }
  });

  test("max_rotations leaves the rest to the next run, and names it", async () => {
    await pass("P31D");
    const config = join(stage.folder, "glsa.config.json");
    writeFileSync(config, '{ "policy": { "max_rotations": 1 } }');
    const before = await values();
    const { code, stdout } = await rotate();
    expect(await changed(before)).toHaveLength(1);
    // A preview of Pulumi does not show what was found of an object that stays; its warnings do.
    if (takesAlong) {
      expect(code).toBe(2);
      expect(stdout).toContain("--max or max_rotations left it for a later run");
      expect(report().not_rotated).toMatchObject([{ reason: "limit" }, { reason: "limit" }]);
    }
    rmSync(config);
    expect(await rotate()).toMatchObject({ code: 0 });
    expect(await changed(before)).toEqual(["ci", "plan", "other"]);
  });

  test("something else, too: what is due is rotated, the rest is listed and a warning", async () => {
    await pass("P31D");
    const member = `/groups/${ids.apps}/members/${await userId("bot")}`;
    await gitlab.call("PUT", member, { access_level: 20 });
    const before = await values();
    const { code, stdout } = await rotate();
    expect(code).toBe(2);
    expect(await changed(before)).toEqual(["ci", "plan", "other"]);
    expect(stdout).toContain("Waits for a person:");
    expect(report().waiting).toEqual([
      expect.objectContaining({ address: expect.stringMatching(/apps$/) }),
    ]);
    expect((await gitlab.member("groups", ids.apps, "bot"))?.access_level).toBe(20);
    await gitlab.call("PUT", member, { access_level: 30 });
  });

  test("what would be taken along stays, and so does a token that was edited; the others are done", async () => {
    await pass("P31D");
    stage.declare({ scopes: ["read_api", "read_user"] });
    const account = `/groups/${ids.platform}/service_accounts/${await userId("bot")}`;
    await gitlab.call("PATCH", account, { name: "Renamed by hand" });
    const before = await values();
    const { code, stdout } = await rotate();
    expect(code).toBe(1);
    expect(await changed(before)).toEqual(takesAlong ? ["other"] : ["ci", "other"]);
    expect(stdout).toContain(`NOT ROTATED: ${stage.address("plan")}`);
    const left = report().not_rotated.map(({ address, reason }) => [reason, address]);
    expect(left).toEqual([
      ["edited", stage.address("plan")],
      ...(takesAlong ? [["takes-along", stage.address("ci")]] : []),
    ]);
    expect(await gitlab.accounts(ids.platform)).toContainEqual(
      expect.objectContaining({ username: "bot", name: "Renamed by hand" }),
    );
    await gitlab.call("PATCH", account, { name: "Bot" });
    stage.declare({});
  });

  test("a failed plan ends with 1, and a failed apply too, whose tokens the next night makes", async () => {
    const dead = await stage.glsa(["rotate", "--output", "json=dead.json"], {
      GITLAB_TOKEN: "glpat-dead",
    });
    expect(dead).toMatchObject({ code: 1 });
    expect(dead.stdout).toContain("The night failed");
    expect(existsSync(join(stage.folder, "dead.json"))).toBe(true);
    const refuse = { kind: "status", status: 403, body: { message: "403 Forbidden" } };
    await gitlab.control("POST", "faults", {
      faults: [{ route: "PUT /projects/:id/variables/:key", times: null, effect: refuse }],
    });
    expect(await rotate()).toMatchObject({ code: 1 });
    expect(report().end).toBe("failed");
    await gitlab.control("DELETE", "faults");
    const before = await values();
    expect(await rotate()).toMatchObject({ code: 0 });
    expect(await changed(before)).toContain("plan");
    expect(report().applied.map(({ address }) => address)).toEqual(
      expect.arrayContaining(addresses("plan")),
    );
  });
}

describeEnginesInTurn("a night", (engine) =>
  nights((gitlab) => terraformStage(engine, gitlab), true),
);

describePulumi("a night on Pulumi", (engine) =>
  // A target of Pulumi takes nothing along.
  nights((gitlab) => pulumiStage(engine, gitlab), false),
);
