import { TestInstance } from "./client";

let gitlab: TestInstance;

beforeAll(async () => {
  gitlab = await TestInstance.start();
});
afterAll(() => TestInstance.closeAll());
beforeEach(() => gitlab.control("POST", "reset"));

async function accounts(count: number): Promise<void> {
  for (let number = 1; number <= count; number++) {
    await gitlab.account("", { username: `bot-${String(number).padStart(2, "0")}` });
  }
}

describe("paging by number", () => {
  test("tells page, totals and neighbours, and links with all declared parameters", async () => {
    await accounts(5);
    const { headers, body } = await gitlab.ask("GET", "/service_accounts?per_page=2&page=2");
    expect(body).toHaveLength(2);
    expect(Object.fromEntries(headers)).toMatchObject({
      "x-page": "2",
      "x-per-page": "2",
      "x-next-page": "3",
      "x-prev-page": "1",
      "x-total": "5",
      "x-total-pages": "3",
    });
    const link = headers.get("link") ?? "";
    expect([...link.matchAll(/rel="(\w+)"/g)].map((match) => match[1])).toEqual([
      "prev",
      "next",
      "first",
      "last",
    ]);
    expect(link).toContain(
      `<${gitlab.url}/api/v4/service_accounts?order_by=id&page=3&per_page=2&sort=desc>; rel="next"`,
    );
  });

  test("has one page although there is nothing, and empty neighbours at the ends", async () => {
    const { headers } = await gitlab.ask("GET", "/service_accounts");
    expect(headers.get("x-total")).toBe("0");
    expect(headers.get("x-total-pages")).toBe("1");
    expect(headers.get("x-next-page")).toBe("");
  });

  test("clamps large pages, ignores negative ones and refuses empty ones", async () => {
    const list = (query: string) => gitlab.ask("GET", `/service_accounts?${query}`);
    expect((await list("per_page=500")).headers.get("x-per-page")).toBe("100");
    expect((await list("per_page=-5")).headers.get("x-per-page")).toBe("20");
    expect(await list("per_page=0")).toMatchObject({
      status: 400,
      body: { error: "per_page has a value not allowed" },
    });
  });

  test("stops at the largest offset, and names the way out", async () => {
    const answer = await gitlab.ask("GET", "/service_accounts?per_page=100&page=501");
    expect(answer).toMatchObject({
      status: 405,
      body: {
        error:
          "Offset pagination has a maximum allowed offset of 50000 for requests that return objects of type User. Remaining records can be retrieved using keyset pagination.",
      },
    });
  });
});

describe("paging by keyset", () => {
  test.each([
    ["id", "desc"],
    ["id", "asc"],
    ["username", "desc"],
    ["username", "asc"],
  ])("by %s %s meets every account once, and back again", async (order, sort) => {
    await accounts(7);
    const query = `pagination=keyset&per_page=3&order_by=${order}&sort=${sort}`;
    const seen: string[][] = [];
    let answer = await gitlab.ask("GET", `/service_accounts?${query}`);
    const names = () => (answer.body as { username: string }[]).map(({ username }) => username);
    seen.push(names());
    while (answer.headers.get("x-next-cursor") !== null) {
      const next = /<([^>]+)>; rel="next"/.exec(answer.headers.get("link") ?? "")?.[1] ?? "";
      answer = await gitlab.ask("GET", next.slice(`${gitlab.url}/api/v4`.length));
      seen.push(names());
    }
    expect(seen.map((page) => page.length)).toEqual([3, 3, 1]);
    expect(new Set(seen.flat()).size).toBe(7);
    expect(answer.headers.has("x-total")).toBe(false);
    const back = answer.headers.get("x-prev-cursor") ?? "";
    answer = await gitlab.ask("GET", `/service_accounts?${query}&cursor=${back}`);
    expect(names()).toEqual(seen[1]);
  });

  test("goes on after an account that has gone meanwhile", async () => {
    await accounts(4);
    const path = "/service_accounts?pagination=keyset&per_page=2&sort=asc";
    const first = await gitlab.ask("GET", path);
    const last = (first.body as { id: number }[])[1]?.id ?? 0;
    await gitlab.ask("DELETE", `/users/${last}`);
    await gitlab.control("POST", "purge");
    const cursor = first.headers.get("x-next-cursor") ?? "";
    const second = await gitlab.get<{ id: number }[]>("GET", `${path}&cursor=${cursor}`);
    expect(second.map(({ id }) => id)).toEqual([last + 1, last + 2]);
  });

  test("sends no paging headers when one page is enough, and refuses a foreign cursor", async () => {
    const path = "/service_accounts?pagination=keyset";
    expect((await gitlab.ask("GET", path)).headers.has("link")).toBe(false);
    expect((await gitlab.ask("GET", `${path}&cursor=nonsense`)).status).toBe(400);
  });
});

test("an unchanged answer is not sent again", async () => {
  const etag = (await gitlab.ask("GET", "/version")).headers.get("etag") ?? "";
  const again = await fetch(`${gitlab.url}/api/v4/version`, {
    headers: { "PRIVATE-TOKEN": gitlab.root, "If-None-Match": etag },
  });
  expect(again.status).toBe(304);
});

test("a deletion on the strength of an older version is refused with 412", async () => {
  const id = await gitlab.account("");
  const answer = await fetch(`${gitlab.url}/api/v4/users/${id}`, {
    method: "DELETE",
    headers: {
      "PRIVATE-TOKEN": gitlab.root,
      "If-Unmodified-Since": "Mon, 01 Jan 2001 00:00:00 GMT",
    },
  });
  expect(answer.status).toBe(412);
});
