import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { useSandbox } from "../../src/sandbox";
import { describeInFullRun } from "../support/tier";
import { installed } from "./npm-program";

const run = promisify(execFile);
const packages = { "semantic-release": "24.2.9", "@semantic-release/gitlab": "13.3.3" };
const project = "/projects/platform%2Fsite";
const author = { name: "Ada", email: "ada@example.com" };

describeInFullRun("semantic-release", () => {
  const gitlab = useSandbox({ now: "2026-06-01T12:00:00Z" });
  let program: string;
  let folder: string;

  beforeAll(() => {
    program = join(installed("semantic-release", packages), "node_modules");
  }, 600_000);

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "glsa-release-"));
    const group = await api("POST", "/groups", { name: "platform", path: "platform" });
    await api("POST", "/projects", { name: "site", namespace_id: group.id });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  interface Made {
    readonly id: number;
    readonly token: string;
    readonly name: string;
  }

  async function api(method: string, path: string, body?: object): Promise<Made> {
    const response = await fetch(`${gitlab.url}/api/v4${path}`, {
      method,
      headers: { "PRIVATE-TOKEN": gitlab.token, "Content-Type": "application/json" },
      body: body && JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    return (await response.json()) as Made;
  }

  /** Git goes to a repository on disk, because the stand-in keeps none; everything else goes over HTTP. */
  function surroundings(values: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
    const rewrite = { GIT_CONFIG_COUNT: "1", GIT_CONFIG_KEY_0: `url.${folder}/bare.insteadOf` };
    const { PATH, HOME } = process.env;
    return {
      ...{ PATH, HOME, ...rewrite, GIT_CONFIG_VALUE_0: `${gitlab.url}/platform/site.git` },
      ...{ GIT_AUTHOR_NAME: author.name, GIT_AUTHOR_EMAIL: author.email },
      ...{ GIT_COMMITTER_NAME: author.name, GIT_COMMITTER_EMAIL: author.email },
      ...{ GL_URL: gitlab.url, CI: "true", ...values },
    };
  }

  async function release(config: object, values: Readonly<Record<string, string>>) {
    const env = surroundings(values);
    const work = join(folder, "work");
    await run("git", ["init", "-q", "--bare", "-b", "main", join(folder, "bare")], { env });
    await run("git", ["clone", "-q", join(folder, "bare"), work], { env });
    const plugin = ["@semantic-release/gitlab", { successCommentCondition: false, ...config }];
    writeFileSync(join(work, "tool.txt"), "the tool");
    writeFileSync(
      join(work, ".releaserc.json"),
      JSON.stringify({
        branches: ["main"],
        repositoryUrl: `${gitlab.url}/platform/site.git`,
        plugins: [
          "@semantic-release/commit-analyzer",
          "@semantic-release/release-notes-generator",
          plugin,
        ],
      }),
    );
    for (const args of [
      ["checkout", "-q", "-b", "main"],
      ["add", "-A"],
      ["commit", "-q", "-m", "feat: a tool"],
      ["push", "-q", "origin", "main"],
    ]) {
      await run("git", args, { cwd: work, env });
    }
    const script = join(program, "semantic-release/bin/semantic-release.js");
    return run(process.execPath, [script, "--no-ci"], { cwd: work, env });
  }

  const asset = { path: "tool.txt", target: "generic_package" };

  test("releases with the token of an account that is a Developer", async () => {
    const account = await api("POST", "/groups/platform/service_accounts", {});
    const membership = { user_id: account.id, access_level: 30 };
    await api("POST", "/groups/platform/members", membership);
    const path = `/users/${account.id}/personal_access_tokens`;
    const { token } = await api("POST", path, { name: "release", scopes: ["api"] });
    await release({ assets: [asset] }, { GL_TOKEN: token });
    expect(await api("GET", `${project}/releases/v1.0.0`)).toMatchObject({
      name: "v1.0.0",
      assets: { links: [{ name: "tool.txt", link_type: "package" }] },
    });
  });

  test("releases with the token of its job", async () => {
    const job = gitlab.control.startJob("platform/site", "root");
    const config = { useJobToken: true, assets: [asset] };
    await release(config, { CI_JOB_TOKEN: job.token, GL_TOKEN: "unused" });
    expect(await api("GET", `${project}/releases/v1.0.0`)).toMatchObject({ name: "v1.0.0" });
    const used = gitlab.control.requests().requests.map(({ status }) => status);
    expect(used.filter((status) => (status ?? 500) >= 400)).toEqual([]);
  });

  test("tells a token that works no longer from a project that is missing", async () => {
    const refused = release({}, { GL_TOKEN: "glpat-revoked" });
    await expect(refused).rejects.toThrow(/EINVALIDGLTOKEN/);
  });
});
