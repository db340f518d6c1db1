import type { Call } from "../../src/gitlab/call";
import { GitLabClient } from "../../src/gitlab/client";
import { GitLabError } from "../../src/gitlab";
import { json, scriptedServer, type Script, type ScriptedServer } from "../support/scripted-server";

const TOKEN = "glpat-a-value-that-must-not-appear";
const GET_GROUP: Call = { method: "GET", route: "/groups/:id", params: { id: "a/b" } };

let server: ScriptedServer;
let client: GitLabClient;

async function serve(script: Script, path = ""): Promise<void> {
  server = await scriptedServer(script);
  client = new GitLabClient({ baseUrl: server.url + path, token: TOKEN });
}

afterEach(async () => {
  await client.close();
  await server.close();
});

async function failureOf(call: Call): Promise<GitLabError> {
  const failure: unknown = await client.one(call).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(GitLabError);
  return failure as GitLabError;
}

test.each(["", "/", "/api/v4", "/api/v4/", "/gitlab", "/gitlab/api/v4"])(
  "base URL ending in %j reaches the API",
  async (path) => {
    await serve((_, response) => json(response, 200, {}), path);
    await client.one(GET_GROUP);
    const prefix = path.startsWith("/gitlab") ? "/gitlab" : "";
    expect(server.seen[0]?.url).toBe(`${prefix}/api/v4/groups/a%2Fb`);
    expect(server.seen[0]?.headers["private-token"]).toBe(TOKEN);
  },
);

test("pages are followed by X-Next-Page, not by a Link that names another host", async () => {
  await serve((request, response) => {
    const isFirst = request.url.endsWith("&page=1");
    response.setHeader("x-next-page", isFirst ? "2" : "");
    response.setHeader("link", '<http://elsewhere.invalid/?page=2>; rel="next"');
    json(response, 200, [{ id: isFirst ? 1 : 2 }]);
  });
  expect(await client.list({ method: "GET", route: "/users" })).toEqual([{ id: 1 }, { id: 2 }]);
  expect(server.seen.map(({ url }) => url)).toEqual([
    "/api/v4/users?per_page=100&page=1",
    "/api/v4/users?per_page=100&page=2",
  ]);
});

test.each([
  [401, { message: "401 Unauthorized" }, "unauthorized"],
  [401, { error: "invalid_token", error_description: "Token was revoked." }, "token_ended"],
  [401, { error: "invalid_token", error_description: "Le jeton a expiré." }, "token_ended"],
  [403, { message: "403 Forbidden" }, "forbidden"],
  [403, { error: "insufficient_scope", error_description: "needs more" }, "insufficient_scope"],
  [404, { message: "404 Group Not Found" }, "not_found"],
  [409, { message: "Member already exists" }, "conflict"],
  [400, { message: { access_level: ["is not included in the list"] } }, "bad_request"],
])(
  "%i %j is told as %s, with method, path, GitLab's words and a remedy",
  async (status, body, kind) => {
    await serve((_, response) => json(response, status, body));
    const failure = await failureOf(GET_GROUP);
    expect(failure).toMatchObject({
      kind,
      status,
      method: "GET",
      route: "/groups/:id",
      path: "/groups/a%2Fb",
    });
    expect(failure.message).toMatch(/^GET \/groups\/a%2Fb: \d+: .+/);
    expect(failure.remedy).not.toBe("");
  },
);

test("a page of HTML is no answer of GitLab's, and 404 in HTML does not mean gone", async () => {
  await serve((_, response, count) => {
    response.writeHead(count === 1 ? 200 : 404, { "content-type": "text/html" });
    response.end("<html>Sign in</html>");
  });
  expect((await failureOf(GET_GROUP)).kind).toBe("not_json");
  expect((await failureOf(GET_GROUP)).kind).toBe("not_json");
});

test("a redirect is not followed with the token", async () => {
  await serve((_, response) => {
    response.writeHead(301, { location: "https://gitlab.example.com/new" });
    response.end();
  });
  const failure = await failureOf(GET_GROUP);
  expect(failure.kind).toBe("unexpected_redirect");
  expect(failure.message).toContain("https://gitlab.example.com/new");
});

test("a plain-text 429 is waited for as the server says, even for a POST", async () => {
  await serve((_, response, count) => {
    if (count > 1) return json(response, 201, { id: 1 });
    response.writeHead(429, { "content-type": "text/plain", "retry-after": "0" });
    response.end("Retry later");
  });
  await client.one({
    method: "POST",
    route: "/groups/:id/service_accounts",
    params: { id: 1 },
    body: {},
  });
  expect(server.seen).toHaveLength(2);
});

test("a broken GET comes again", async () => {
  await serve((_, response, count) =>
    count === 1 ? response.destroy() : json(response, 200, { id: 1 }),
  );
  expect(await client.one(GET_GROUP)).toEqual({ id: 1 });
});

test("a broken POST is not sent again, and says that it may have taken effect", async () => {
  await serve((_, response) => response.destroy());
  const failure = await failureOf({ method: "POST", route: "/service_accounts", body: {} });
  expect(failure).toMatchObject({ kind: "connection_broken", mayHaveTakenEffect: true });
  expect(server.seen).toHaveLength(1);
});

test("a server that is not there is told with its address", async () => {
  await serve((_, response) => json(response, 200, {}));
  await server.close();
  const unreachable = new GitLabClient({ baseUrl: server.url, token: TOKEN });
  const call: Call = { method: "GET", route: "/metadata" };
  unreachable.stop();
  const failure: unknown = await unreachable.one(call).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(GitLabError);
  await unreachable.close();
});

test("no error holds the token, even if the server repeats it", async () => {
  await serve((_, response) => json(response, 400, { message: `bad token ${TOKEN}` }));
  const failure = await failureOf(GET_GROUP);
  expect(JSON.stringify(failure) + failure.message + failure.stack).not.toContain(TOKEN);
});

test("a truncated answer to a creation is not quoted, since it holds a value", async () => {
  await serve((_, response) => {
    response.writeHead(201, { "content-type": "application/json" });
    response.end('{"id":1,"token":"glpat-fresh');
  });
  const failure = await failureOf({ method: "POST", route: "/service_accounts", body: {} });
  expect(failure).toMatchObject({ kind: "not_json", mayHaveTakenEffect: true });
  expect(failure.message + failure.stack).not.toContain("glpat-fresh");
});

test("connections are kept open", async () => {
  const ports = new Set<number | undefined>();
  await serve((_, response) => {
    ports.add(response.socket?.remotePort);
    json(response, 200, {});
  });
  for (let round = 0; round < 20; round++) await client.one(GET_GROUP);
  // The second may be opened while the first is only just becoming free.
  expect(ports.size).toBeLessThanOrEqual(2);
});

test("no more requests are in flight than allowed", async () => {
  let inFlight = 0;
  let most = 0;
  await serve((_, response) => {
    most = Math.max(most, ++inFlight);
    setTimeout(() => {
      inFlight--;
      json(response, 200, {});
    }, 5);
  });
  const limited = new GitLabClient({ baseUrl: server.url, token: TOKEN, maxConcurrency: 3 });
  await Promise.all(Array.from({ length: 30 }, () => limited.one(GET_GROUP)));
  await limited.close();
  expect(most).toBe(3);
});

test("the server's clock is remembered", async () => {
  await serve((_, response) => {
    response.setHeader("date", "Fri, 01 Jan 2027 12:00:00 GMT");
    json(response, 200, {});
  });
  await client.one(GET_GROUP);
  expect(client.serverDate?.toISOString()).toBe("2027-01-01T12:00:00.000Z");
});

test("one refusal with a wait holds back everything else until then", async () => {
  const arrivals: number[] = [];
  await serve((_, response, count) => {
    arrivals.push(Date.now());
    if (count > 1) return json(response, 200, {});
    response.writeHead(429, { "content-type": "text/plain", "retry-after": "1" });
    response.end("Retry later");
  });
  const refused = client.one(GET_GROUP);
  while (arrivals.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await new Promise((resolve) => setTimeout(resolve, 100));
  await Promise.all([refused, client.one(GET_GROUP), client.one(GET_GROUP)]);
  expect(arrivals.slice(1).every((moment) => moment - (arrivals[0] ?? 0) >= 900)).toBe(true);
});
