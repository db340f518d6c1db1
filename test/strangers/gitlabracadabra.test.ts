import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { useSandbox } from "../../src/sandbox";

const isThere = spawnSync("gitlabracadabra", ["--version"]).status === 0;
const describeWithProgram = isThere ? describe : describe.skip;
const reason = isThere ? "" : " (skipped: the package gitlabracadabra is not installed)";

/** A group and a project as code, with an account among their members. */
const actions = (role: string) => `
platform/:
  create_object: true
  visibility: private
  project_creation_level: maintainer
  request_access_enabled: false
  variables:
    - key: DEPLOY_TOKEN
      value: a-secret-value
      masked: true
  unknown_variables: delete
  members:
    root: owner
    deployer: ${role}
platform/site:
  create_object: true
  visibility: private
  issues_access_level: private
  merge_method: ff
  variables:
    - key: MODE
      value: production
  unknown_variables: delete
`;

describeWithProgram(`gitlabracadabra${reason}`, () => {
  const gitlab = useSandbox({ now: "2026-06-01T12:00:00Z" });
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "glsa-actions-"));
    writeFileSync(
      join(folder, "gitlab.cfg"),
      `[global]\ndefault = here\n[here]\nurl = ${gitlab.url}\nprivate_token = ${gitlab.token}\n`,
    );
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  async function api<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(`${gitlab.url}/api/v4${path}`, {
      method,
      headers: { "PRIVATE-TOKEN": gitlab.token, "Content-Type": "application/json" },
      body: body && JSON.stringify(body),
    });
    return (await response.json()) as T;
  }

  /** What a run told that it changed. */
  async function applied(role: string): Promise<string> {
    writeFileSync(join(folder, "actions.yml"), actions(role));
    const args = ["--verbose", "-c", "gitlab.cfg", "actions.yml"];
    const { stderr } = await promisify(execFile)("gitlabracadabra", args, { cwd: folder });
    return stderr;
  }

  test("makes what is declared, finds nothing to do in a second run, and changes what is edited", async () => {
    await api("POST", "/service_accounts", { username: "deployer", name: "Deployer" });
    expect(await applied("developer")).toContain("Creating group");
    const roles = async () =>
      (await api<{ username: string; access_level: number }[]>("GET", "/groups/platform/members"))
        .filter(({ username }) => username === "deployer")
        .map(({ access_level }) => access_level);
    expect(await roles()).toEqual([30]);
    expect(await api("GET", "/projects/platform%2Fsite")).toMatchObject({
      ...{ issues_access_level: "private", merge_method: "ff", visibility: "private" },
    });
    gitlab.control.clearRequests();
    expect(await applied("developer")).toBe("");
    const changes = gitlab.control.requests().requests.filter(({ method }) => method !== "GET");
    expect(changes).toEqual([]);
    await applied("maintainer");
    expect(await roles()).toEqual([40]);
  });
});
