import { describeEnginesInTurn, NO_CHANGES, succeeded, type Run } from "../support/engine";
import { stack } from "../support/glsa";
import { usePlatform } from "../support/platform";

const platform = usePlatform();

const PROVIDERS = `
terraform {
  required_providers {
    glsa = { source = "glsa.internal/glsa/glsa" }
  }
}
provider "glsa" { stack = "test" }
provider "glsa" {
  alias = "b"
  stack = "test"
}
`;

function account(label: string, username: string, more = ""): string {
  return `resource "glsa_service_account" "${label}" {\n group = "platform"\n username = "${username}"\n ${more}\n}\n`;
}

function member(label: string, of: string, more = ""): string {
  return `resource "glsa_membership" "${label}" {\n service_account_id = ${of}\n project = "platform/charts"\n role = "developer"\n ${more}\n}\n`;
}

function token(label: string, of: string, more = ""): string {
  return `resource "glsa_access_token" "${label}" {\n service_account_id = ${of}\n name = "${label}"\n scopes = ["read_api"]\n rotation {\nevery = "30d"\n}\n ${more}\n}\n`;
}

const variable = (key: string, project = "platform/charts") =>
  `deliver_to {\nci_variable {\nproject = "${project}"\nkey = "${key}"\n}\n}`;
const ON_B = "provider = glsa.b";

/** What an engine said, as one line. */
function said({ stdout, stderr }: Run): string {
  return `${stdout} ${stderr}`.replace(/[\s│╷╵]+/g, " ");
}

describeEnginesInTurn("over two configurations of the provider", (engine) => {
  const twoAliases = (hcl: string) => {
    const work = stack(engine, platform.gitlab, hcl);
    work.write({ "provider.tf": PROVIDERS });
    return work;
  };

  test("what moves to the other one without a moved block is refused in the plan, and nothing is asked", async () => {
    const everything = (on: string) =>
      account("bot", "mover", on) +
      member("bot", "glsa_service_account.bot.id", on) +
      token("ci", "glsa_service_account.bot.id", `${on}\n${variable("MOVER")}`);
    const work = twoAliases(everything(""));
    succeeded(await work.apply());
    const renamed = everything(ON_B)
      .replaceAll('"bot"', '"moved"')
      .replaceAll("account.bot.", "account.moved.")
      .replaceAll('" "ci"', '" "moved"');
    await platform.gitlab.forgetRequests();
    for (const hcl of [renamed]) {
      work.write({ "main.tf": hcl });
      const plan = await work.plan();
      expect(plan.exitCode).toBe(1);
      expect(said(plan)).toMatch(
        /account "mover" \(group:\d+:\d+\) would be destroyed at one address and kept at another/i,
      );
      expect((await work.apply()).exitCode).toBe(1);
    }
    expect(await platform.gitlab.writes()).toEqual([]);
    work.write({ "main.tf": everything("") });
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
  });

  test("memberships and tokens that move alone are refused too, in either direction", async () => {
    const rest = (from: string, to: string) =>
      account("bot", "stays") +
      member("one", "glsa_service_account.bot.id", from) +
      token("ci", "glsa_service_account.bot.id", `${to}\n${variable("STAYS")}`);
    const work = twoAliases(rest("", ON_B));
    succeeded(await work.apply());
    work.write({
      "main.tf": rest(ON_B, "").replace('"one"', '"two"').replace('" "ci"', '" "cd"'),
    });
    await platform.gitlab.forgetRequests();
    const plan = await work.plan();
    expect(said(plan)).toMatch(
      /membership of user .+ in project \d+ would be destroyed at one address and kept at another/,
    );
    expect(said(plan)).toMatch(/Token "ci" .*would be destroyed at one address/);
    expect(await platform.gitlab.writes()).toEqual([]);
  });

  test("twins are refused in the plan, also when all is new: account, token, membership, destination", async () => {
    const work = twoAliases(
      account("a", "twin") +
        account("b", "Twin", ON_B) +
        account("c", "single") +
        token("first", "glsa_service_account.c.id", variable("TWIN")) +
        token(
          "second",
          "glsa_service_account.c.id",
          `${ON_B}\n${variable("TWIN", "Platform/Charts")}`,
        ),
    );
    const plan = said(await work.plan());
    expect(plan).toMatch(/Account "twin" is declared at two addresses/i);
    expect(plan).toContain("Two tokens are delivered to one destination");

    work.write({ "main.tf": account("c", "single") });
    succeeded(await work.apply());
    const id = String((await work.resource("glsa_service_account.c"))?.values?.["id"]);
    work.write({
      "main.tf":
        account("c", "single") +
        member("one", `"${id}"`) +
        member("two", `"${id}"`, ON_B).replace('"platform/charts"', `"${platform.ids.charts}"`) +
        token("ci", `"${id}"`, "store_value = true") +
        token("ci", `"${id}"`, `${ON_B}\nstore_value = true`).replace('" "ci"', '" "twin"'),
    });
    await platform.gitlab.forgetRequests();
    const twins = said(await work.plan());
    expect(twins).toMatch(/membership of user .+ in project .* is declared at two addresses/);
    expect(twins).toMatch(new RegExp(`Two tokens "ci" of ("[^"]*" \\()?${id}\\)? are declared`));
    expect(await platform.gitlab.writes()).toEqual([]);
  });

  test("an account that two addresses have is not destroyed when one of them goes", async () => {
    const work = twoAliases(account("a", "shared"));
    succeeded(await work.apply());
    const [shared] = await platform.gitlab.accounts(platform.ids.platform);
    const id = `group:${platform.ids.platform}:${shared?.id}`;
    work.write({ "main.tf": account("b", "shared", ON_B) });
    succeeded(await work.import("glsa_service_account.b", id));
    const plan = await work.plan();
    expect(said(plan)).toMatch(/would be destroyed at one address and kept at another/);
    succeeded(await work.run(["state", "rm", "glsa_service_account.a"]));
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
  });

  test("what they remove counts together, and two plans in a row do not", async () => {
    const many = (label: string, more = "") =>
      account(label, `tally-${label}-\${count.index}`, `count = 6\n${more}`);
    const work = twoAliases(many("a") + many("b", ON_B));
    succeeded(await work.apply());
    work.write({ "main.tf": many("b", ON_B) });
    expect((await work.plan()).exitCode).toBe(2);
    work.write({ "main.tf": "" });
    const plan = await work.plan();
    expect(said(plan)).toContain("This run breaks the rule max-removals");
    expect(said(plan)).toMatch(/It removes 1[12] accounts/);
  });
});

describeEnginesInTurn("a username", (engine) => {
  const pair = (one: string, two: string, more = "") =>
    stack(engine, platform.gitlab, account("one", one, more) + account("two", two));

  test("does not change hands: taken, swapped, by a list that shifts, of a user and of a group", async () => {
    const work = pair("name-one", "name-two");
    succeeded(await work.apply());
    await platform.gitlab.forgetRequests();
    const refused = async (hcl: string, name: string, text = `cannot be renamed to "${name}"`) => {
      work.write({ "main.tf": hcl });
      const plan = await work.plan();
      expect(plan.exitCode).toBe(1);
      expect(said(plan)).toContain(text);
    };
    const twice = "is declared at two addresses";
    await refused(account("two", "name-two") + account("one", "Name-Two"), "Name-Two", twice);
    await refused(account("one", "name-two") + account("two", "name-one"), "name-two");
    await refused(account("one", "name-two"), "name-two");
    await refused(account("one", "root") + account("two", "name-two"), "root");
    await refused(account("one", "platform") + account("two", "name-two"), "platform");
    // Both are planned at once, so that either may come first.
    await refused(account("one", "name-two") + account("two", "name-three"), "name-two");
    expect(await platform.gitlab.writes()).toEqual([]);
  });

  test("that another account gives up first is taken, by a renamed and by a new one", async () => {
    const work = pair("chain-one", "chain-two");
    succeeded(await work.apply());
    work.write({
      "main.tf":
        account("one", "chain-two", "depends_on = [glsa_service_account.two]") +
        account("two", "chain-three") +
        account("new", "chain-one", "depends_on = [glsa_service_account.one]"),
    });
    succeeded(await work.apply());
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
    const names = (await platform.gitlab.accounts(platform.ids.platform)).map(
      ({ username }) => username,
    );
    expect(names.filter((name) => name.startsWith("chain-")).sort()).toEqual([
      "chain-one",
      "chain-three",
      "chain-two",
    ]);
  });

  test("of a list with count whose first entry goes is refused", async () => {
    const list = (...names: string[]) =>
      `locals {\n names = ${JSON.stringify(names)}\n}\n` +
      account("bot", "${local.names[count.index]}", "count = length(local.names)");
    const work = stack(engine, platform.gitlab, list("l-alpha", "l-beta", "l-gamma"));
    succeeded(await work.apply());
    await platform.gitlab.forgetRequests();
    // One after the other, a list that begins with a new entry frees each name right before it is taken.
    for (const [args, ...names] of [
      [[], "l-beta", "l-gamma"],
      [[], "l-new", "l-alpha", "l-beta", "l-gamma"],
      [["-parallelism=1"], "l-beta", "l-gamma"],
      [["-parallelism=1"], "l-new", "l-alpha", "l-beta", "l-gamma"],
      [["-parallelism=2"], "l-new", "l-alpha", "l-beta", "l-gamma"],
    ] as const) {
      work.write({ "main.tf": list(...names) });
      const plan = await work.plan({ args });
      expect(plan.exitCode).toBe(1);
      expect(said(plan)).toContain("for_each with the usernames as keys");
    }
    expect(await platform.gitlab.writes()).toEqual([]);
  });
});
