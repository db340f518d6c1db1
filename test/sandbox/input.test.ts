import { connect } from "node:net";
import { TestInstance } from "./client";

let gitlab: TestInstance;

beforeAll(async () => {
  gitlab = await TestInstance.start();
});
afterAll(() => TestInstance.closeAll());
beforeEach(() => gitlab.control("POST", "reset"));

async function send(path: string, init: RequestInit = {}) {
  const headers = { "PRIVATE-TOKEN": gitlab.root, ...init.headers };
  const response = await fetch(gitlab.url + path, { ...init, headers });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

const json = { "Content-Type": "application/json" };
const form = { "Content-Type": "application/x-www-form-urlencoded" };
const newGroup = '{"name":"g","path":"g"}';
const missing = '{"error":"name is missing, path is missing"}';
const unreadable = '{"error":"message body does not match declared format"}';
const unknown = '{"error":"404 Not Found"}';
const unsupported = (type: string) =>
  `{"error":"The provided content-type '${type}' is not supported."}`;

describe("a body", () => {
  const post = (body: RequestInit["body"], headers?: Record<string, string>) =>
    send("/api/v4/groups", { method: "POST", body, headers });

  test.each([
    ["broken JSON", "{", json, 400, unreadable],
    ["an empty JSON body", "", json, 400, missing],
    ["a list", "[]", json, 400, missing],
    ["a text in JSON", '"name"', json, 400, missing],
    ["plain text", newGroup, { "Content-Type": "text/plain" }, 415, unsupported("text/plain")],
    ["XML", "<a/>", { "Content-Type": "application/xml" }, 415, unsupported("application/xml")],
    ["a null character", '{"name":"a\\u0000"}', json, 400, "Bad Request"],
    ["an invalid escape in a form", "name=%E0%A4%A", form, 400, "Bad Request"],
    [
      "parts without a boundary",
      "name=g",
      { "Content-Type": "multipart/form-data; boundary=none" },
      400,
      "Bad Request",
    ],
  ])("of %s is refused", async (_, body, headers, status, text) => {
    expect(await post(body, headers)).toMatchObject({ status, text });
  });

  test("may be a form of either kind", async () => {
    const parts = new FormData();
    parts.append("name", "parts");
    parts.append("path", "parts");
    expect((await post(parts)).status).toBe(201);
    expect((await post(new URLSearchParams({ name: "form", path: "form" }))).status).toBe(201);
  });

  test("of no declared type is read as JSON", async () => {
    expect((await post(new Blob([newGroup]))).status).toBe(201);
  });

  test("that is too large is refused by the proxy, and the next request is served", async () => {
    const refused = await post(Buffer.alloc(65 * 1024 * 1024, "a"), json);
    expect(refused).toMatchObject({
      status: 413,
      text: expect.stringContaining("413 Request Entity Too Large") as string,
    });
    expect(refused.headers.get("content-type")).toBe("text/html");
    expect((await post(newGroup, json)).status).toBe(201);
  });

  test("with thousands of levels is read", async () => {
    const nested = `{"name":${"[".repeat(5000)}${"]".repeat(5000)}}`;
    expect(await post(nested, json)).toMatchObject({
      status: 400,
      text: '{"error":"name is invalid, path is missing"}',
    });
  });

  test("that cannot be read counts for the throttle all the same", async () => {
    await gitlab.control("POST", "limits", { throttle: { requests: 9, period_seconds: 60 } });
    const { status, headers } = await post("{", json);
    expect(status).toBe(400);
    expect(headers.get("ratelimit-observed")).toBe("1");
  });
});

describe("a path or query", () => {
  test.each([
    ["/api/v4/nothing", 404, unknown],
    ["/api/v4/groups/1/nothing", 404, unknown],
    ["/api/v3/users", 410, '{"error":"API V3 is no longer supported. Use API V4 instead."}'],
    ["/api/v4/groups/%E0%A4%A", 400, "Bad Request"],
    ["/api/v4/groups/a%00b", 400, "Bad Request"],
    ["/api/v4/users?search=%00", 400, "Bad Request"],
    ["/api/v4/users?search=%E0%A4%A", 400, "Bad Request"],
    ["/api/v4/users?username[a]=b", 400, '{"error":"username is invalid"}'],
    ["/api/v4/users?page=x", 400, '{"error":"page is invalid"}'],
    [
      "/api/v4/users?order_by=x&sort=y",
      400,
      '{"error":"order_by does not have a valid value, sort does not have a valid value"}',
    ],
    [
      "/api/v4/personal_access_tokens?expires_before=2026-02-30",
      400,
      '{"error":"expires_before is invalid"}',
    ],
  ])("%s answers %i", async (path, status, text) => {
    expect(await send(path)).toMatchObject({ status, text });
  });

  test("that is unknown is so to everybody", async () => {
    expect(await send("/api/v4/nothing", { headers: { "PRIVATE-TOKEN": "" } })).toMatchObject({
      status: 404,
      text: unknown,
    });
  });

  test("with another method answers 405 and names the methods there are", async () => {
    const { status, text, headers } = await send("/api/v4/users", { method: "PATCH" });
    expect([status, text]).toEqual([405, '{"error":"405 Not Allowed"}']);
    expect(headers.get("allow")).toBe("GET, POST");
  });

  test("is answered to HEAD without a body, with the headers of GET", async () => {
    const { status, text, headers } = await send("/api/v4/users", { method: "HEAD" });
    expect([status, text, headers.get("x-total")]).toEqual([200, "", "1"]);
  });

  test("takes numbers, booleans and instants in the forms Rails takes them in", async () => {
    await gitlab.account("");
    const count = async (query: string) =>
      (JSON.parse((await send(`/api/v4/users?${query}`)).text) as unknown[]).length;
    expect(await count("per_page=%2B1")).toBe(1);
    expect(await count("exclude_humans=1")).toBe(1);
    expect(await count("exclude_humans=f")).toBe(2);
    expect(await count("created_after=2001-01-01")).toBe(2);
    expect(await count("created_before=2001-01-01T00:00:00%2B02:00")).toBe(0);
  });
});

test("a client that goes away leaves the server to the others", async () => {
  await gitlab.control("POST", "latency", { ms: 50 });
  const controller = new AbortController();
  const gone = send("/api/v4/users", { signal: controller.signal });
  setTimeout(() => controller.abort(), 10);
  await expect(gone).rejects.toThrow();
  expect((await send("/api/v4/users")).status).toBe(200);
});

test("what is no HTTP is refused without a crash", async () => {
  const { hostname, port } = new URL(gitlab.url);
  const answer = await new Promise<string>((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write("nonsense\r\n\r\n"));
    socket.on("error", reject).on("data", (data) => resolve(data.toString()));
  });
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect((await send("/api/v4/users")).status).toBe(200);
});

describe("bytes that are no text", () => {
  const broken = Buffer.concat([
    Buffer.from('{"path":"x","name":"'),
    Buffer.from([0xff, 0xfe]),
    Buffer.from('"}'),
  ]);

  test.each([
    ["in a path", "/api/v4/groups/%ff%fe", {}],
    ["in the middle of a path", "/api/v4/users/%ff/memberships", {}],
    ["in an unknown path", "/api/v4/%ff", {}],
    ["in a query", "/api/v4/groups?search=%ff%fe", {}],
    ["in a query's name", "/api/v4/groups?%ff=1", {}],
    ["in a form", "/api/v4/groups", { method: "POST", headers: form, body: "name=%ff%fe&path=x" }],
    ["in JSON", "/api/v4/groups", { method: "POST", headers: json, body: broken }],
  ])("%s are refused", async (_, path, init) => {
    expect(await send(path, init)).toMatchObject({ status: 400, text: "Bad Request" });
  });
});
