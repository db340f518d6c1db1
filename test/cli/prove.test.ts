import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { front, GROUP, TestedInstance } from "../prove/instance";
import { GLSA, runGlsa, type Result } from "./run-glsa";

let instance: TestedInstance;
let cwd: string;

beforeAll(async () => {
  instance = await TestedInstance.start({ version: "18.11", tier: "premium" }, "owner");
});
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "glsa-cli-prove-"));
  instance.sandbox.control.clearRequests();
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));
afterAll(() => instance.close());

function prove(parameters: readonly string[], job: Record<string, string> = {}): Promise<Result> {
  const env = { GITLAB_TOKEN: instance.token, GITLAB_BASE_URL: instance.url, ...job };
  return runGlsa(["prove", "--group", GROUP, ...parameters], { cwd, job: env });
}

const writes = () =>
  instance.sandbox.control.requests().requests.filter(({ method }) => method !== "GET");

test("says what it would do and cost, and writes nothing without a confirmation", async () => {
  const dry = await prove(["--dry-run"]);
  expect(dry).toMatchObject({ code: 0, stderr: "" });
  expect(dry.stdout).toContain("GitLab 18.11.5-ee, premium");
  expect(dry.stdout).toMatch(/at most 700; creates at most 60 objects; takes at most 20 minutes/);
  const asked = await prove([]);
  expect(asked).toMatchObject({ code: 1, stdout: dry.stdout });
  expect(asked.stderr).toBe(
    "glsa: Nothing was written. Confirm the run with --yes. [unconfirmed]\n",
  );
  expect(writes()).toEqual([]);
  expect(readdirSync(cwd)).toEqual([]);
});

test.each([
  ["gitlab.com", [], { GITLAB_BASE_URL: "https://GitLab.com/api/v4" }, "--allow-gitlab-com"],
  ["no address", [], { GITLAB_BASE_URL: "" }, "Say which instance"],
  ["no token", [], { GITLAB_TOKEN: "" }, "Set GITLAB_TOKEN"],
  ["a token that is none", [], { GITLAB_TOKEN: "glpat-none" }, "does not accept the token"],
  ["a part that there is not", ["--only", "acounts"], {}, "accounts, tokens, members"],
  ["a group that is not there", ["--group", "nowhere"], {}, 'There is no group "nowhere"'],
])("refuses %s", async (_, parameters, job, message) => {
  const { code, stderr } = await prove([...parameters, "--yes"], job as Record<string, string>);
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(message) });
  expect(writes()).toEqual([]);
});

test("proves, writes the result beside it, and is bound by no policy of the folder", async () => {
  const policy = { policy: { forbiddenScopes: ["read_api"] } };
  writeFileSync(join(cwd, "glsa.config.json"), JSON.stringify(policy));
  const before = instance.contents();
  const { code, stdout, stderr } = await prove(["--yes", "--out", "proof"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toContain("The provider kept 9 of 9 promises.");
  expect(stdout).toContain("The stand-in answers everything alike.\nNothing is left behind.");
  expect(readFileSync(join(cwd, "proof/result.md"), "utf8")).toContain("**alike**, 0 differences");
  expect(instance.contents()).toEqual(before);
}, 120_000);

test("ends with 2 where an instance answers otherwise, and names the place", async () => {
  const gate = await front(instance.url, {
    alter: (answer) => {
      if (answer.request.endsWith("/version")) answer.body = answer.body.replace("}", ',"x":1}');
    },
  });
  const { code, stdout } = await prove(["--yes", "--only", "accounts"], {
    GITLAB_BASE_URL: gate.url,
  });
  await gate.close();
  expect(code).toBe(2);
  expect(stdout).toContain("GET /api/v4/version, /x: GitLab present, stand-in missing");
  expect(readdirSync(cwd)).toEqual(["glsa-prove-18.11.5-ee-premium"]);
}, 120_000);

/** Starts a run, and sends it a signal when it has an account and asks for the first token. */
async function struck(signal: NodeJS.Signals): Promise<number | null> {
  let isStruck = false;
  const gate = await front(instance.url, {
    before: (request) => {
      // A second one would end the process at once.
      if (isStruck || !/^POST .*personal_access_tokens$/.test(request)) return;
      isStruck = child.kill(signal);
    },
  });
  const parameters = [GLSA, "prove", "--group", GROUP, "--yes"];
  const env = {
    PATH: process.env["PATH"],
    GITLAB_TOKEN: instance.token,
    GITLAB_BASE_URL: gate.url,
  };
  const child = spawn(process.execPath, parameters, { cwd, env, stdio: "ignore" });
  const code = await new Promise<number | null>((done) => child.once("exit", done));
  await gate.close();
  return code;
}

test("after Ctrl-C it removes what it made; after a kill the next run does", async () => {
  const before = instance.contents();
  expect(await struck("SIGINT")).toBe(1);
  expect(instance.contents()).toEqual(before);

  expect(await struck("SIGKILL")).toBeNull();
  expect(instance.contents()).not.toEqual(before);
  const dry = await prove(["--dry-run"]);
  expect(dry.stdout).toContain("An earlier run left this in it");
  const cleaned = await prove(["--clean", "--yes"]);
  expect(cleaned).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/\d+ things were removed/),
  });
  expect(instance.contents()).toEqual(before);
}, 120_000);
