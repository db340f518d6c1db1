import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runGlsa } from "../cli/run-glsa";
import { usePlatform } from "../support/platform";
import { startKiller } from "./killer";

jest.setTimeout(60_000);

const platform = usePlatform();
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "glsa-leak-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

interface Made {
  readonly id: number;
  readonly token: string;
}

/** An account of the group with a token for each name. */
async function bot(...names: string[]): Promise<Made[]> {
  const { gitlab, ids } = platform;
  const accounts = `/groups/${ids.platform}/service_accounts`;
  const { id } = await gitlab.call<{ id: number }>("POST", accounts, { username: "bot" });
  await gitlab.call("POST", `/projects/${ids.charts}/members`, { user_id: id, access_level: 40 });
  const made: Made[] = [];
  for (const name of names) {
    made.push(
      await gitlab.call<Made>("POST", `${accounts}/${id}/personal_access_tokens`, {
        name,
        scopes: ["read_repository"],
      }),
    );
  }
  await gitlab.forgetRequests();
  return made;
}

interface Given {
  readonly input?: string;
  readonly token?: string;
}

async function leak(parameters: readonly string[], { input = "", token }: Given = {}) {
  const job = {
    GITLAB_BASE_URL: platform.gitlab.url,
    ...(token !== undefined && { GITLAB_TOKEN: token }),
  };
  const result = await runGlsa(["leak", ...parameters], { cwd: folder, input, job });
  const written = readdirSync(folder)
    .filter((name) => name.startsWith("glsa-leak-"))
    .map((name) => readFileSync(join(folder, name), "utf8"));
  // Neither the leaked value nor the run's own stands anywhere.
  const all = [result.stdout, result.stderr, ...written].join("\n");
  expect(/glpat-\w/.test(all)).toBe(false);
  return { ...result, record: written.find((text) => text.startsWith("{")) ?? "{}" };
}

const requests = async () =>
  (await platform.gitlab.requests()).requests.map(({ method, path }) => `${method} ${path}`);

test("the value alone says whose it is and what it reaches, revokes it and proves it", async () => {
  const [ci] = await bot("ci");
  const { code, stdout, record } = await leak(["--yes"], { input: `${ci?.token}\n` });
  expect(stdout).toContain(`token ${ci?.id} "ci"`);
  expect(stdout).toContain("Scopes: read_repository");
  expect(stdout).toContain("project platform/charts (maintainer)");
  expect(stdout).toContain("Proof: the value was tried, and GitLab returns 401");
  expect(code).toBe(0);
  expect(await platform.gitlab.whoIs(ci?.token ?? "")).toBeUndefined();
  expect(JSON.parse(record)).toMatchObject({
    tokens: [{ tokenId: ci?.id, revocation: "revoked", proof: "value refused", is_over: true }],
  });
  expect((await requests()).length).toBeLessThanOrEqual(15);
});

test("a dry run, and one that nobody confirmed, write nothing", async () => {
  const [ci] = await bot("ci");
  expect(await leak(["--dry-run"], { input: ci?.token })).toMatchObject({ code: 2 });
  const unasked = await leak([], { input: ci?.token });
  expect(unasked.code).toBe(1);
  expect(unasked.stderr).toContain("[unconfirmed]");
  expect(await platform.gitlab.writes()).toEqual([]);
});

test("by its number, with a token of an administrator, and every other token of the account", async () => {
  const [ci, deploy] = await bot("ci", "deploy");
  const { token } = platform.gitlab;
  const { code, stdout } = await leak(["--token-id", String(ci?.id), "--account", "--yes"], {
    token,
  });
  expect(stdout).toContain(`Other live tokens of the account: ${deploy?.id} (deploy)`);
  expect(stdout).toContain("Proof: GitLab shows it as not active");
  expect(code).toBe(0);
  const { gitlab } = platform;
  for (const each of [ci, deploy]) expect(await gitlab.whoIs(each?.token ?? "")).toBeUndefined();
});

test("a number that nobody may see is not said to be over", async () => {
  const [ci, other] = await bot("ci", "other");
  const { code, stdout } = await leak(["--token-id", String(ci?.id), "--yes"], {
    token: other?.token,
  });
  expect([code, stdout]).toEqual([1, expect.stringContaining("NOT OVER")]);
});

test("many values of a scanner's report, one of them dead", async () => {
  const [ci, deploy] = await bot("ci", "deploy");
  await platform.gitlab.call("DELETE", `/personal_access_tokens/${deploy?.id}`);
  writeFileSync(
    join(folder, "gitleaks.json"),
    JSON.stringify(
      [ci, deploy].map((each) => ({
        RuleID: "gitlab-pat",
        Secret: each?.token,
        File: "a",
        StartLine: 1,
      })),
    ),
  );
  const { code, record } = await leak(["--report", "gitleaks.json", "--yes"]);
  expect(code).toBe(0);
  expect(JSON.parse(record)).toMatchObject({
    tokens: [
      { revocation: "revoked", foundAt: ["a:1"] },
      { revocation: "dead", proof: "value refused" },
    ],
  });
});

test("the run's own token is revoked by itself, and never with an apply behind it", async () => {
  const [own] = await bot("own");
  const given = { input: own?.token, token: own?.token };
  writeFileSync(join(folder, "main.tf"), "");
  const refused = await leak(["--folder", ".", "--yes"], given);
  expect(refused.stderr).toContain("[own-token-leaked]");
  expect(await leak(["--yes"], given)).toMatchObject({ code: 0 });
});

test("killed at each request, the next run ends what it began", async () => {
  const made = await bot("a", "b", "c", "d", "e", "f");
  for (const [at, { token }] of made.entries()) {
    const { gitlab } = platform;
    await killedAt(at + 1, token);
    const { code, stdout } = await leak(["--yes"], { input: token, token: gitlab.token });
    expect([code, stdout]).toEqual([0, expect.stringContaining("Over: ")]);
    expect(await gitlab.whoIs(token)).toBeUndefined();
  }
});

/** Runs it behind a server that ends the run instead of passing on its n-th request. */
async function killedAt(count: number, value: string): Promise<void> {
  const killer = await startKiller(platform.gitlab.url, count);
  try {
    await killer.run(["leak", "--yes"], {
      cwd: folder,
      input: value,
      env: { GITLAB_BASE_URL: killer.url, GITLAB_TOKEN: platform.gitlab.token },
    });
  } finally {
    await killer.close();
  }
}
