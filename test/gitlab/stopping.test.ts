import { GitLab, GitLabError } from "../../src/gitlab";
import { json, scriptedServer, type Script, type ScriptedServer } from "../support/scripted-server";

const TOKEN = "glpat-a-value-that-must-not-appear";
const USER = { id: 1, username: "one", name: "One", state: "active" };

let server: ScriptedServer;
let gitlab: GitLab;

async function serve(script: Script, settings = {}): Promise<void> {
  server = await scriptedServer(script);
  gitlab = new GitLab({ baseUrl: server.url, token: TOKEN, ...settings });
}

afterEach(async () => {
  await gitlab.close();
  await server.close();
});

const refuseFirst =
  (seconds: number): Script =>
  (_, response, count) => {
    if (count > 1) return json(response, 200, USER);
    response.writeHead(429, { "retry-after": String(seconds) });
    response.end("Retry later");
  };

const kindOf = (work: Promise<unknown>) =>
  work.then(
    () => "answered",
    (error: unknown) => (error instanceof GitLabError ? error.kind : String(error)),
  );

const moment = (milliseconds: number) =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

async function untilSeen(count: number): Promise<void> {
  while (server.seen.length < count) await moment(5);
}

test("nothing that a limiter holds back is sent after the stop, whatever token asks", async () => {
  await serve(refuseFirst(1));
  const paused = [gitlab.users.get(1)];
  await untilSeen(1);
  await moment(50);
  paused.push(gitlab.users.get(2), gitlab.withToken("glpat-another-value-of-it").users.get(3));
  const ends = paused.map(kindOf);
  await moment(50);
  gitlab.client.stop();
  expect(await Promise.all(ends)).toEqual(["stopped", "stopped", "stopped"]);
  expect(await kindOf(gitlab.users.get(4))).toBe("stopped");
  expect(await kindOf(gitlab.withToken("glpat-another-value-of-it").users.get(5))).toBe("stopped");
  await moment(2200);
  expect(server.seen).toHaveLength(1);
});

test("what waits for its turn is not sent after the stop, and what is under way gets its answer", async () => {
  let answer: () => void = () => undefined;
  await serve((_, response) => (answer = () => json(response, 200, USER)), {
    maxConcurrency: 1,
  });
  const first = kindOf(gitlab.users.get(1));
  const others = [2, 3, 4].map((id) => kindOf(gitlab.users.get(id)));
  await untilSeen(1);
  gitlab.client.stop();
  expect(await Promise.all(others)).toEqual(["stopped", "stopped", "stopped"]);
  answer();
  expect(await first).toBe("answered");
  await moment(100);
  expect(server.seen).toHaveLength(1);
});

test("what a budget per minute holds back is not sent after the stop, and ends at once", async () => {
  await serve((_, response) => json(response, 200, USER), { maxRequestsPerMinute: 2 });
  const ends = [1, 2, 3, 4].map((id) => kindOf(gitlab.users.get(id)));
  await untilSeen(2);
  await moment(50);
  gitlab.client.stop();
  expect(await Promise.all(ends)).toEqual(["answered", "answered", "stopped", "stopped"]);
  expect(server.seen).toHaveLength(2);
});

test("work that ends what was begun goes on after the stop, but does not wait", async () => {
  await serve((request, response) =>
    request.url.endsWith("/2") ? refuseFirst(5)(request, response, 1) : json(response, 200, USER),
  );
  const finished = await gitlab.finish(async () => {
    const before = await kindOf(gitlab.users.get(1));
    gitlab.client.stop();
    const after = await kindOf(gitlab.withToken("glpat-another-value-of-it").users.get(3));
    const refused = await kindOf(gitlab.users.get(2));
    return [before, after, refused];
  });
  expect(finished).toEqual(["answered", "answered", "stopped"]);
  expect(await kindOf(gitlab.users.get(1))).toBe("stopped");
});

test("a new token is tried over the same connections", async () => {
  const ports = new Set<number | undefined>();
  await serve((_, response) => {
    ports.add(response.socket?.remotePort);
    json(response, 200, USER);
  });
  await gitlab.users.get(1);
  for (let count = 0; count < 5; count++) {
    await gitlab.withToken(`glpat-number-${count}-of-some`).users.get(1);
  }
  expect(ports.size).toBeLessThanOrEqual(2);
});
