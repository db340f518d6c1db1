import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  describeEachEngine,
  NO_CHANGES,
  succeeded,
  workspace,
  type Engine,
  type Run,
  type Workspace,
} from "../support/engine";
import { glsaProvider } from "../support/glsa";
import { usePlatform } from "../support/platform";

const EXAMPLE = resolve(__dirname, "../../examples/rotation");
const example = (name: string) => readFileSync(join(EXAMPLE, name), "utf8");

const NOT_DONE = "NOT DONE, since something else would change with it:\n  ";

const platform = usePlatform();

/** What the job of the example has in its environment. */
function jobVariables(): Record<string, string> {
  const { gitlab, ids } = platform;
  const ofTheRunner: Record<string, string> = {
    CI_API_V4_URL: `${gitlab.url}/api/v4`,
    CI_PROJECT_ID: String(ids.charts),
    CI_JOB_TOKEN: gitlab.token,
  };
  const written = example(".gitlab-ci.yml").matchAll(/^ +(TF_HTTP_\w+): (.*)$/gm);
  const variables = [...written].map(([, name = "", value = ""]) => [
    name,
    value.replace(/\$\{(\w+)\}/g, (_, variable: string) => ofTheRunner[variable] ?? ""),
  ]);
  return {
    ...(Object.fromEntries(variables) as Record<string, string>),
    CI_SERVER_URL: gitlab.url,
    GITLAB_TOKEN: gitlab.token,
  };
}

async function applied(engine: Engine): Promise<Workspace> {
  const files = { "main.tf": example("main.tf"), "nightly.mjs": example("nightly.mjs") };
  const options = { provider: glsaProvider(), override: true, env: jobVariables() };
  const work = workspace(engine, files, options);
  await work.init();
  succeeded(await work.apply());
  return work;
}

/** What the job's script does. */
function nightly({ folder, engine }: Workspace): Promise<Run> {
  const outer = Object.entries(process.env).filter(([name]) => !/^(TF|CI)_/.test(name));
  const env = {
    ...Object.fromEntries(outer),
    ...jobVariables(),
    TF_CLI_CONFIG_FILE: join(folder, "engine.tfrc"),
    TF_CLI_ARGS: "-no-color",
    CHECKPOINT_DISABLE: "1",
  };
  const child = spawn(process.execPath, ["nightly.mjs", engine.binary], { cwd: folder, env });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  return new Promise((done, failed) => {
    child.on("error", failed);
    child.on("close", (exitCode) => done({ exitCode, stdout, stderr }));
  });
}

function expectExit(run: Run, exitCode: number): Run {
  if (run.exitCode === exitCode) return run;
  throw new Error(`The night ended with ${run.exitCode}.\n${run.stdout}\n${run.stderr}`);
}

const pass = (duration: string) => platform.gitlab.control("POST", "clock", { advance: duration });

async function stateSerial(): Promise<number> {
  const path = `/projects/${platform.ids.charts}/terraform/state/platform`;
  return (await platform.gitlab.call<{ serial: number }>("GET", path)).serial;
}

async function liveTokens(username: string): Promise<number> {
  const account = (await platform.gitlab.accounts(platform.ids.platform)).find(
    (each) => each.username === username,
  );
  return (await platform.gitlab.activeTokens(account?.id ?? 0)).length;
}

const deployValue = async () =>
  (await platform.gitlab.variable(platform.ids.charts, "DEPLOY_TOKEN")) ?? "";

async function userId(username: string): Promise<number> {
  const [user] = await platform.gitlab.call<{ id: number }[]>("GET", `/users?username=${username}`);
  return user?.id ?? 0;
}

async function makeDeveloper(username: string): Promise<string> {
  const path = `/projects/${platform.ids.charts}/members/${await userId(username)}`;
  await platform.gitlab.call("PUT", path, { access_level: 30 });
  return path;
}

async function rename(username: string): Promise<void> {
  const { gitlab, ids } = platform;
  const path = `/groups/${ids.platform}/service_accounts/${await userId(username)}`;
  await gitlab.call("PATCH", path, { name: "Renamed by hand" });
}

describeEachEngine("the nightly example", (engine) => {
  test("does nothing on a night when nothing is due", async () => {
    const work = await applied(engine);
    await pass("P29D");
    const serial = await stateSerial();
    await platform.gitlab.forgetRequests();
    const { stdout } = expectExit(await nightly(work), 0);
    expect(stdout).toContain("Nothing is due, and nothing else differs.");
    const writes = await platform.gitlab.writes();
    expect(writes.filter((write) => !write.endsWith("/lock"))).toEqual([]);
    expect(await stateSerial()).toBe(serial);
  });

  test("rotates what is due, and revokes the old tokens when their overlap is over", async () => {
    const work = await applied(engine);
    const first = await deployValue();
    await pass("P30D");
    const rotation = expectExit(await nightly(work), 0);
    expect(rotation.stdout).toMatch(/glsa_access_token\.deploy: due since \d{4}-\d\d-\d\d/);
    expect(await deployValue()).not.toBe(first);
    expect(await platform.gitlab.whoIs(await deployValue())).toBe("platform-deployer");
    expect(await liveTokens("platform-deployer")).toBe(2);

    await pass("P4D");
    const revocation = expectExit(await nightly(work), 0);
    expect(revocation.stdout).toMatch(/deploy: token \d+: its overlap is over/);
    expect(await platform.gitlab.whoIs(first)).toBeUndefined();
    expect(await liveTokens("platform-auditor")).toBe(2);
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
  });

  test("leaves other differences to a person, and rotates nevertheless", async () => {
    const work = await applied(engine);
    const first = await deployValue();
    const member = await makeDeveloper("platform-deployer");
    const early = expectExit(await nightly(work), 2);
    expect(early.stdout).toContain("glsa_membership.deployer_in_charts: update (role)");
    expect(await deployValue()).toBe(first);

    await pass("P30D");
    const { stdout } = expectExit(await nightly(work), 2);
    expect(stdout).toContain("glsa_membership.deployer_in_charts: update (role)");
    expect(await deployValue()).not.toBe(first);
    expect(await liveTokens("platform-auditor")).toBe(2);
    expect(await platform.gitlab.call("GET", member)).toMatchObject({ access_level: 30 });
  });

  test("reports an output that differs by itself, and lets one follow a rotation", async () => {
    const work = await applied(engine);
    const output = 'output "due" {\n  value = glsa_access_token.deploy.rotates_at\n}\n';
    work.write({ "outputs.tf": output });
    const serial = await stateSerial();
    expect(expectExit(await nightly(work), 2).stdout).toContain("output.due: create");
    expect(await stateSerial()).toBe(serial);
    await pass("P30D");
    expectExit(await nightly(work), 0);
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
  });

  test("does not touch an account whose token is due: it says so, and fails", async () => {
    const work = await applied(engine);
    await rename("platform-auditor");
    await pass("P30D");
    const { stdout } = expectExit(await nightly(work), 1);
    expect(stdout).toContain(NOT_DONE + "glsa_access_token.audit: due since");
    expect(await liveTokens("platform-deployer")).toBe(2);
    expect(await liveTokens("platform-auditor")).toBe(1);
    expect(await platform.gitlab.accounts(platform.ids.platform)).toContainEqual(
      expect.objectContaining({ username: "platform-auditor", name: "Renamed by hand" }),
    );
  });

  test("does not decide about what somebody wrote into a token, except its description", async () => {
    const work = await applied(engine);
    const described = example("main.tf").replace(
      '= "audit"',
      '= "audit"\n  description = "reports"',
    );
    work.write({ "main.tf": described.replace('"read_api", ', '"api", ') });
    const early = expectExit(await nightly(work), 2);
    expect(early.stdout).toContain("glsa_access_token.deploy: update (");
    await pass("P30D");
    const { stdout } = expectExit(await nightly(work), 1);
    expect(stdout).toContain(NOT_DONE + "glsa_access_token.deploy: due since");
    expect(await liveTokens("platform-deployer")).toBe(1);
    expect(await liveTokens("platform-auditor")).toBe(2);
  });

  test("fails when the state is locked, or an apply fails", async () => {
    const work = await applied(engine);
    await pass("P30D");
    const lock = `/projects/${platform.ids.charts}/terraform/state/platform/lock`;
    await platform.gitlab.ask("POST", lock, { ID: "somebody-else" });
    const locked = expectExit(await nightly(work), 1);
    expect(locked.stderr).toContain("plan failed");
    await platform.gitlab.ask("DELETE", lock, { ID: "somebody-else" });
    const refuse = { kind: "status", status: 403, body: { message: "403 Forbidden" } };
    await platform.gitlab.control("POST", "faults", {
      faults: [{ route: "PUT /projects/:id/variables/:key", times: 1, effect: refuse }],
    });
    expectExit(await nightly(work), 1);
    expect(await platform.gitlab.whoIs(await deployValue())).toBe("platform-deployer");
    expectExit(await nightly(work), 0);
    expect(await liveTokens("platform-deployer")).toBe(2);
  });
});
