import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { useSandbox } from "../../src/sandbox";

const gitlab = useSandbox({ now: "2026-06-01T12:00:00Z" });
const program = join(__dirname, "../../node_modules/@gitbeaker/cli/dist/index.mjs");

/** Runs a command of the program, which prints what the server answers. */
async function gitbeaker(token: string, ...args: string[]): Promise<unknown> {
  const env = { ...process.env, GITBEAKER_HOST: gitlab.url, GITBEAKER_TOKEN: token };
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...args], { env });
  return stdout.trim() === "" ? undefined : (JSON.parse(stdout) as unknown);
}

interface Made {
  readonly id: number;
  readonly token: string;
}

test("gitbeaker's command line takes an account through its life", async () => {
  const run = (...args: string[]) => gitbeaker(gitlab.token, ...args) as Promise<Made>;
  const accounts = "group-service-accounts";
  await run("groups", "create", "--name=platform", "--path=platform");
  const { id } = await run(accounts, "create", "platform");
  const tokens = "personal-access-tokens";
  const made = await run(tokens, "create", `${id}`, "deploy", "api", "--expires-at=2026-09-01");
  expect(made).toMatchObject({ user_id: id, scopes: ["api"], expires_at: "2026-09-01" });
  expect(await gitbeaker(made.token, "users", "show-current-user")).toMatchObject({ id });

  const ids = ["platform", `${id}`, `${made.id}`];
  const rotated = await run(accounts, "rotate-personal-access-token", ...ids);
  expect(rotated).toMatchObject({ name: "deploy", active: true });
  await expect(gitbeaker(made.token, "users", "show-current-user")).rejects.toThrow();
  expect(gitlab.control.requests().requests.at(-1)).toMatchObject({
    path: "/api/v4/user",
    status: 401,
  });
  expect(await gitbeaker(rotated.token, "users", "show-current-user")).toMatchObject({ id });

  await run(tokens, "remove", "--token-id", `${rotated.id}`);
  expect(gitlab.control.requests().counts).toMatchObject({
    "POST /groups/:id/service_accounts/:user_id/personal_access_tokens/:token_id/rotate": 1,
  });
});
