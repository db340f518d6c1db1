import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { useSandbox } from "../../src/sandbox";
import { describeInFullRun } from "../support/tier";
import { installed } from "./npm-program";

const packages = { "@zereight/mcp-gitlab": "2.1.64" };

describeInFullRun("a GitLab server of the Model Context Protocol", () => {
  const gitlab = useSandbox({ now: "2026-06-01T12:00:00Z" });
  let folder: string;

  beforeAll(() => {
    folder = installed("mcp-gitlab", packages);
  }, 600_000);

  interface Made {
    readonly id: number;
    readonly token: string;
  }

  async function made(path: string, body: object): Promise<Made> {
    const response = await fetch(`${gitlab.url}/api/v4${path}`, {
      method: "POST",
      headers: { "PRIVATE-TOKEN": gitlab.token, "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    return (await response.json()) as Made;
  }

  type Call = readonly [tool: string, args: object];

  /** What an assistant that acts as an account is answered, tool by tool. */
  async function assisted(token: string, calls: readonly Call[]): Promise<Record<string, unknown>> {
    const { PATH, HOME } = process.env;
    const address = { GITLAB_API_URL: `${gitlab.url}/api/v4` };
    const env = { PATH, HOME, ...address, GITLAB_PERSONAL_ACCESS_TOKEN: token };
    const server = join(folder, "node_modules/.bin/mcp-gitlab");
    const client = join(__dirname, "mcp-client.mjs");
    const { stdout } = await promisify(execFile)(process.execPath, [client, folder, server], {
      env: { ...env, CALLS: JSON.stringify(calls) },
    });
    return JSON.parse(stdout) as Record<string, unknown>;
  }

  test("reviews, comments and releases as an account, with its role and no more", async () => {
    const group = await made("/groups", { name: "platform", path: "platform" });
    const { id: project } = await made("/projects", { name: "site", namespace_id: group.id });
    const account = await made("/groups/platform/service_accounts", { username: "helper" });
    const membership = { user_id: account.id, access_level: 30 };
    await made("/groups/platform/members", membership);
    const scopes = ["api"];
    const { token } = await made(`/users/${account.id}/personal_access_tokens`, {
      name: "assistant",
      scopes,
    });
    const project_id = String(project);
    const request = { project_id, merge_request_iid: "1" };
    const answers = await assisted(token, [
      ["list_projects", {}],
      [
        "create_merge_request",
        { project_id, title: "Better", source_branch: "better", target_branch: "main" },
      ],
      ["create_merge_request_note", { ...request, body: "Looks good." }],
      ["get_merge_request", request],
      ["create_release", { project_id, tag_name: "v1.0", name: "First" }],
      ["list_releases", { project_id }],
      ["get_users", { usernames: ["helper"] }],
      ["create_group", { name: "own", path: "own" }],
    ]);
    const author = { username: "helper" };
    expect(answers).toMatchObject({
      list_projects: [{ path_with_namespace: "platform/site" }],
      create_merge_request: { iid: "1", author },
      create_merge_request_note: { body: "Looks good.", author },
      get_merge_request: { title: "Better", state: "opened" },
      create_release: { tag_name: "v1.0", author },
      list_releases: [{ name: "First" }],
      get_users: { helper: author },
      create_group: { error: expect.stringContaining("403") as string },
    });
  });
});
