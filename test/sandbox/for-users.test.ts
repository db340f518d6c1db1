import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { get } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSandbox } from "../../src/sandbox";
import { TestInstance } from "./client";

afterEach(() => TestInstance.closeAll());

describe("the request log", () => {
  test("holds the last requests and counts all, until it is cleared", async () => {
    const gitlab = await TestInstance.start({ requestLog: 3 });
    for (let id = 1; id <= 5; id++) await gitlab.ask("GET", `/users/${id}`);
    expect((await gitlab.control("GET", "requests")).body).toMatchObject({
      total: 5,
      counts: { "GET /users/:id": 5 },
      requests: ["3", "4", "5"].map((id) => ({ path: `/api/v4/users/${id}` })),
    });
    await gitlab.control("DELETE", "requests");
    expect((await gitlab.control("GET", "requests")).body).toEqual({
      total: 0,
      counts: {},
      requests: [],
    });
  });

  test("of the default size keeps memory bounded over many requests", async () => {
    const { control, close, url, token } = await startSandbox();
    const headers = { "PRIVATE-TOKEN": token };
    const round = async (count: number) => {
      for (let index = 0; index < count; index++) {
        await (
          await fetch(`${url}/api/v4/users/${index}?search=${"x".repeat(100)}`, { headers })
        ).text();
      }
    };
    await round(2_000);
    expect(control.requests()).toMatchObject({ total: 2_000 });
    expect(JSON.stringify(control.requests()).length).toBeLessThan(2_000 * 400);
    await close();
  });
});

describe("the data file", () => {
  let folder: string;
  let data: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "sandbox-"));
    data = join(folder, "data.json");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test("keeps everything, its clock and the administrator's token from one run to the next", async () => {
    const first = await startSandbox({ data, now: "2026-06-01T12:00:00Z" });
    const headers = { "PRIVATE-TOKEN": first.token, "Content-Type": "application/json" };
    const body = JSON.stringify({ name: "kept", path: "kept" });
    await fetch(`${first.url}/api/v4/groups`, { method: "POST", headers, body });
    await first.close();
    expect(statSync(data).mode & 0o777).toBe(0o600);
    const second = await startSandbox({ data });
    expect(second.token).toBe(first.token);
    expect(second.control.now()).toMatch(/^2026-06-01T12:0/);
    const response = await fetch(`${second.url}/api/v4/groups/kept`, { headers });
    expect(await response.json()).toMatchObject({ name: "kept" });
    await second.close();
  });

  test("is written shortly after a change, not only at the end", async () => {
    const sandbox = await startSandbox({ data });
    const headers = { "PRIVATE-TOKEN": sandbox.token, "Content-Type": "application/json" };
    const body = JSON.stringify({ name: "early", path: "early" });
    await fetch(`${sandbox.url}/api/v4/groups`, { method: "POST", headers, body });
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(readFileSync(data, "utf8")).toContain('"early"');
    await sandbox.close();
  });

  test("of something else is refused and left alone", async () => {
    writeFileSync(data, "{}");
    await expect(startSandbox({ data })).rejects.toThrow(
      "is not a file that the stand-in has written",
    );
    expect(readFileSync(data, "utf8")).toBe("{}");
  });
});

test("over TLS, clients that trust its authority are served, and others are not", async () => {
  const { url, ca, token, close } = await startSandbox({ tls: true });
  const statusWith = (trusted: string | undefined, host = "127.0.0.1") =>
    new Promise<number | string>((resolve) => {
      const address = `${url.replace("127.0.0.1", host)}/api/v4/user`;
      get(
        address,
        { ca: trusted, headers: { "PRIVATE-TOKEN": token }, agent: false },
        (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        },
      ).once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    });
  expect(url).toMatch(/^https:/);
  expect(await statusWith(ca)).toBe(200);
  expect(await statusWith(ca, "localhost")).toBe(200);
  expect(await statusWith(undefined)).toMatch(/UNABLE_TO_VERIFY|SELF_SIGNED/);
  await close();
});

test("messages of records come in the language of the instance, and nothing else does", async () => {
  const gitlab = await TestInstance.start({ locale: "pl" });
  await gitlab.group("zespol");
  expect((await gitlab.ask("POST", "/groups", { name: "x", path: "zespol" })).body).toEqual({
    message: 'Failed to save group {:path=>["zostało już zajęte"]}',
  });
  expect((await gitlab.ask("POST", "/groups", {})).body).toEqual({
    error: "name is missing, path is missing",
  });
  expect((await gitlab.ask("GET", "/groups/none")).body).toEqual({
    message: "404 Group Not Found",
  });
});

describe("without a token", () => {
  test.each([
    ["/-/health", "GitLab OK"],
    ["/-/liveness", '{"status":"ok"}'],
    ["/-/readiness", '{"status":"ok","master_check":[{"status":"ok"}]}'],
  ])("%s says that it is ready", async (path, text) => {
    const gitlab = await TestInstance.start();
    const response = await fetch(gitlab.url + path);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe(text);
  });

  test("the page at the root is allowed its own script and style alone", async () => {
    const gitlab = await TestInstance.start();
    const response = await fetch(gitlab.url);
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
    const html = await response.text();
    expect(html).not.toContain("innerHTML");
    expect(html.match(/<script/g)).toHaveLength(1);
  });

  test("the overview tells who is who", async () => {
    const gitlab = await TestInstance.start();
    const group = await gitlab.group("platform");
    await gitlab.account(`/groups/${group}`, { username: "deployer" });
    expect((await gitlab.control("GET", "overview")).body).toMatchObject({
      totals: { users: 2, groups: 1, projects: 0 },
      users: [
        { username: "root", kind: "administrator", active_tokens: 1 },
        { username: "deployer", kind: "service_account", owner: "platform" },
      ],
      groups: [{ full_path: "platform", members: [{ username: "root", access_level: 50 }] }],
    });
  });

  test("requests come as events while they are made, without tokens", async () => {
    const gitlab = await TestInstance.start();
    const abort = new AbortController();
    const { body, headers } = await fetch(`${gitlab.url}/-/sandbox/events`, {
      signal: abort.signal,
    });
    expect(headers.get("content-type")).toBe("text/event-stream");
    expect(await (await fetch(gitlab.url)).text()).toContain(
      'new EventSource("/-/sandbox/events")',
    );
    const reader = (body ?? new ReadableStream<Uint8Array>()).getReader();
    await reader.read();
    await fetch(`${gitlab.url}/api/v4/user?private_token=${gitlab.root}&page=1`);
    const text = Buffer.from((await reader.read()).value ?? []).toString();
    abort.abort();
    const event = JSON.parse(text.replace(/^data: /, "")) as object;
    expect(event).toMatchObject({
      method: "GET",
      path: "/api/v4/user",
      query: "page=1",
      user: "root",
    });
    expect(text).not.toContain(gitlab.root);
  });
});

describe("presets", () => {
  const statuses = async (gitlab: TestInstance, count: number) => {
    const seen = [];
    for (let index = 0; index < count; index++) {
      seen.push(
        await gitlab.ask("GET", "/user").then(
          ({ status }) => status,
          () => 0,
        ),
      );
    }
    return seen;
  };

  test("a bad day answers now and then with 429 and 502, in the words of a proxy", async () => {
    const gitlab = await TestInstance.start();
    await gitlab.control("POST", "preset", { preset: "bad_day" });
    await gitlab.control("POST", "latency", { ms: 0 });
    const seen = await statuses(gitlab, 60);
    const count = (status: number) => seen.filter((found) => found === status).length;
    expect([count(429), count(502), count(200)]).toEqual([4, 2, 54]);
  });

  test("a flaky network cuts some connections", async () => {
    const gitlab = await TestInstance.start();
    await gitlab.control("POST", "preset", { preset: "flaky_network" });
    expect(new Set(await statuses(gitlab, 20))).toEqual(new Set([200, 0]));
  });

  test("a lagging replica hides for a while what was created", async () => {
    const gitlab = await TestInstance.start();
    await gitlab.control("POST", "lag", { ms: 150 });
    const id = await gitlab.group("new");
    expect((await gitlab.ask("GET", `/groups/${id}`)).status).toBe(404);
    expect((await gitlab.ask("GET", "/groups")).body).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect((await gitlab.ask("GET", `/groups/${id}`)).status).toBe(200);
    expect((await gitlab.ask("GET", "/groups")).body).toHaveLength(1);
  });

  test("that nobody knows are refused, with the names there are", async () => {
    const gitlab = await TestInstance.start();
    expect(await gitlab.control("POST", "preset", { preset: "x" })).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining("bad_day") as string },
    });
  });
});
