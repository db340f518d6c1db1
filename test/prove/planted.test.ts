import { verdictOf } from "../../src/prove";
import { front, TestedInstance, type Passing } from "./instance";

let instance: TestedInstance;

beforeAll(async () => {
  instance = await TestedInstance.start({ version: "18.11", tier: "premium" }, "owner");
});
afterAll(() => instance.close());

type Body = Record<string, unknown>;

const changeBody = (answer: Passing, change: (body: Body) => unknown) => {
  answer.body = JSON.stringify(change(JSON.parse(answer.body) as Body));
};

/** What an instance does otherwise, and how it is named. */
const PLANTED: readonly [
  what: string,
  request: RegExp,
  alter: (answer: Passing) => void,
  found: object,
][] = [
  [
    "another order of keys",
    /^GET \/api\/v4\/users\/\d+$/,
    (answer) => changeBody(answer, ({ id, ...rest }) => ({ ...rest, id })),
    { where: "/ (order of keys)" },
  ],
  [
    "another status",
    /^GET \/api\/v4\/groups\/\d+\/service_accounts\?per_page=1&page=3$/,
    (answer) => (answer.status = 202),
    { where: "status", recorded: "202" },
  ],
  [
    "another type",
    /^PATCH /,
    (answer) => changeBody(answer, (body) => ({ ...body, ...("id" in body && { id: "7" }) })),
    { where: "/id", recorded: '"7"' },
  ],
  [
    "a missing paging header",
    /service_accounts\?per_page=1&page=2$/,
    (answer) => delete answer.headers["x-total"],
    { where: "X-Total", recorded: "absent" },
  ],
  [
    "another page in Link",
    /service_accounts\?per_page=1&page=2$/,
    (answer) => {
      answer.headers["link"] = String(answer.headers["link"]).replace("page=1", "page=9");
    },
    { where: "Link" },
  ],
  [
    "another error",
    /^POST \/api\/v4\/groups\/\d+\/service_accounts$/,
    (answer) => {
      if (answer.status === 400) answer.body = '{"message":"taken"}';
    },
    { where: "/", recorded: '{"message":"taken"}' },
  ],
  [
    "a further key",
    /^GET \/api\/v4\/version$/,
    (answer) => changeBody(answer, (body) => ({ ...body, colour: "red" })),
    { where: "/colour", answered: "missing" },
  ],
  [
    "an object that is null",
    /^GET \/api\/v4\/metadata$/,
    // Only while it is recorded.
    (answer) => changeBody(answer, (body) => ({ ...body, kas: null })),
    { where: "/kas", recorded: "null" },
  ],
];

test.each(PLANTED)("%s is found and named", async (_, request, alter, found) => {
  const gate = await front(instance.url, {
    alter: (answer) => {
      if (request.test(answer.request)) alter(answer);
    },
  });
  const prover = instance.prover({ baseUrl: gate.url, parts: ["accounts"] });
  try {
    const outcome = await prover.run(await prover.look());
    const differences = outcome.proofs.flatMap(({ replayed }) =>
      replayed.flatMap(({ request: asked, differences }) =>
        differences.map((difference) => ({ request: asked, ...difference })),
      ),
    );
    expect(differences).toContainEqual(expect.objectContaining(found));
    expect(new Set(differences.map(({ where }) => where)).size).toBe(1);
    expect(verdictOf(outcome)).toBe("different");
  } finally {
    await prover.close();
    await gate.close();
  }
});

test("what follows from a difference is not compared, and said so", async () => {
  // As if the instance made an account where the stand-in makes none.
  const gate = await front(instance.url, {
    alter: (answer) => {
      if (answer.request === "GET /api/v4/metadata") {
        answer.body = answer.body.replace("18.11", "17.11");
      }
    },
  });
  const prover = instance.prover({ baseUrl: gate.url, parts: ["owners"] });
  try {
    const outcome = await prover.run(await prover.look());
    const [proof] = outcome.proofs;
    const statuses = proof?.replayed.filter(({ differences }) =>
      differences.some(({ where }) => where === "status"),
    );
    expect(statuses?.[0]?.request).toMatch(/^POST .*\/service_accounts$/);
    expect(proof?.replayed.filter(({ isCompared }) => !isCompared).length).toBeGreaterThan(3);
    expect(outcome.cleaned.left).toEqual([]);
  } finally {
    await prover.close();
    await gate.close();
  }
});
