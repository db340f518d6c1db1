import { useSandbox } from "../../src/sandbox";
import { routes } from "../../src/sandbox/api/registry";
import { routeName } from "../../src/sandbox/http/route";

const gitlab = useSandbox({ now: "2026-06-01T12:00:00Z" });

type Headers = Readonly<Record<string, string>>;

async function ask(method: string, path: string, headers: Headers, body?: object) {
  const response = await fetch(gitlab.url + path, {
    method,
    headers: { "Content-Type": "application/json", ...headers },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, text, json: () => JSON.parse(text) as unknown };
}

async function made(path: string, body: object): Promise<{ id: number; token: string }> {
  const { status, text, json } = await ask(
    "POST",
    `/api/v4${path}`,
    { "PRIVATE-TOKEN": gitlab.token },
    body,
  );
  if (status >= 300) throw new Error(`${path}: ${text}`);
  return json() as { id: number; token: string };
}

const basic = (username: string, password: string) => ({
  Authorization: `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`,
});

let job: { id: number; token: string };

beforeEach(async () => {
  const group = await made("/groups", { name: "g", path: "g" });
  for (const name of ["site", "other"]) await made("/projects", { name, namespace_id: group.id });
  const ada = await made("/users", {
    ...{ username: "ada", name: "Ada", email: "ada@example.com", force_random_password: true },
  });
  await made(`/groups/g/members`, { user_id: ada.id, access_level: 40 });
  job = gitlab.control.startJob("g/site", "ada");
});

const state = "/api/v4/projects/g%2Fsite/terraform/state/main";

test.each([
  ["a header of its own", () => ({ "JOB-TOKEN": job.token }), ""],
  ["a bearer's header", () => ({ Authorization: `Bearer ${job.token}` }), ""],
  ["a parameter", () => ({}), "?job_token="],
])("a job shows itself by its token in %s, as long as it runs", async (_, headers, query) => {
  const path = `/api/v4/job${query === "" ? "" : query + job.token}`;
  const answer = await ask("GET", path, headers());
  expect(answer.status).toBe(200);
  expect(answer.json()).toMatchObject({ id: job.id, status: "running", user: { username: "ada" } });
  expect(JSON.stringify(gitlab.control.requests())).not.toContain(job.token);
  gitlab.control.finishJob(job.id);
  expect((await ask("GET", path, headers())).status).toBe(401);
});

test("only routes that say so take a job's token, wherever it stands", async () => {
  const open = routes.filter(({ jobToken = [] }) => jobToken.length > 0).map(routeName);
  expect(open.map((name) => name.replace("/projects/:id", ""))).toEqual([
    "GET /merge_requests/:iid",
    "GET /merge_requests/:iid/notes",
    "GET /job",
    ...["GET", "POST"].map((method) => `${method} /releases`),
    ...["GET", "PUT", "DELETE"].map((method) => `${method} /releases/:tag_name`),
    ...["PUT", "GET"].map(
      (method) => `${method} /packages/generic/:package_name/:package_version/:file_name`,
    ),
    ...["GET", "POST", "DELETE"].map((method) => `${method} /terraform/state/:name`),
    ...["POST", "DELETE"].map((method) => `${method} /terraform/state/:name/lock`),
    ...["GET", "DELETE"].map((method) => `${method} /terraform/state/:name/versions/:serial`),
  ]);
  const places: Headers[] = [
    { "JOB-TOKEN": job.token },
    { "PRIVATE-TOKEN": job.token },
    { Authorization: `Bearer ${job.token}` },
    basic("gitlab-ci-token", job.token),
  ];
  for (const headers of places) {
    for (const path of ["/user", "/projects/g%2Fsite", "/personal_access_tokens/self"]) {
      expect((await ask("GET", `/api/v4${path}`, headers)).status).toBe(401);
    }
  }
});

test("state is kept with the job's token as a password, with its user's role", async () => {
  const login = basic("gitlab-ci-token", job.token);
  expect((await ask("POST", state, login, { serial: 1 })).status).toBe(200);
  expect((await ask("GET", state, login)).json()).toEqual({ serial: 1 });
  expect((await ask("GET", state, { "JOB-TOKEN": job.token })).status).toBe(401);
  expect((await ask("GET", state, basic("ada", job.token))).status).toBe(401);
  const locked = await ask("POST", `${state}/lock`, login, { ID: "l" });
  expect(locked.json()).toMatchObject({ ID: "l", Who: "ada" });
});

test("a job has no right outside its project, not even as an administrator", async () => {
  const refusal = "Authentication by CI/CD job token not allowed from site to other.";
  for (const user of ["ada", "root"]) {
    const { token } = gitlab.control.startJob("g/site", user);
    const elsewhere = state.replace("site", "other");
    expect(await ask("GET", elsewhere, basic("gitlab-ci-token", token))).toMatchObject({
      status: 403,
      text: JSON.stringify({ message: `403 Forbidden - ${refusal}` }),
    });
  }
});

describe("releases and packages", () => {
  const releases = "/api/v4/projects/g%2Fsite/releases";
  const file = "/api/v4/projects/g%2Fsite/packages/generic/tool/1.0/tool.bin";

  test("a job publishes a file and the release that links to it", async () => {
    const headers = { "JOB-TOKEN": job.token };
    const bytes = Buffer.from([0, 255, 10, 13, 128]);
    const upload = await fetch(gitlab.url + file, { method: "PUT", headers, body: bytes });
    expect([upload.status, await upload.json()]).toEqual([201, { message: "201 Created" }]);
    const link = { name: "tool", url: gitlab.url + file, filepath: "/tool" };
    const release = { tag_name: "v1.0", assets: { links: [link] } };
    expect((await ask("POST", releases, headers, release)).json()).toMatchObject({
      ...{ name: "v1.0", tag_name: "v1.0", author: { username: "ada" } },
      assets: { count: 5, links: [{ name: "tool", link_type: "other" }] },
    });
    expect(await ask("POST", releases, headers, release)).toMatchObject({
      status: 409,
      text: '{"message":"Release already exists"}',
    });
    const download = await fetch(gitlab.url + file, { headers: { "PRIVATE-TOKEN": gitlab.token } });
    expect(Buffer.from(await download.arrayBuffer())).toEqual(bytes);
  });

  test("a deploy token reads and writes packages by its scopes, and opens nothing else", async () => {
    const token = async (scopes: string[]) =>
      (await made("/projects/g%2Fsite/deploy_tokens", { name: "d", username: "d", scopes })).token;
    const [reader, writer] = [
      await token(["read_package_registry"]),
      await token(["write_package_registry"]),
    ];
    const put = (value: string) => ask("PUT", file, { "DEPLOY-TOKEN": value }, { a: 1 });
    expect((await put(reader)).status).toBe(403);
    expect((await put(writer)).status).toBe(201);
    expect((await ask("GET", file, basic("d", reader))).status).toBe(200);
    expect((await ask("GET", file, basic("other", reader))).status).toBe(401);
    expect((await ask("GET", file, { "DEPLOY-TOKEN": "gldt-unknown" })).status).toBe(401);
    const elsewhere = file.replace("site", "other");
    expect((await ask("GET", elsewhere, { "DEPLOY-TOKEN": reader })).status).toBe(404);
    for (const path of [releases, "/api/v4/projects", "/api/v4/user", state]) {
      expect((await ask("GET", path, { "DEPLOY-TOKEN": reader })).status).toBe(401);
    }
  });
});

describe("Git and the registry", () => {
  const refs = (service: string, project = "site") =>
    `/g/${project}.git/info/refs?service=git-${service}`;
  const scope = (project: string, actions: string) =>
    `/jwt/auth?service=container_registry&scope=repository:g/${project}:${actions}`;

  test("a job fetches from its project and pushes images, but code only where the project lets it", async () => {
    const login = basic("gitlab-ci-token", job.token);
    expect((await ask("GET", refs("upload-pack"), login)).status).toBe(200);
    expect(await ask("GET", refs("receive-pack"), login)).toMatchObject({
      status: 403,
      text: "You are not allowed to upload code.",
    });
    const open = { ci_push_repository_for_job_token_allowed: true };
    await ask("PUT", "/api/v4/projects/g%2Fsite", { "PRIVATE-TOKEN": gitlab.token }, open);
    expect((await ask("GET", refs("receive-pack"), login)).status).toBe(200);
    expect(await ask("GET", refs("upload-pack", "other"), login)).toMatchObject({
      status: 403,
      text: "Authentication by CI/CD job token not allowed from site to other.",
    });
    expect((await ask("GET", scope("site", "pull,push"), login)).status).toBe(200);
    expect((await ask("GET", scope("other", "pull"), login)).status).toBe(403);
    gitlab.control.finishJob(job.id);
    expect((await ask("GET", refs("upload-pack"), login)).status).toBe(401);
    expect((await ask("GET", scope("site", "pull"), login)).status).toBe(401);
  });
});

test("jobs are started and finished by control calls too", async () => {
  const started = await ask("POST", "/-/sandbox/job", {}, { project: "g/site", user: 1 });
  const { id, token } = started.json() as { id: number; token: string };
  expect(token).toMatch(/^glcbt-/);
  expect((await ask("GET", "/api/v4/job", { "JOB-TOKEN": token })).status).toBe(200);
  expect((await ask("POST", "/-/sandbox/job", {}, { finish: id })).status).toBe(204);
  expect((await ask("GET", "/api/v4/job", { "JOB-TOKEN": token })).status).toBe(401);
  for (const body of [{}, { project: "g/none", user: 1 }, { finish: 99 }]) {
    expect((await ask("POST", "/-/sandbox/job", {}, body)).status).toBe(400);
  }
});
