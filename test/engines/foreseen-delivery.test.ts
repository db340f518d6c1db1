import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describeEnginesInTurn, succeeded, type EngineDiagnostic } from "../support/engine";
import { inDays } from "../support/gitlab";
import { stack } from "../support/glsa";
import { usePlatform } from "../support/platform";
import { TestVault } from "../support/vault";

const platform = usePlatform();
let vault: TestVault;

beforeEach(async () => {
  vault = await TestVault.start();
});
afterEach(() => vault.close());

async function vaultHas(path: string, body: object): Promise<void> {
  const response = await fetch(`${vault.url}/v1/${path}`, {
    method: "POST",
    headers: { "x-vault-token": vault.rootToken },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`POST ${path}: ${response.status}`);
}

const CHARTS = 'project = "platform/charts"';

/** Each token with its destinations, and what its plan says: severity and a part of the detail. */
interface Case {
  readonly to: string;
  readonly severity?: "error" | "warning";
  readonly said?: string;
}

function cases(ids: { readonly charts: number }): Readonly<Record<string, Case>> {
  const refused = (to: string, said: string): Case => ({ to, severity: "error", said });
  const doubtful = (to: string, said: string): Case => ({ to, severity: "warning", said });
  const to = (kind: string, text: string) =>
    `deliver_to {\n${kind} {\n${text.replaceAll(/, (?=\w+ =)/g, "\n")}\n}\n}`;
  const variable = (text: string) => to("ci_variable", text);
  const file = (text: string) => to("file", text);
  const secret = (text: string) => to("vault", text);
  const command = (text: string) => to("command", text);
  return {
    taken: refused(variable(`${CHARTS}, key = "TAKEN"`), "exists already and was not made by"),
    taken_over: { to: variable(`${CHARTS}, key = "OWNED", overwrite = true`) },
    other_scope: { to: variable(`${CHARTS}, key = "TAKEN", environment_scope = "prod"`) },
    shown: refused(
      variable(`${CHARTS}, key = "SHOWN", overwrite = true, hidden = true`),
      "it is not hidden, and GitLab never changes that",
    ),
    twice: refused(
      [
        variable(`${CHARTS}, key = "TWICE"`),
        variable(`project = "${ids.charts}", key = "TWICE"`),
      ].join("\n"),
      "perhaps written differently",
    ),
    file_twice: refused(
      [file('path = "twice.token"'), file('path = "./sub/../twice.token"')].join("\n"),
      "perhaps written differently",
    ),
    file_taken: doubtful(file('path = "taken.token"'), "does not hold a token of this declaration"),
    folder: doubtful(file('path = "nowhere/bot.token"'), "Make the folder nowhere"),
    secret_taken: refused(secret('path = "ci/taken"'), "was not written by this declaration"),
    engine: refused(secret('path = "ci/a", mount = "old"'), "a KV engine of version 1"),
    not_mounted: doubtful(secret('path = "ci/a", mount = "nowhere"'), "Nothing is mounted there"),
    unreachable: doubtful(
      secret('path = "ci/b", address = "http://127.0.0.1:1"'),
      "Check the address",
    ),
    program: doubtful(command('argv = ["./no-such-program"]'), 'no program "./no-such-program"'),
    check: doubtful(
      command('argv = ["cat"], check_argv = ["no-such-check"]'),
      'check_argv: there is no program "no-such-check"',
    ),
    check_not_run: { to: command('argv = ["cat", "-"], check_argv = ["touch", "checked"]') },
    unknown: { to: variable(`${CHARTS}, key = terraform_data.late.output`) },
    fine: {
      to: [file('path = "fine.token"'), secret('path = "ci/taken", field = "b"')].join("\n"),
    },
  };
}

function declaration(all: Readonly<Record<string, Case>>): string {
  const tokens = Object.entries(all).map(
    ([name, { to }]) => `
resource "glsa_access_token" "${name}" {
  service_account_id = glsa_service_account.bot.id
  name       = "${name}"
  scopes     = ["read_api"]
  expires_at = "${inDays(90)}"
  ${to}
}`,
  );
  return `
resource "terraform_data" "late" { input = "TAKEN" }
resource "glsa_service_account" "bot" {
  group    = "platform"
  username = "bot"
}
${tokens.join("\n")}`;
}

function expected(all: Readonly<Record<string, Case>>): object {
  return Object.fromEntries(
    Object.entries(all).map(([name, { severity, said }]) => [
      name,
      said === undefined
        ? undefined
        : [
            expect.objectContaining({
              severity,
              detail: expect.stringContaining(said) as string,
            }) as object,
          ],
    ]),
  );
}

/** By the token's name. */
function told(all: readonly EngineDiagnostic[]): Record<string, EngineDiagnostic[]> {
  const found: Record<string, EngineDiagnostic[]> = {};
  for (const each of all) {
    const name = /glsa_access_token\.(\w+)/.exec(each.address ?? "")?.[1] ?? "";
    if (name !== "") (found[name] ??= []).push(each);
  }
  return found;
}

describeEnginesInTurn("the destinations of a token that a plan would make", (engine) => {
  test("are looked at in the plan: an error for what the server knows, a warning for what this machine does not have", async () => {
    const { gitlab, ids } = platform;
    for (const key of ["TAKEN", "OWNED", "SHOWN"]) {
      await gitlab.call("POST", `/projects/${ids.charts}/variables`, { key, value: "theirs" });
    }
    await vaultHas("sys/mounts/secret", { type: "kv", options: { version: "2" } });
    await vaultHas("sys/mounts/old", { type: "kv", options: { version: "1" } });
    await vaultHas("secret/data/ci/taken", { data: { token: "theirs" } });
    const all = cases(ids);
    const env = { VAULT_ADDR: vault.url, VAULT_TOKEN: vault.rootToken };
    const work = stack(engine, gitlab, declaration({}), { env });
    mkdirSync(join(work.folder, "sub"));
    writeFileSync(join(work.folder, "taken.token"), "theirs");
    work.write({ "main.tf": declaration(all) });
    await gitlab.forgetRequests();
    expect(told(await work.diagnostics())).toEqual(expected(all));
    expect(await gitlab.writes()).toEqual([]);
    expect(existsSync(join(work.folder, "checked"))).toBe(false);
    succeeded(await work.apply({ args: ["-target=glsa_service_account.bot"] }));
    expect(told(await work.diagnostics())).toEqual(expected(all));
  }, 120_000);
});
