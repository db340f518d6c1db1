import { raiseAlarm } from "../../src/night";
import { json, scriptedServer, type ScriptedServer } from "../support/scripted-server";

const BOT = 41_898_282;

interface Issue {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly user: { readonly id: number };
}

let github: ScriptedServer;
let issues: Issue[];
let comments: string[];

beforeEach(async () => {
  [issues, comments] = [[], []];
  github = await scriptedServer((request, response) => {
    if (request.url === "/graphql") {
      return json(response, 200, { data: { viewer: { databaseId: BOT } } });
    }
    if (request.method === "GET") return json(response, 200, issues);
    const sent = JSON.parse(request.body) as Issue;
    if (request.url.endsWith("/comments")) {
      comments.push(sent.body);
      return json(response, 201, { id: 1 });
    }
    const issue = { ...sent, number: issues.length + 1, user: { id: BOT } };
    issues.push(issue);
    return json(response, 201, issue);
  });
});
afterEach(() => github.close());

const alarm = (name: string) =>
  raiseAlarm(
    {
      name,
      night: {
        end: "failed",
        failure: null,
        left: [
          {
            address: "glsa_access_token.ci",
            account: "bot",
            object: 'token "ci"',
            reason: "edited",
            others: [],
          },
        ],
      },
    },
    {
      GITHUB_REPOSITORY: "platform/accounts",
      GITHUB_API_URL: github.url,
      GITHUB_GRAPHQL_URL: `${github.url}/graphql`,
      GITHUB_TOKEN: "ghs_secret",
      GITHUB_SERVER_URL: "https://github.example.com",
      GITHUB_RUN_ID: "7",
    },
  );

test("on GitHub one issue for each name is opened, and further nights add comments to it", async () => {
  expect(await alarm("platform")).toEqual({
    label: "issue #1 of platform/accounts",
    done: "opened",
  });
  expect(await alarm("platform")).toMatchObject({ done: "noted" });
  expect(await alarm("apps")).toMatchObject({ label: "issue #2 of platform/accounts" });
  expect(issues.map(({ title }) => title)).toEqual([
    "The tokens of platform could not be rotated",
    "The tokens of apps could not be rotated",
  ]);
  expect(comments).toEqual([
    expect.stringContaining("https://github.example.com/platform/accounts/actions/runs/7"),
  ]);
  expect(comments[0]).toContain("edited");
});

test("an issue of somebody else that copies the mark is left alone", async () => {
  await alarm("platform");
  issues = issues.map((issue) => ({ ...issue, user: { id: 1 } }));
  expect(await alarm("platform")).toMatchObject({ done: "opened" });
  expect(comments).toEqual([]);
});

test("outside of a pipeline it says where it works", async () => {
  await expect(raiseAlarm({ name: "x", night: undefined }, {})).rejects.toThrow(
    "[alarm-not-raised]",
  );
});
