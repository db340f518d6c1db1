import { TestInstance, type Token } from "./client";

let gitlab: TestInstance;
let project: number;

beforeAll(async () => {
  gitlab = await TestInstance.start({ now: "2026-06-01T12:00:00Z" });
});
afterAll(() => TestInstance.closeAll());
beforeEach(async () => {
  await gitlab.control("POST", "reset");
  project = await gitlab.project("site", await gitlab.group("platform"));
});

async function accountToken(access_level: number | undefined, scopes: string[]): Promise<Token> {
  const user_id = await gitlab.account("");
  if (access_level !== undefined) {
    await gitlab.get("POST", `/projects/${project}/members`, { user_id, access_level });
  }
  return gitlab.userToken(user_id, { scopes });
}

async function ask(path: string, password?: string, username = "any") {
  const basic = Buffer.from(`${username}:${password}`).toString("base64");
  const headers: Record<string, string> =
    password === undefined ? {} : { Authorization: `Basic ${basic}` };
  const response = await fetch(gitlab.url + path, { headers });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

const refs = (service: string, path = "platform/site.git") =>
  `/${path}/info/refs?service=git-${service}`;

describe("Git over HTTP", () => {
  test.each([
    [20, ["read_repository"], 200, 403],
    [30, ["read_repository"], 200, 403],
    [30, ["write_repository"], 200, 200],
    [30, ["api"], 200, 200],
    [30, ["read_api"], 403, 403],
    [10, ["write_repository"], 403, 403],
    [undefined, ["write_repository"], 404, 404],
  ])(
    "with role %p and scopes %j fetches: %i, pushes: %i",
    async (role, scopes, fetched, pushed) => {
      const { token } = await accountToken(role, scopes);
      expect((await ask(refs("upload-pack"), token)).status).toBe(fetched);
      expect((await ask(refs("receive-pack", "Platform/site"), token)).status).toBe(pushed);
    },
  );

  test("without a token, or with one that is dead, demands one", async () => {
    const token = await accountToken(30, ["read_repository"]);
    await gitlab.ask("DELETE", `/personal_access_tokens/${token.id}`);
    for (const answer of [
      await ask(refs("upload-pack")),
      await ask(refs("upload-pack"), token.token),
      await ask(refs("upload-pack"), "glpat-unknown"),
    ]) {
      expect(answer.status).toBe(401);
      expect(answer.headers.get("www-authenticate")).toBe('Basic realm="GitLab"');
      expect(answer.text).toMatch(/^HTTP Basic: Access denied/);
    }
  });

  test("advertises an empty repository, and notes the use of the token", async () => {
    const { id, token } = await accountToken(30, ["read_repository"]);
    const { headers, text } = await ask(refs("upload-pack"), token);
    expect(headers.get("content-type")).toBe("application/x-git-upload-pack-advertisement");
    expect(text).toMatch(/^001e# service=git-upload-pack\n0000/);
    const used = await gitlab.get<Token>("GET", `/personal_access_tokens/${id}`);
    expect(used.last_used_at).not.toBeNull();
  });

  test("takes a deploy token with its own username, below its group", async () => {
    const values = { name: "t", scopes: ["read_repository"] };
    const made = await gitlab.get<Token & { username: string }>(
      "POST",
      "/groups/platform/deploy_tokens",
      values,
    );
    expect((await ask(refs("upload-pack"), made.token, made.username)).status).toBe(200);
    expect((await ask(refs("upload-pack"), made.token, "other")).status).toBe(401);
    expect((await ask(refs("receive-pack"), made.token, made.username)).status).toBe(403);
  });
});

describe("the registry's tokens", () => {
  const auth = (scope?: string) =>
    `/jwt/auth?service=container_registry${scope === undefined ? "" : `&scope=${scope}`}`;
  const accessIn = (text: string) => {
    const { token } = JSON.parse(text) as { token: string };
    const payload = Buffer.from(token.split(".")[1] ?? "", "base64url").toString();
    return (JSON.parse(payload) as { access: unknown }).access;
  };

  test("allow what scope and role allow, of images of the project", async () => {
    const { token } = await accountToken(30, ["read_registry"]);
    const { status, text } = await ask(auth("repository:platform/site/app:pull,push"), token);
    expect(status).toBe(200);
    expect(accessIn(text)).toEqual([
      { type: "repository", name: "platform/site/app", actions: ["pull"] },
    ]);
    expect((await ask(auth(), token)).status).toBe(200);
    expect((await ask(auth("repository:platform/site:push"), token)).status).toBe(403);
  });

  test("are refused to wrong credentials and to nobody", async () => {
    expect((await ask(auth(), "glpat-unknown")).status).toBe(401);
    expect((await ask(auth("repository:platform/site:pull"))).status).toBe(403);
  });
});
