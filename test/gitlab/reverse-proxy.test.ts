import { request as forward } from "node:http";
import type { ServerResponse } from "node:http";
import { GitLab, GitLabError } from "../../src/gitlab";
import { Inventory } from "../../src/inventory";
import { detailOf } from "../../src/resources/shared/failures";
import { TestGitLab } from "../support/gitlab";
import {
  json,
  scriptedServer,
  type Script,
  type ScriptedServer,
  type SeenRequest,
} from "../support/scripted-server";

const TOKEN = "glpat-a-value-of-a-proxied-run";
const PAGE = "<!DOCTYPE html><html><title>Not Found</title></html>";

let server: ScriptedServer;
let gitlab: GitLab;

async function serve(script: Script, token = TOKEN): Promise<void> {
  server = await scriptedServer(script);
  gitlab = new GitLab({ baseUrl: server.url, token });
}

afterEach(async () => {
  await gitlab?.close();
  await server?.close();
});

async function failureOf(work: Promise<unknown>): Promise<GitLabError> {
  const failure: unknown = await work.catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(GitLabError);
  return failure as GitLabError;
}

function html(response: ServerResponse, status: number): void {
  response.writeHead(status, { "content-type": "text/html" }).end(PAGE);
}

function passOn(
  to: string,
  { method, headers, body }: SeenRequest,
  url: string,
  back: ServerResponse,
) {
  const { hostname, port } = new URL(to);
  const out = forward({ hostname, port, path: url, method, headers }, (answer) => {
    back.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(back);
  });
  out.end(body);
}

const ENCODED = /%2F/i;
const spoilers: Readonly<Record<string, (url: string) => string | undefined>> = {
  refuses: (url) => (ENCODED.test(url) ? undefined : url),
  decodes: (url) => url.replace(/%2F/gi, "/"),
  "encodes once more": (url) => url.replace(/%2F/gi, "%252F"),
};

describe("a reverse proxy that", () => {
  let behind: TestGitLab;
  let expected: { group: number; project: number };

  beforeAll(async () => {
    behind = await TestGitLab.start();
    const acme = await behind.group("acme");
    const group = await behind.group("team", acme);
    await behind.group("team");
    expected = { group, project: await behind.project("projects", group) };
  });
  afterAll(() => behind.close());

  test.each(Object.entries(spoilers))(
    "%s the %%2F of paths is got round by numbers",
    async (_, spoil) => {
      await serve((request, response) => {
        const url = spoil(request.url);
        if (url === undefined) return html(response, 404);
        passOn(behind.url, request, url, response);
      }, behind.token);
      const { containers } = new Inventory(gitlab);
      expect(await containers.resolve("group", "Acme/team")).toMatchObject({ id: expected.group });
      expect(await containers.resolve("project", "acme/team/projects")).toMatchObject({
        id: expected.project,
      });
      const asked = server.seen.length;
      await containers.resolve("group", "acme/team");
      expect(server.seen).toHaveLength(asked);
    },
  );

  test.each(Object.entries(spoilers))(
    "%s the %%2F of a path that no list shows is named",
    async (_, spoil) => {
      await serve((request, response) => {
        const url = spoil(request.url);
        if (url === undefined) return html(response, 404);
        passOn(behind.url, request, url, response);
      }, behind.token);
      const failure = await failureOf(gitlab.containers.group("acme/absent"));
      expect(failure.path).toBe("/groups/acme%2Fabsent");
      expect(detailOf(failure)).toMatch(/reverse prox.* number/);
    },
  );
});

test.each([
  [302, "https://sso.corp.test/login?rd=https%3A%2F%2Fgitlab.corp.test"],
  [303, "/users/sign_in"],
  [307, "//login.corp.test/"],
])("a redirect (%i to %s) to sign in is told as that", async (status, location) => {
  await serve((_, response) => response.writeHead(status, { location }).end());
  const detail = detailOf(await failureOf(gitlab.users.get(1)));
  expect(detail).toContain("a sign-in page");
  expect(detail).toContain("credentials in headers");
  expect(detail).not.toContain("rd=");
});

test("a sign-in page in place of an answer is told as that", async () => {
  await serve((_, response) => html(response, 200));
  const detail = detailOf(await failureOf(gitlab.users.get(1)));
  expect(detail).toContain("a proxy or a sign-in page");
  expect(detail).toContain(server.url);
});

test.each([
  ["GitLab's own", { message: "You cannot perform write operations on a read-only instance" }],
  ["a translated", { message: "Schreiben ist nicht möglich" }],
])("a read-only instance is told as that by %s answer", async (_, body) => {
  await serve((_, response) => json(response, 403, body));
  const create = gitlab.accounts.create({ kind: "group", id: 1 }, { username: "ci", name: "CI" });
  expect(detailOf(await failureOf(create))).toMatch(/the instance is read-only/i);
  expect(server.seen.filter(({ method }) => method === "POST")).toHaveLength(1);
});

test("maintenance is told as that, and a creation is not sent again into it", async () => {
  await serve((_, response) => {
    response.setHeader("retry-after", "1");
    json(response, 503, { message: "GitLab is undergoing maintenance" });
  });
  const create = gitlab.accounts.create({ kind: "group", id: 1 }, { username: "ci", name: "CI" });
  const detail = detailOf(await failureOf(create));
  expect(detail).toContain("during maintenance or an upgrade");
  expect(detail).toContain("Apply again when it is over");
  expect(server.seen.filter(({ method }) => method === "POST")).toHaveLength(1);
});

test("answers without a date leave the server's clock unknown", async () => {
  await serve((_, response) => {
    response.sendDate = false;
    json(response, 200, { id: 1, username: "ci", name: "CI", state: "active" });
  });
  expect(await gitlab.users.get(1)).toMatchObject({ username: "ci" });
  expect(gitlab.client.serverDate).toBeUndefined();
});
