import {
  describeEachEngine,
  describeEnginesInTurn,
  engines,
  NO_CHANGES,
  succeeded,
  type Run,
} from "../support/engine";
import { stack } from "../support/glsa";
import { usePlatform } from "../support/platform";

const platform = usePlatform();

const REQUIRED = `terraform {
  required_providers {
    glsa = { source = "glsa.internal/glsa/glsa" }
  }
}
`;
const TWO = `${REQUIRED}
provider "glsa" { stack = "test" }
provider "glsa" {
  alias = "b"
  stack = "test"
}
`;

function account(label: string, username: string, more = ""): string {
  return `resource "glsa_service_account" "${label}" {\n group = "platform"\n username = "${username}"\n ${more}\n}\n`;
}

const ON_B = "provider = glsa.b";
const moved = (from: string, to: string) => `moved {\n from = ${from}\n to = ${to}\n}\n`;

interface UserRow {
  readonly id: number;
  readonly username: string;
  readonly created_at: string;
}

const users = async () => platform.gitlab.control<{ users: { rows: UserRow[] } }>("GET", "state");

/** What nobody can do through the stand-in's API: a number that a restored instance gave to another user. */
async function rewriteUser(id: number, fields: Partial<UserRow>): Promise<void> {
  const state = await users();
  for (const row of state.users.rows) if (row.id === id) Object.assign(row, fields);
  await platform.gitlab.control("POST", "state", state);
}

/** What an engine said, as one line. */
function said({ stdout, stderr }: Run): string {
  return `${stdout} ${stderr}`.replace(/[\s│╷╵]+/g, " ");
}

describeEachEngine("configurations of one run", (engine) => {
  test("give an object to each other in either direction only with a moved block", async () => {
    const work = stack(
      engine,
      platform.gitlab,
      account("old", "mover") + account("on_b", "back", ON_B),
    );
    work.write({ "provider.tf": TWO });
    succeeded(await work.apply());
    await platform.gitlab.forgetRequests();
    const other = account("new", "mover", ON_B) + account("on_a", "back");
    work.write({ "main.tf": other });
    const plan = said(await work.plan());
    for (const name of ["mover", "back"]) {
      expect(plan).toMatch(
        new RegExp(`account "${name}" \\(\\S+\\) would be destroyed at one`, "i"),
      );
    }
    expect(await platform.gitlab.writes()).toEqual([]);
    const blocks = [
      moved("glsa_service_account.old", "glsa_service_account.new"),
      moved("glsa_service_account.on_b", "glsa_service_account.on_a"),
    ];
    work.write({ "main.tf": other + blocks.join("") });
    succeeded(await work.apply());
    expect(await platform.gitlab.writes()).toEqual([]);
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
  });

  test("are compared where a module has another one, and where it has one of its own", async () => {
    const work = stack(
      engine,
      platform.gitlab,
      `${account("bot", "twin")}\nmodule "given" {\n source = "./given"\n providers = { glsa = glsa.b }\n}\nmodule "own" {\n source = "./own"\n}\n`,
    );
    work.write({
      "provider.tf": TWO,
      "given/main.tf": REQUIRED + account("bot", "Twin"),
      "own/main.tf": `${REQUIRED}provider "glsa" {\n alias = "own"\n stack = "test"\n}\n${account("bot", "tWIN", "provider = glsa.own")}`,
    });
    await work.run(["get"]);
    await platform.gitlab.forgetRequests();
    const plan = await work.plan();
    expect(plan.exitCode).toBe(1);
    expect(said(plan).match(/is declared at two addresses/g)?.length).toBeGreaterThanOrEqual(2);
    expect(await platform.gitlab.writes()).toEqual([]);
  });

  test("keep to a saved plan, whose process is another; what is no longer what was planned to go stays", async () => {
    const member = `resource "glsa_membership" "one" {\n ${ON_B}\n service_account_id = glsa_service_account.bot.id\n project = "platform/charts"\n role = "developer"\n}\n`;
    const work = stack(engine, platform.gitlab, account("bot", "saved") + member);
    work.write({ "provider.tf": TWO });
    succeeded(await work.plan().then(() => work.run(["apply", "-input=false", "plan-1.bin"])));
    const bot = (await users()).users.rows.find(({ username }) => username === "saved");
    const { charts } = platform.ids;
    const members = () => platform.gitlab.members("projects", charts);
    expect((await members()).map(({ id }) => id)).toContain(bot?.id);

    work.write({ "main.tf": account("bot", "saved") });
    await work.plan();
    await rewriteUser(Number(bot?.id), {
      username: "stranger",
      created_at: "2026-01-01T00:00:00.000Z",
    });
    const path = `/projects/${charts}/members`;
    await platform.gitlab.call("DELETE", `${path}/${bot?.id}`);
    await platform.gitlab.call("POST", path, { user_id: bot?.id, access_level: 30 });
    await platform.gitlab.forgetRequests();
    const refused = await work.run(["apply", "-input=false", "plan-2.bin"]);
    expect(refused.exitCode).toBe(1);
    expect(said(refused)).toContain("belongs to another user than before");
    expect(await platform.gitlab.writes()).toEqual([]);

    // A member that was only renamed is the one that was planned.
    await rewriteUser(Number(bot?.id), { username: "saved", created_at: String(bot?.created_at) });
    succeeded(await work.apply({ args: ["-refresh-only"] }));
    await work.plan();
    await rewriteUser(Number(bot?.id), { username: "renamed" });
    succeeded(await work.run(["apply", "-input=false", "plan-3.bin"]));
    expect((await members()).map(({ id }) => id)).not.toContain(bot?.id);
  });

  test("rename an account in one without a refusal of its membership in another", async () => {
    const member = `resource "glsa_membership" "one" {\n ${ON_B}\n service_account_id = glsa_service_account.bot.id\n project = "platform/charts"\n role = "developer"\n}\n`;
    const work = stack(engine, platform.gitlab, account("bot", "before") + member);
    work.write({ "provider.tf": TWO });
    succeeded(await work.apply());
    work.write({ "main.tf": account("bot", "after") + member });
    succeeded(await work.apply());
    const plan = await work.plan();
    expect(said(plan)).not.toContain("belongs to another user than before");
    expect(plan.exitCode).toBe(NO_CHANGES);
  });

  test("two declarations for one new account are refused before a request, where only the apply can know", async () => {
    const late = (label: string, on = "") =>
      `resource "glsa_service_account" "${label}" {\n group = "platform"\n username = terraform_data.name.output\n ${on}\n}\n`;
    const work = stack(
      engine,
      platform.gitlab,
      `resource "terraform_data" "name" {\n input = "late-bot"\n}\n${late("one")}${late("two", ON_B)}`,
    );
    work.write({ "provider.tf": TWO });
    await platform.gitlab.forgetRequests();
    const applied = await work.apply();
    expect(applied.exitCode).toBe(1);
    expect(said(applied)).toContain('Account "late-bot" is declared at two addresses');
    const created = (await platform.gitlab.writes()).filter((line) => line.startsWith("POST"));
    expect(created.length).toBeLessThanOrEqual(1);
  });

  test("two memberships and two tokens of an account that the same plan creates make one request each", async () => {
    const member = (label: string, on = "") =>
      `resource "glsa_membership" "${label}" {\n service_account_id = glsa_service_account.bot.id\n project = "platform/charts"\n role = "developer"\n ${on}\n}\n`;
    const token = (label: string, on = "") =>
      `resource "glsa_access_token" "${label}" {\n service_account_id = glsa_service_account.bot.id\n name = "ci"\n scopes = ["read_api"]\n rotation {\nevery = "30d"\n}\n store_value = true\n ${on}\n}\n`;
    const work = stack(
      engine,
      platform.gitlab,
      account("bot", "fresh") + member("a") + member("b", ON_B) + token("a") + token("b", ON_B),
    );
    work.write({ "provider.tf": TWO });
    await platform.gitlab.forgetRequests();
    const applied = await work.apply();
    expect(applied.exitCode).toBe(1);
    expect(said(applied)).toMatch(
      /membership of user .+ in project .* is declared at two addresses/,
    );
    expect(said(applied)).toMatch(/Two tokens "ci" of .+ are declared/);
    const writes = await platform.gitlab.writes();
    for (const kind of [/POST \S*\/members/, /POST \S*\/personal_access_tokens/]) {
      expect(writes.filter((line) => kind.test(line)).length).toBeLessThanOrEqual(1);
    }
  });
});

// The clock goes on: this comes last.
describeEnginesInTurn("a limit of rotations", (engine) => {
  test("holds over all configurations of a run, also where one of them sets it", async () => {
    const token = (label: string, on = "") =>
      `resource "glsa_access_token" "${label}" {\n service_account_id = glsa_service_account.bot.id\n name = "${label}"\n scopes = ["read_api"]\n rotation {\nevery = "30d"\n}\n store_value = true\n ${on}\n}\n`;
    const tokens = token("a") + token("b", ON_B) + token("c") + token("d", ON_B);
    const work = stack(engine, platform.gitlab, account("bot", "limited") + tokens);
    work.write({ "provider.tf": TWO });
    succeeded(await work.apply());
    const limited = TWO.replace('alias = "b"', 'alias = "b"\n policy {\n max_rotations = 3\n }');
    work.write({ "provider.tf": limited });
    await platform.gitlab.control("POST", "clock", { advance: "P30D" });
    succeeded(await work.run(["plan", "-input=false", "-out=saved"]));
    const made = async () =>
      (await platform.gitlab.writes()).filter((line) =>
        /POST \S*\/personal_access_tokens/.test(line),
      );
    await platform.gitlab.forgetRequests();
    const applied = await work.run(["apply", "-input=false", "saved"]);
    expect(said(applied)).toContain("3 changed");
    expect(await made()).toHaveLength(3);
    const last = await work.apply();
    expect(said(last)).toContain("1 changed");
    expect(await made()).toHaveLength(4);
  });
});

const tofu = engines().find(({ name }) => name === "tofu");

(tofu === undefined ? describe.skip : describe)("for_each of providers (tofu)", () => {
  const hcl = (names: string, keys: string[]) =>
    `locals {\n names = ${names}\n}\nresource "glsa_service_account" "bot" {\n for_each = local.names\n provider = glsa.each[each.key]\n group = "platform"\n username = each.value\n}\n` +
    `${REQUIRED}provider "glsa" {\n alias = "each"\n for_each = toset(${JSON.stringify(keys)})\n stack = "test"\n}\n`;

  test("has one address for each account, and moves it only with a moved block", async () => {
    if (tofu === undefined) throw new Error("there is no tofu");
    const work = stack(tofu, platform.gitlab, "");
    const all = ["a", "b", "c"];
    work.write({ "provider.tf": "", "main.tf": hcl('{ a = "same", b = "Same" }', all) });
    expect(said(await work.plan())).toMatch(/Account "same" is declared at two addresses/i);
    work.write({ "main.tf": hcl('{ a = "one", b = "two" }', all) });
    succeeded(await work.apply());
    await platform.gitlab.forgetRequests();
    const after = hcl('{ c = "one", b = "two" }', all);
    work.write({ "main.tf": after });
    expect(said(await work.plan())).toMatch(
      /account "one" \(\S+\) would be destroyed at one address/i,
    );
    const block = moved('glsa_service_account.bot["a"]', 'glsa_service_account.bot["c"]');
    work.write({ "main.tf": after + block });
    succeeded(await work.apply());
    expect(await platform.gitlab.writes()).toEqual([]);
  });
});
