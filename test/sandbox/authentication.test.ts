import type { SandboxState } from "../../src/sandbox";
import { TestInstance } from "./client";

let gitlab: TestInstance;

beforeAll(async () => {
  gitlab = await TestInstance.start({ now: "2026-06-01T12:00:00Z" });
});
afterAll(() => TestInstance.closeAll());
beforeEach(() => gitlab.control("POST", "reset"));

const get = (path: string, headers: Record<string, string>) =>
  fetch(`${gitlab.url}/api/v4${path}`, { headers });

describe("a token", () => {
  test("may come as a parameter, as a header or as a bearer, in this order", async () => {
    const other = "glpat-unknown";
    const as = async (query: string, headers: Record<string, string>) =>
      (await get(`/user${query}`, headers)).status;
    expect(await as("", { Authorization: `Bearer ${gitlab.root}` })).toBe(200);
    expect(await as("", { "PRIVATE-TOKEN": gitlab.root, Authorization: `Bearer ${other}` })).toBe(
      200,
    );
    expect(await as("", { "PRIVATE-TOKEN": other, Authorization: `Bearer ${gitlab.root}` })).toBe(
      401,
    );
    expect(await as(`?private_token=${gitlab.root}`, { "PRIVATE-TOKEN": other })).toBe(200);
    expect(await as(`?private_token=${other}`, { "PRIVATE-TOKEN": gitlab.root })).toBe(401);
  });

  test("may come in the body", async () => {
    const body = new URLSearchParams({ private_token: gitlab.root, name: "g", path: "g" });
    const url = `${gitlab.url}/api/v4/groups`;
    expect((await fetch(url, { method: "POST", body })).status).toBe(201);
  });

  test("that is unknown is refused without a challenge, before anything is looked at", async () => {
    const answer = await gitlab.ask("POST", "/groups/none/service_accounts", {}, "glpat-none");
    expect(answer).toMatchObject({ status: 401, body: { message: "401 Unauthorized" } });
    expect(answer.headers.has("www-authenticate")).toBe(false);
  });

  const revokedText = "Token was revoked. You have to re-authorize from the user.";
  const expiredText = "Token is expired. You can either do re-authorization or token refresh.";

  test.each([
    ["revoked", "2026-07-01", true, revokedText],
    ["expired", "2026-06-01", false, expiredText],
    ["expired and revoked", "2026-06-01", true, expiredText],
  ])("that is %s is refused with a challenge", async (_, expires_at, isRevoked, text) => {
    const { id, token } = await gitlab.userToken(1, { expires_at });
    if (isRevoked) await gitlab.get("DELETE", `/personal_access_tokens/${id}`);
    const answer = await gitlab.ask("GET", "/user", undefined, token);
    expect(answer).toMatchObject({
      status: 401,
      body: { error: "invalid_token", error_description: text },
    });
    expect(answer.headers.get("www-authenticate")).toBe(
      `Bearer realm="Protected by OAuth 2.0", error="invalid_token", error_description="${text}"`,
    );
  });

  test("of an account with a composite identity opens nothing", async () => {
    const account = await gitlab.account("");
    const { token } = await gitlab.userToken(account);
    const state = (await gitlab.control("GET", "state")).body as SandboxState;
    const rows = state.users.rows.map((user) =>
      user.id === account ? { ...user, composite_identity_enforced: true } : user,
    );
    await gitlab.control("POST", "state", { ...state, users: { ...state.users, rows } });
    expect(await gitlab.ask("GET", "/user", undefined, token)).toMatchObject({
      status: 401,
      body: { message: "401 Unauthorized" },
    });
    const rename = await gitlab.ask("PATCH", `/service_accounts/${account}`, { username: "new" });
    expect(rename).toMatchObject({
      status: 400,
      body: {
        message:
          "You cannot update the username of a service account associated with a composite identity.",
      },
    });
  });

  test("of a blocked user is known but refused", async () => {
    const { id, token } = await gitlab.human("leaver");
    await gitlab.get("DELETE", `/users/${id}`);
    const answer = await gitlab.ask("GET", "/user", undefined, token);
    expect(answer.status).toBe(403);
    expect(answer.headers.has("www-authenticate")).toBe(false);
  });
});

describe("a scope", () => {
  const statuses = async (scope: string, requests: readonly (readonly [string, string])[]) => {
    const { token } = await gitlab.userToken(1, { scopes: [scope] });
    const answers = requests.map(([method, path]) => gitlab.ask(method, path, {}, token));
    return (await Promise.all(answers)).map(({ status }) => status);
  };
  const ask = async (scope: string, method: string, path: string) => {
    const { token } = await gitlab.userToken(1, { scopes: [scope] });
    const response = await fetch(`${gitlab.url}/api/v4${path}`, {
      method,
      headers: { "PRIVATE-TOKEN": token },
    });
    return {
      status: response.status,
      body: (await response.json()) as unknown,
      headers: response.headers,
    };
  };

  test.each(["/user", "/users", "/users/1", "/users/1/memberships", "/version", "/metadata"])(
    "read_user opens %s, and so do api and read_api",
    async (path) => {
      for (const scope of ["read_user", "api", "read_api"]) {
        expect((await ask(scope, "GET", path)).status).toBe(200);
      }
      expect((await ask("read_repository", "GET", path)).body).toMatchObject({
        error: "insufficient_scope",
        scope: "read_user api read_api",
      });
    },
  );

  test("that is not enough is told with the scopes that are, and without a challenge", async () => {
    const answer = await ask("read_user", "GET", "/groups");
    expect(answer).toMatchObject({
      status: 403,
      body: {
        error: "insufficient_scope",
        error_description:
          "The request requires higher privileges than provided by the access token.",
        scope: "api read_api",
      },
    });
    expect(answer.headers.has("www-authenticate")).toBe(false);
  });

  test("read_api reads and does not write, read_user neither writes users", async () => {
    expect(
      await statuses("read_api", [
        ["POST", "/groups"],
        ["DELETE", "/users/1"],
      ]),
    ).toEqual([403, 403]);
    expect(await statuses("read_user", [["POST", "/users"]])).toEqual([403]);
    expect((await ask("read_api", "GET", "/groups")).status).toBe(200);
  });

  test("of any kind lets a token see, judge and end itself", async () => {
    for (const path of [
      "/personal_access_tokens/self",
      "/personal_access_tokens/self/associations",
    ]) {
      expect((await ask("read_registry", "GET", path)).status).toBe(200);
    }
    expect(await statuses("read_registry", [["DELETE", "/personal_access_tokens/self"]])).toEqual([
      204,
    ]);
  });
});
