import { place } from "../../src/destinations/github-secret/implementation";
import { githubSecret } from "../../src/destinations/github-secret/record";
import { TestGitHub } from "../support/clouds/github";
import { deliveredBy, FIRST, newValue, settingsOf } from "./conformance/under-test";

/* What only this kind does; what all do is in the conformance suite. */

const before = { ...process.env };
let github: TestGitHub;

beforeAll(async () => {
  github = await TestGitHub.start();
});
beforeEach(() => {
  delete process.env["GH_TOKEN"];
  process.env["GITHUB_TOKEN"] = github.token;
});
afterEach(() => {
  process.env = { ...before };
});
afterAll(() => github.close());

const secret = (written: object) =>
  place(settingsOf(githubSecret, { name: "TOKEN", base_url: github.url, ...written }));

test.each([
  [{ repository: "octo-org/charts" }, "/repos/octo-org/charts/actions/secrets/TOKEN"],
  [
    { repository: "octo-org/charts", app: "dependabot" },
    "/repos/octo-org/charts/dependabot/secrets/TOKEN",
  ],
  [
    { repository: "octo-org/charts", app: "codespaces" },
    "/repos/octo-org/charts/codespaces/secrets/TOKEN",
  ],
  [
    { repository: "octo-org/charts", environment: "prod/eu" },
    "/repos/octo-org/charts/environments/prod%2Feu/secrets/TOKEN",
  ],
  [{ organization: "octo-org" }, "/orgs/octo-org/actions/secrets/TOKEN"],
])("%j is delivered to %s, noted beside it, and taken away with its note", async (where, path) => {
  const value = newValue();
  await secret(where).check(FIRST);
  await secret(where).deliver(value);
  expect(github.secrets.get(path)?.value).toBe(value.value);
  if ("organization" in where) expect(github.secrets.get(path)?.visibility).toBe("private");
  expect([...github.variables.values()].join()).not.toContain(value.value);
  expect(await secret(where).observe(deliveredBy(value))).toEqual({ kind: "unchanged" });
  await secret(where).remove(deliveredBy(value));
  expect([github.secrets.has(path), github.variables.size]).toEqual([false, 0]);
});

test("a GitHub App logs in by its key", async () => {
  delete process.env["GITHUB_TOKEN"];
  Object.assign(process.env, github.appEnvironment);
  const value = newValue();
  const place = secret({ repository: "octo-org/charts" });
  await place.check(FIRST);
  await place.deliver(value);
  const logins = github.requests.filter((request) => request.includes("access_tokens"));
  expect(logins).toHaveLength(1);
  await place.remove(deliveredBy(value));
});

test("a repository that the login does not see is refused in the plan", async () => {
  const check = secret({ repository: "octo-org/hidden" }).foresee!(FIRST);
  await expect(check).rejects.toThrow("GitHub does not show this place to the login");
});

test("a plan writes nothing", async () => {
  const from = github.requests.length;
  await secret({ repository: "octo-org/charts", name: "PLANNED" }).foresee!(FIRST);
  expect(github.requests.slice(from).filter((request) => !request.startsWith("GET"))).toEqual([]);
});
