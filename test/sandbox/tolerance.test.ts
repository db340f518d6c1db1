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

describe("a boolean", () => {
  const variable = (masked: unknown) =>
    gitlab.ask("POST", `/groups/${group}/variables`, { key: "KEY", value: "12345678", masked });

  test.each([true, 1, "1", "on", "On", "ON", "t", "T", "true", "True", "TRUE", "y", "Y", "Yes"])(
    "may be %j for yes",
    async (word) => {
      expect(await variable(word)).toMatchObject({ status: 201, body: { masked: true } });
    },
  );

  test.each([false, 0, "0", "off", "Off", "OFF", "f", "F", "False", "FALSE", "n", "N", "No", "NO"])(
    "may be %j for no",
    async (word) => {
      expect(await variable(word)).toMatchObject({ status: 201, body: { masked: false } });
    },
  );

  test.each(["yEs", "tRUE", "2", "-1", [], {}])("is never %j", async (word) => {
    expect(await variable(word)).toMatchObject({
      status: 400,
      body: { error: "masked is invalid" },
    });
  });
});

describe("a date", () => {
  const expiryOf = async (expires_at: unknown) => {
    const body = { name: "t", scopes: ["api"], expires_at };
    const answer = await gitlab.ask("POST", "/users/1/personal_access_tokens", body);
    return answer.status === 201 ? (answer.body as Token).expires_at : answer.body;
  };

  test.each([
    ...["2027-01-05", "2027/01/05", "20270105", "2027-1-5", "5 Jan 2027", "January 5th, 2027"],
    ...["05.01.2027", "5/1/2027", "2027-005", "2027-W01-2", "Tue, 05 Jan 2027 10:00:00 +0100"],
    ...["2027-01-05T23:59:59-10:00", "2027-01-05 10:00", "20270105T101112Z"],
  ])("may be written as %s", async (text) => {
    expect(await expiryOf(text)).toBe("2027-01-05");
  });

  test.each(["soon", "2027-02-30", "2027-13-01", "12", 20270105, ["2027-01-05"], "1".repeat(200)])(
    "is refused as %j",
    async (text) => {
      expect(await expiryOf(text)).toEqual({ error: "expires_at is invalid" });
    },
  );

  test("with a time keeps its zone where an instant is meant", async () => {
    const names = async (bound: string) => {
      const query = new URLSearchParams({ created_after: bound });
      return (await gitlab.get<Token[]>("GET", `/personal_access_tokens?${query}`)).length;
    };
    expect(await names("2026-06-01T13:59:00+02:00")).toBe(1);
    expect(await names("2026/06/01 13:59:00 +0100")).toBe(0);
  });
});

describe("a number", () => {
  test.each([
    ["2", "2"],
    [" +2", "2"],
    ["1_0", "10"],
  ])("%j is read as %s", async (text, size) => {
    const query = new URLSearchParams({ per_page: text });
    const { headers } = await gitlab.ask("GET", `/users?${query}`);
    expect(headers.get("x-per-page")).toBe(size);
  });

  test("of JSON loses its fraction", async () => {
    const account = await gitlab.account("");
    const body = { user_id: account, access_level: 30.9 };
    expect(await gitlab.ask("POST", `/groups/${group}/members`, body)).toMatchObject({
      status: 201,
      body: { access_level: 30 },
    });
  });
});

test.each([
  ...["id", "name", "path", "created_at", "updated_at", "last_activity_at", "similarity"],
  ...["star_count", "storage_size", "repository_size", "wiki_size", "packages_size"],
])("projects can be ordered by %s", async (order) => {
  await gitlab.project("p", group);
  for (const list of ["/projects", `/groups/${group}/projects`]) {
    expect(await gitlab.get("GET", `${list}?order_by=${order}&search=p`)).toHaveLength(1);
  }
});

describe("a token in the query", () => {
  test.each(["private_token", "access_token", "bearer_token"])(
    "counts as %s, and is kept out of the log",
    async (name) => {
      const path = `/api/v4/user?${name}=${gitlab.root}&page=1`;
      expect((await fetch(gitlab.url + path)).status).toBe(200);
      const other = `/api/v4/user?${name.replace("_", "%5F")}%5Bx%5D=${gitlab.root}`;
      expect((await fetch(gitlab.url + other)).status).toBe(401);
      const log = JSON.stringify((await gitlab.control("GET", "requests")).body);
      expect(log).toContain("page=1");
      expect(log).not.toContain(gitlab.root);
    },
  );
});

describe("GraphQL", () => {
  const me = "{ currentUser { username } }";
  const headers = { "PRIVATE-TOKEN": "", "Content-Type": "application/json" };
  beforeEach(() => {
    headers["PRIVATE-TOKEN"] = gitlab.root;
  });

  test("is asked with GET too", async () => {
    const url = `${gitlab.url}/api/graphql?${new URLSearchParams({ query: me })}`;
    const response = await fetch(url, { headers });
    expect(await response.json()).toEqual({ data: { currentUser: { username: "root" } } });
  });

  test("answers several queries in one request, in their order", async () => {
    const body = JSON.stringify([{ query: me }, { query: "{ nothing }" }, { query: me }]);
    const response = await fetch(`${gitlab.url}/api/graphql`, { method: "POST", headers, body });
    const answers = (await response.json()) as object[];
    expect(answers.map((answer) => Object.keys(answer))).toEqual([["data"], ["errors"], ["data"]]);
  });

  test("counts the size of all queries together", async () => {
    const long = { query: `${me} #${"x".repeat(6_000)}` };
    const body = JSON.stringify([long, long]);
    const response = await fetch(`${gitlab.url}/api/graphql`, { method: "POST", headers, body });
    expect(response.status).toBe(422);
  });
});

describe("a page from elsewhere", () => {
  const origin = { Origin: "https://dashboard.example" };

  test("is told beforehand that it may send what it wants", async () => {
    const response = await fetch(`${gitlab.url}/api/v4/groups`, {
      method: "OPTIONS",
      headers: {
        ...origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "private-token,content-type",
      },
    });
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "access-control-allow-origin": "*",
      "access-control-allow-methods": expect.stringContaining("PATCH") as string,
      "access-control-allow-headers": "private-token,content-type",
    });
  });

  test("may read the answer and its paging headers", async () => {
    const headers = { ...origin, "PRIVATE-TOKEN": gitlab.root };
    const response = await fetch(`${gitlab.url}/api/v4/groups`, { headers });
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
    expect(response.headers.get("access-control-expose-headers")).toContain("X-Next-Page");
    const own = await gitlab.ask("GET", "/groups");
    expect(own.headers.has("access-control-allow-origin")).toBe(false);
  });
});
