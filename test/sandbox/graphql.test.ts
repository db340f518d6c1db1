import { TestInstance } from "./client";

let gitlab: TestInstance;
let account: number;
let group: number;
let project: number;

beforeAll(async () => {
  gitlab = await TestInstance.start({ now: "2026-06-01T12:00:00Z" });
});
afterAll(() => TestInstance.closeAll());
beforeEach(async () => {
  await gitlab.control("POST", "reset");
  group = await gitlab.group("platform");
  project = await gitlab.project("site", group);
  account = await gitlab.account("", { username: "deployer" });
  const membership = { user_id: account, access_level: 30, expires_at: "2026-12-01" };
  await gitlab.get("POST", `/groups/${group}/members`, membership);
  await gitlab.get("POST", `/projects/${project}/members`, { user_id: account, access_level: 40 });
});

interface GraphqlAnswer {
  readonly data?: Record<string, unknown>;
  readonly errors?: readonly Record<string, unknown>[];
}

async function query(
  text: string,
  variables: object = {},
  token: string | undefined = gitlab.root,
): Promise<{ status: number; body: GraphqlAnswer }> {
  const response = await fetch(`${gitlab.url}/api/graphql`, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      ...(token === "" ? {} : { Authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query: text, variables }),
  });
  return { status: response.status, body: (await response.json()) as GraphqlAnswer };
}

const memberships = `
  query memberships($ids: [ID!], $names: [String!], $first: Int, $after: String) {
    users(ids: $ids, usernames: $names, first: $first, after: $after) {
      nodes {
        id
        username
        groupMemberships { nodes { ...role expiresAt group { id fullPath } } }
        projectMemberships { nodes { ...role project { fullPath } } }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
  fragment role on MemberInterface { accessLevel { integerValue stringValue } }
`;

describe("users and their memberships", () => {
  const expected = () => ({
    id: `gid://gitlab/User/${account}`,
    username: "deployer",
    groupMemberships: {
      nodes: [
        {
          accessLevel: { integerValue: 30, stringValue: "DEVELOPER" },
          expiresAt: "2026-12-01T00:00:00Z",
          group: { id: `gid://gitlab/Group/${group}`, fullPath: "platform" },
        },
      ],
    },
    projectMemberships: {
      nodes: [
        {
          accessLevel: { integerValue: 40, stringValue: "MAINTAINER" },
          project: { fullPath: "platform/site" },
        },
      ],
    },
  });

  test("come in one query, by id or by name", async () => {
    for (const variables of [{ ids: [`gid://gitlab/User/${account}`] }, { names: ["Deployer"] }]) {
      const { status, body } = await query(memberships, variables);
      expect(status).toBe(200);
      expect(body).toEqual({
        data: {
          users: {
            nodes: [expected()],
            pageInfo: { hasNextPage: false, endCursor: expect.any(String) as string },
          },
        },
      });
    }
  });

  test("come page by page, each user once, the newest first", async () => {
    for (let number = 1; number <= 4; number++)
      await gitlab.account("", { username: `b${number}` });
    const names: string[] = [];
    let after: string | undefined;
    do {
      const { body } = await query(memberships, { first: 2, after });
      const { nodes, pageInfo } = body.data?.["users"] as {
        nodes: { username: string }[];
        pageInfo: { hasNextPage: boolean; endCursor: string };
      };
      names.push(...nodes.map(({ username }) => username));
      after = pageInfo.hasNextPage ? pageInfo.endCursor : undefined;
    } while (after !== undefined);
    expect(names).toEqual(["b4", "b3", "b2", "b1", "deployer", "root"]);
  });

  test("are shown only as far as the caller may see the groups and projects", async () => {
    const { token } = await gitlab.human("stranger");
    const { body } = await query(memberships, { names: ["deployer"] }, token);
    expect(body.data).toMatchObject({
      users: {
        nodes: [
          {
            username: "deployer",
            groupMemberships: { nodes: [] },
            projectMemberships: { nodes: [] },
          },
        ],
      },
    });
  });
});

describe("the caller", () => {
  test("is the token's user, also with read_api, and nobody without a token", async () => {
    const { token } = await gitlab.userToken(account, { scopes: ["read_api"] });
    const text = "{ currentUser { username __typename } }";
    expect((await query(text, {}, token)).body).toEqual({
      data: { currentUser: { username: "deployer", __typename: "CurrentUser" } },
    });
    expect((await query(text, {}, "")).body).toEqual({ data: { currentUser: null } });
  });

  test("with a token that opens nothing is refused in GraphQL's form", async () => {
    const { token } = await gitlab.userToken(account, { scopes: ["read_user"] });
    for (const useless of [token, "glpat-unknown"]) {
      expect(await query("{ currentUser { id } }", {}, useless)).toEqual({
        status: 401,
        body: { errors: [{ message: "Invalid token" }] },
      });
    }
  });

  test("may not list users without a token", async () => {
    const { body } = await query("{ users { nodes { id } } }", {}, "");
    expect(body).toMatchObject({ data: { users: null }, errors: [{ path: ["users"] }] });
  });
});

describe("what is wrong with a query", () => {
  test.each([
    ["{ nothing }", "Field 'nothing' doesn't exist on type 'Query'"],
    [
      "{ users }",
      "Field must have selections (field 'users' returns UserCoreConnection but has no selections. Did you mean 'users { ... }'?)",
    ],
    [
      "{ currentUser { id { x } } }",
      `Selections can't be made on scalars (field 'id' returns UserID but has selections ["x"])`,
    ],
    ["{ users(page: 1) { nodes { id } } }", "Field 'users' doesn't accept argument 'page'"],
    [
      `{ users(first: "1") { nodes { id } } }`,
      `Argument 'first' on Field 'users' has an invalid value ("1"). Expected type 'Int'.`,
    ],
    [
      "{ users(first: $n) { nodes { id } } }",
      "Variable $n is used by anonymous query but not declared",
    ],
    [
      "query q($n: String) { users(first: $n) { nodes { id } } }",
      "Type mismatch on variable $n and argument first (String / Int)",
    ],
    [
      "query q($n: Int!) { users(first: $n) { nodes { id } } }",
      "Variable $n of type Int! was provided invalid value",
    ],
    ["{ ...a }", "Fragment a was used, but not defined"],
    ["{ ...a } fragment a on Query { ...a }", "Fragment a contains an infinite loop"],
    ["{ users(", "Unexpected end of document"],
    [
      "{ users } }",
      'Expected one of SCHEMA, QUERY, MUTATION, FRAGMENT, actual: RCURLY ("}") at [1, 11]',
    ],
    ["", "Unexpected end of document"],
  ])("%s is told with 200 and without data", async (text, message) => {
    const { status, body } = await query(text);
    expect(status).toBe(200);
    expect(body.errors?.[0]).toMatchObject({ message });
    expect(body).not.toHaveProperty("data");
  });

  test("a failing field is null, and says why", async () => {
    const text = `{ users(ids: ["5"]) { nodes { id } } }`;
    expect((await query(text)).body).toEqual({
      data: { users: null },
      errors: [
        {
          message: "5 is not a valid GitLab ID.",
          locations: [{ line: 1, column: 3 }],
          path: ["users"],
        },
      ],
    });
  });

  test("a query that costs too much is not run", async () => {
    const deep = "groupMemberships { nodes { user { username } } }";
    const wide = Array.from({ length: 40 }, (_, index) => `a${index}: ${deep}`).join(" ");
    const { body } = await query(`{ users { nodes { ${wide} } } }`);
    expect(body).toEqual({
      errors: [{ message: "Query has complexity of 326, which exceeds max complexity of 250" }],
    });
  });

  test("fragments that multiply without end are refused at once", async () => {
    const names = Array.from({ length: 60 }, (_, index) => `f${index}`);
    const fragments = names.map((name, index) => {
      const next = names[index + 1];
      const content = next === undefined ? "id @skip(if: true)" : `...${next} ...${next}`;
      return `fragment ${name} on CurrentUser { ${content} }`;
    });
    const { body } = await query(`{ currentUser { ...f0 } } ${fragments.join(" ")}`);
    expect(body.errors?.[0]?.["message"]).toMatch(/^Query has complexity of/);
  });

  test("a query of more than 10,000 characters answers 422", async () => {
    expect(await query(`{ currentUser { id } } #${"x".repeat(10_000)}`)).toEqual({
      status: 422,
      body: { errors: [{ message: "Query too large" }] },
    });
  });
});
