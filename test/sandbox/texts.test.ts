import { connect } from "node:net";
import { TestInstance, type Token } from "./client";

let gitlab: TestInstance;
let group: number;

beforeAll(async () => {
  gitlab = await TestInstance.start({ now: "2026-06-01T12:00:00Z" });
});
afterAll(() => TestInstance.closeAll());
beforeEach(async () => {
  await gitlab.control("POST", "reset");
  group = await gitlab.group("g");
});

const oci =
  "can only include non-accented letters, digits, '_', '-' and '.'. It must not start with '-', '_', or '.', nor end with '-', '_', '.', '.git', or '.atom'.";
const format =
  "can contain only letters, digits, '_', '-' and '.'. Cannot start with '-' or end in '.', '.git' or '.atom'.";
const name =
  "can contain only letters, digits, emoji, '_', '.', dash, space, parenthesis. It must start with letter, digit, emoji or '_'.";

describe("a new group that cannot be saved", () => {
  test.each([
    [{ name: "g", path: "G" }, '{:path=>["has already been taken"]}'],
    [{ name: "x", path: "_x" }, `{:path=>["${oci}"]}`],
    [{ name: "x", path: "-x." }, `{:path=>["${oci}", "${format}"]}`],
    [{ name: "", path: "" }, `{:name=>["can't be blank"], :path=>["can't be blank"]}`],
    [{ name: "-x", path: "x" }, `{:name=>["${name}"]}`],
  ])("as %j is refused in Ruby's words", async (values, problems) => {
    expect(await gitlab.ask("POST", "/groups", values)).toMatchObject({
      status: 400,
      body: { message: `Failed to save group ${problems}` },
    });
  });

  test("is told by attribute when it is there already", async () => {
    await gitlab.group("other");
    expect((await gitlab.ask("PUT", `/groups/${group}`, { path: "other" })).body).toEqual({
      message: { path: ["has already been taken"] },
    });
  });
});

test("a project repeats its namespace's problems", async () => {
  await gitlab.project("p", group);
  const create = async (values: object) =>
    (await gitlab.ask("POST", "/projects", { namespace_id: group, ...values })).body;
  const taken = ["has already been taken"];
  expect(await create({ name: "p" })).toEqual({
    message: { "project_namespace.name": taken, name: taken, path: taken },
  });
  expect(await create({ name: "x", path: "-x" })).toMatchObject({
    message: { "project_namespace.path": [oci, expect.any(String) as string] },
  });
});

test("all parameters that are missing are named, in the order of GitLab's declaration", async () => {
  expect((await gitlab.ask("POST", "/users", {})).body).toEqual({
    error:
      "email is missing, password, reset_password, force_random_password are missing, at least one parameter must be provided, name is missing, username is missing",
  });
});

describe("several members at once", () => {
  const add = (body: object, token?: string) =>
    gitlab.ask("POST", `/groups/${group}/members`, body, token);
  const several = async () => {
    const ids = [];
    for (const username of ["a", "b"]) ids.push(await gitlab.account("", { username }));
    return ids.join(",");
  };

  test("are added as far as they can be, and what fails is told with 201", async () => {
    const user_id = `${await several()},999`;
    expect(await add({ user_id, access_level: 30 })).toMatchObject({
      status: 201,
      body: { status: "success" },
    });
    // Who is a member already is changed.
    expect((await add({ username: "a,b", access_level: 20 })).body).toEqual({ status: "success" });
    expect((await add({ user_id, access_level: 7 })).body).toEqual({
      status: "error",
      message:
        "a: Access level is not included in the list and b: Access level is not included in the list",
    });
    const members = await gitlab.get<object[]>("GET", `/groups/${group}/members`);
    expect(members).toMatchObject([{}, { access_level: 20 }, { access_level: 20 }]);
  });

  test("are refused one by one to those who may not", async () => {
    const user_id = await several();
    const { id, token } = await gitlab.human("maintainer");
    await add({ user_id: id, access_level: 40 });
    expect(await add({ user_id, access_level: 10 }, token)).toMatchObject({
      status: 201,
      body: {
        status: "error",
        message: "a: not authorized to create member and b: not authorized to create member",
        http_status: "unauthorized",
      },
    });
  });
});

describe("the order of tokens", () => {
  test.each([
    ["last_used_desc", ["new", "old", "used"]],
    ["last_used_asc", ["used", "new", "old"]],
    ["expires_asc", ["used", "new", "old"]],
    ["expires_desc", ["new", "old", "used"]],
  ])(
    "%s: those without come first in descending order, and the newest of equals",
    async (sort, names) => {
      await gitlab.ask("PUT", "/application/settings", {
        service_access_tokens_expiration_enforced: false,
      });
      const account = await gitlab.account("");
      const used = await gitlab.userToken(account, { name: "used", expires_at: "2026-12-01" });
      for (const token of ["old", "new"]) await gitlab.userToken(account, { name: token });
      await gitlab.ask("GET", "/user", undefined, used.token);
      const path = `/personal_access_tokens?user_id=${account}&sort=${sort}`;
      const tokens = await gitlab.get<(Token & { name: string })[]>("GET", path);
      expect(tokens.map((token) => token.name)).toEqual(names);
    },
  );
});

describe("what the proxy and the framework refuse", () => {
  test("an address of more than eight kilobytes", async () => {
    const response = await fetch(`${gitlab.url}/api/v4/users?search=${"x".repeat(8_200)}`);
    expect(response.status).toBe(414);
    expect(await response.text()).toContain("<h1>414 Request-URI Too Large</h1>");
    const long = await gitlab.ask("GET", `/user?unknown=${"x".repeat(8_000)}`);
    expect(long.status).toBe(200);
  });

  test("a body whose bytes are no text", async () => {
    const { port } = new URL(gitlab.url);
    const statusOf = (request: Buffer) =>
      new Promise<string>((resolve, reject) => {
        const socket = connect(Number(port), "127.0.0.1", () => socket.write(request));
        socket.once("data", (data) => {
          resolve(data.toString().split(" ")[1] ?? "");
          socket.destroy();
        });
        socket.once("error", reject);
      });
    const head = (line: string, length: number) =>
      `${line} HTTP/1.1\r\nHost: x\r\nPRIVATE-TOKEN: ${gitlab.root}\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`;
    const body = Buffer.from('{"name":"\xff\xfe"}', "latin1");
    const post = Buffer.concat([Buffer.from(head("POST /api/v4/groups", body.length)), body]);
    expect(await statusOf(post)).toBe("400");
  });
});

describe("a password", () => {
  const create = (password: string) =>
    gitlab.ask("POST", "/users", {
      ...{ username: "adalovelace", name: "Ada Lovelace", email: "ada@example.com", password },
    });
  const weak = "must not contain commonly used combinations of words and letters";

  test.each([
    ["x7", ["is too short (minimum is 8 characters)"]],
    ["password123", [weak]],
    ["i-am-lovelace-9", [weak]],
    ["my-GitLab-secret", [weak]],
    ["x".repeat(129), ["is too long (maximum is 128 characters)"]],
  ])("%s is refused", async (password, problems) => {
    expect(await create(password)).toMatchObject({
      status: 400,
      body: { message: { password: problems } },
    });
  });

  test("that is hard to guess is taken", async () => {
    expect((await create("Correct-horse-7-staple")).status).toBe(201);
  });
});
