import type { ServerResponse } from "node:http";
import fc from "fast-check";
import { GitLab, GitLabError } from "../../src/gitlab";
import { GITLAB_RETRIES, retryDelay } from "../../src/http/retry";
import { Transport } from "../../src/gitlab/transport";
import {
  LONGEST_ANSWER,
  LONGEST_BODY,
  LONGEST_REQUEST,
  LONGEST_RUN_WAIT,
  LONGEST_WAIT,
  MOST_ATTEMPTS,
  MOST_PAGES,
  MOST_REFUSALS,
  retryAfterSeconds,
} from "../../src/http";
import { json, scriptedServer, type Script, type ScriptedServer } from "../support/scripted-server";

const TOKEN = "glpat-a-value-that-must-not-appear";
const KEPT = {
  id: 5,
  user_id: 2,
  name: "ci",
  scopes: [],
  revoked: false,
  active: true,
  created_at: "2027-01-01T00:00:00.000Z",
  expires_at: null,
};
const ACCOUNT = { owner: { kind: "group", id: 1 }, userId: 2 } as const;

let server: ScriptedServer;
let gitlab: GitLab;

async function serve(script: Script): Promise<void> {
  server = await scriptedServer(script);
  gitlab = new GitLab({ baseUrl: server.url, token: TOKEN });
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

const page = (response: ServerResponse, next: string | undefined, length = 1) => {
  if (next !== undefined) response.setHeader("x-next-page", next);
  json(
    response,
    200,
    Array.from({ length }, (_, at) => ({ ...KEPT, id: at + 1 })),
  );
};

test.each(["1", "0", "-1", "2.5", "two", "1e3", "99999999999999999999"])(
  "a list whose first page names %j as the next ends there",
  async (next) => {
    await serve((_, response) => page(response, next));
    const failure = await failureOf(gitlab.tokens.listOfAccount(ACCOUNT));
    expect(failure.kind).toBe("beyond_limit");
    expect(server.seen).toHaveLength(1);
  },
);

test("a list without an end is given up", async () => {
  await serve((request, response) => {
    const asked = Number(new URL(request.url, "http://x").searchParams.get("page"));
    page(response, String(asked + 1));
  });
  const failure = await failureOf(gitlab.tokens.listOfAccount(ACCOUNT));
  expect(failure.kind).toBe("beyond_limit");
  expect(failure.message).toContain(`more than ${MOST_PAGES} pages`);
  expect(server.seen).toHaveLength(MOST_PAGES);
}, 60_000);

test("where a proxy strips the header, full pages are followed all the same", async () => {
  await serve((_, response, count) => page(response, undefined, count < 3 ? 100 : 7));
  expect(await gitlab.tokens.listOfAccount(ACCOUNT)).toHaveLength(207);
  expect(server.seen).toHaveLength(3);
});

test("an answer without an end is not read to it", async () => {
  let sent = 0;
  await serve((_, response) => {
    const block = Buffer.alloc(2 ** 20, "x");
    const more = () => {
      while (!response.destroyed && response.write(block)) sent += block.length;
      sent += block.length;
    };
    response.on("drain", more);
    more();
  });
  const failure = await failureOf(gitlab.users.get(1));
  expect(failure.kind).toBe("beyond_limit");
  expect(server.seen).toHaveLength(1);
  expect(sent).toBeLessThan(2 * LONGEST_BODY);
}, 30_000);

test.each([
  "Request blocked: PRIVATE-TOKEN: ",
  '{"message": "blocked\\u001b[2J\\nheader ',
  '{"error_description": "',
  '{"message": {"base": [["',
])("an answer that repeats the request does not show the token: %s", async (before) => {
  await serve((_, response) => {
    response.writeHead(400);
    response.end(before + TOKEN);
  });
  const failure = await failureOf(gitlab.users.get(1));
  expect(JSON.stringify(failure) + failure.stack).not.toContain(TOKEN.slice(0, 14));
});

test("an answer that drips is given up at its deadline, and the connection is closed", async () => {
  const deadline = new AbortController();
  const timeout = jest.spyOn(AbortSignal, "timeout").mockReturnValue(deadline.signal);
  try {
    let closed = false;
    await serve((_, response) => {
      response.on("close", () => (closed = true));
      response.writeHead(200, { "content-type": "application/json" });
      response.write('{"id":');
      setImmediate(() => deadline.abort(new DOMException("over", "TimeoutError")));
    });
    const failure = await failureOf(gitlab.users.get(1));
    expect(timeout).toHaveBeenCalledWith(LONGEST_ANSWER);
    expect(failure.kind).toBe("beyond_limit");
    expect(failure.message).toContain(`no complete response within ${LONGEST_ANSWER / 1000} s`);
    expect(server.seen).toHaveLength(1);
    while (!closed) await new Promise((resolve) => setImmediate(resolve));
  } finally {
    timeout.mockRestore();
  }
});

test("a server that lets everything wait costs a run no more than its limit of waiting", async () => {
  let now = 1_000_000;
  const clock = jest.spyOn(Date, "now").mockImplementation(() => now);
  const transport = new Transport({ baseUrl: "http://unused.example.com", token: TOKEN });
  jest.spyOn(transport, "wait").mockImplementation(async (milliseconds) => {
    transport.limits.waiting(now, (now += milliseconds));
  });
  jest.spyOn(transport, "pause").mockResolvedValue();
  try {
    await serve((_, response) => {
      response.writeHead(429, { "retry-after": "500" });
      response.end("Retry later");
    });
    const patient = new GitLab({ baseUrl: server.url, token: TOKEN }, transport);
    const began = now;
    const failures: GitLabError[] = [];
    for (let id = 0; id < 40; id++) failures.push(await failureOf(patient.users.get(id)));
    expect(now - began).toBeLessThanOrEqual(LONGEST_RUN_WAIT);
    expect(now - began).toBeGreaterThan(LONGEST_RUN_WAIT / 2);
    expect(failures.at(-1)?.message).toContain("this run has waited for the server");
    await patient.close();
  } finally {
    clock.mockRestore();
  }
});

test("a redirect that repeats the request does not show the token", async () => {
  await serve((_, response) => {
    response.writeHead(302, { location: `https://sso.test/${TOKEN}/login?rd=${TOKEN}` });
    response.end();
  });
  const failure = await failureOf(gitlab.users.get(1));
  expect(failure.message).toContain("https://sso.test/");
  expect(failure.message).not.toContain(TOKEN.slice(0, 14));
});

test("words nested without an end are told in bounded length", async () => {
  const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
  await serve((_, response) => {
    response.writeHead(400);
    response.end(`{"message":${deep}}`);
  });
  expect((await failureOf(gitlab.users.get(1))).message.length).toBeLessThan(1000);
});

test("a value that was made is hidden from then on, also when another request repeats it", async () => {
  const made = "glpat-made-by-this-very-run-1234";
  await serve((request, response) =>
    request.method === "POST"
      ? json(response, 201, { ...KEPT, token: made })
      : json(response, 403, { message: `blocked: ${made}` }),
  );
  await gitlab.tokens.create(ACCOUNT, { name: "ci", description: "", scopes: ["api"] });
  expect((await failureOf(gitlab.users.get(1))).message).not.toContain(made.slice(0, 14));
});

test("no answer of any shape is a bug of the client's", async () => {
  let body = "";
  let status = 200;
  await serve((_, response) => response.writeHead(status).end(body));
  const account = { ...ACCOUNT, owner: { kind: "instance" } } as const;
  const address = { container: { kind: "group", id: 1 }, key: "K", environmentScope: "*" } as const;
  const questions: readonly (() => Promise<unknown>)[] = [
    () => gitlab.accounts.list(account.owner),
    () => gitlab.containers.group("a/b"),
    () => gitlab.members.get(address.container, 2),
    () => gitlab.tokens.listOfAccount(ACCOUNT),
    () => gitlab.tokens.self(),
    () => gitlab.users.get(1),
    () => gitlab.variables.get(address),
    () => gitlab.version(),
    () => gitlab.isAdministrator(),
  ];
  const answer = fc.oneof(
    fc.json(),
    fc.string(),
    fc
      .record(Object.fromEntries(Object.keys(KEPT).map((name) => [name, fc.jsonValue()])))
      .map((one) => JSON.stringify([one])),
  );
  await fc.assert(
    fc.asyncProperty(
      answer,
      fc.constantFrom(200, 201, 204, 400, 403, 404, 409, 422),
      async (text, code) => {
        [body, status] = [code === 204 ? "" : text, code];
        for (const ask of questions) {
          const failure: unknown = await ask().then(
            () => undefined,
            (error: unknown) => error,
          );
          if (failure !== undefined) expect(failure).toBeInstanceOf(GitLabError);
        }
      },
    ),
    { numRuns: 60 },
  );
}, 60_000);

const NOW = new Date("2027-01-01T00:00:20.000Z");

test.each([
  ["5", 5],
  ["0", 0],
  ["1.5", 1.5],
  ["-5", undefined],
  ["", undefined],
  ["soon", undefined],
  ["Fri, 01 Jan 2027 00:00:50 GMT", 30],
  ["Fri, 01 Jan 2021 00:00:00 GMT", 0],
  ["99999999999999999999", 1e20],
  ["1e9", undefined],
  ["Infinity", undefined],
  ["0x10", undefined],
])("Retry-After %j is %p seconds", (header, seconds) => {
  expect(retryAfterSeconds(header, NOW)).toBe(seconds);
});

test("whatever a server answers, attempts and waits of one request have an end", () => {
  const outcome = fc.oneof(
    fc.record({
      kind: fc.constant("answer" as const),
      status: fc.constantFrom(429, 500, 502, 503, 504),
      retryAfterSeconds: fc.option(
        fc.oneof(fc.constantFrom(0, 1e9, 1e20), fc.double({ min: 0, max: 700, noNaN: true })),
        { nil: undefined },
      ),
      date: fc.date({ noInvalidDate: true }),
    }),
    fc.constantFrom({ kind: "broken" as const }, { kind: "not_connected" as const }),
  );
  fc.assert(
    fc.property(
      fc.constantFrom("GET", "POST", "DELETE"),
      fc.array(outcome, { minLength: 1, maxLength: 100 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (method, outcomes, random) => {
        let waited = 0;
        let attempts = 0;
        for (; ; attempts++) {
          const now = outcomes[attempts % outcomes.length];
          if (now === undefined) break;
          const question = { method, attempts: attempts + 1, waited, outcome: now, random };
          const delay = retryDelay(GITLAB_RETRIES, question);
          if (delay === undefined) break;
          expect(delay).toBeGreaterThanOrEqual(0);
          waited += delay;
        }
        expect(attempts).toBeLessThanOrEqual(Math.max(MOST_ATTEMPTS, MOST_REFUSALS));
        expect(waited).toBeLessThanOrEqual(LONGEST_WAIT + MOST_ATTEMPTS * 30_000);
      },
    ),
  );
});

test("no attempt begins when a request has taken its time", () => {
  const outcome = { kind: "broken" } as const;
  const question = { method: "GET", attempts: 1, waited: 0, outcome, random: 0 };
  expect(retryDelay(GITLAB_RETRIES, { ...question, elapsed: LONGEST_REQUEST })).toBeUndefined();
  expect(retryDelay(GITLAB_RETRIES, { ...question, elapsed: 0 })).toBeGreaterThan(0);
});

test("no good answer brings a secret of this run into state", async () => {
  const made = "glpat-made-by-this-very-run-5678";
  const user = {
    id: 1,
    username: "ci",
    name: `ci ${TOKEN}`,
    state: "active",
    bio: { text: TOKEN },
  };
  await serve((request, response) => {
    if (request.method === "POST") return json(response, 201, { ...KEPT, token: made });
    if (request.url.includes("/variables")) {
      const place = { key: "K", environment_scope: "*" };
      return json(response, 200, [{ ...place, value: made, description: `it is ${made}` }]);
    }
    if (request.url.includes("_tokens")) {
      return json(response, 200, [{ ...KEPT, description: `was ${made}, is ${made}` }]);
    }
    return json(response, 200, user);
  });
  const { token } = await gitlab.tokens.create(ACCOUNT, {
    name: "ci",
    description: "",
    scopes: [],
  });
  expect(token).toBe(made);
  expect(JSON.stringify(await gitlab.users.get(1))).toContain('"name":"ci [secret]"');
  expect(JSON.stringify(await gitlab.users.get(1))).not.toContain(TOKEN);
  const [listed] = await gitlab.tokens.listOfAccount(ACCOUNT);
  expect(listed?.description).toBe("was [secret], is [secret]");
  const [variable] = (await gitlab.variables.page({ kind: "group", id: 1 }, 1)).items;
  expect(variable).toMatchObject({ value: made, description: "it is [secret]" });
});
