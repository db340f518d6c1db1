import { DEFAULT_POLICY } from "../../src/model/policy";
import { readPlan } from "../../src/review";
import {
  cleanUpWorkspaces,
  engines,
  succeeded,
  type Engine,
  type EngineDiagnostic,
} from "../support/engine";
import { inDays, TestGitLab } from "../support/gitlab";
import { PROVIDER_ADDRESS, stack } from "../support/glsa";

let gitlab: TestGitLab;
let ids: { platform: number; apps: number; charts: number };

beforeAll(async () => {
  gitlab = await TestGitLab.start();
  ids = await gitlab.platform();
});

afterAll(async () => {
  cleanUpWorkspaces();
  await gitlab.close();
});

function provider(policy: string): { "provider.tf": string } {
  return {
    "provider.tf": `terraform {\nrequired_providers {\nglsa = { source = "${PROVIDER_ADDRESS}" }\n}\n}\nprovider "glsa" {\nstack = "test"\npolicy {\n${policy}\n}\n}\n`,
  };
}

function exception(rule: string, object: string, until: string): string {
  return `exceptions {\nrule = "${rule}"\nobject = "${object}"\nreason = "until the move"\nuntil = "${until}"\n}`;
}

const ACCOUNT =
  'resource "glsa_service_account" "bot" {\ngroup = "platform"\nusername = "bot"\n}\n';

function token(name: string, attributes: string): string {
  return `resource "glsa_access_token" "${name}" {\nservice_account_id = glsa_service_account.bot.id\nname = "${name}"\n${attributes}\ndeliver_to {\nfile {\npath = "${name}.token"\n}\n}\n}\n`;
}

function member(place: string, role: string): string {
  return `resource "glsa_membership" "bot" {\nservice_account_id = glsa_service_account.bot.id\n${place}\nrole = "${role}"\n}\n`;
}

const EXPIRES_SOON = `expires_at = "${inDays(20)}"`;

/** One line for each thing that is said, without what does not matter here. */
function said(diagnostics: readonly EngineDiagnostic[]): string[] {
  return diagnostics
    .filter(({ summary }) => summary.includes("the rule"))
    .map(({ severity, summary }) => `${severity}: ${summary}`)
    .map((line) => line.replace(/group:\d+:\d+/, "ID"))
    .sort();
}

const [engine] = engines();
const describeOnce = engine === undefined ? describe.skip : describe;

describeOnce("the provider's policy", () => {
  const start = (hcl: string) => stack(engine as Engine, gitlab, hcl);

  test("stops a plan at each attribute that breaks a rule, and warns where that is all", async () => {
    const work = start(
      ACCOUNT +
        token("forbidden", `scopes = ["sudo"]\n${EXPIRES_SOON}`) +
        token("excepted", `scopes = ["sudo"]\n${EXPIRES_SOON}`) +
        token("long", `scopes = ["read_api"]\nexpires_at = "${inDays(60)}"`) +
        token("slow", 'scopes = ["read_api"]\nrotation {\nevery = "60d"\n}') +
        token("endless", 'scopes = ["read_api"]\nnever_expires = true') +
        token("mute", `scopes = ["api"]\n${EXPIRES_SOON}`) +
        token("tight", 'scopes = ["read_api"]\nrotation {\nevery = "20d"\nlifetime = "24d"\n}') +
        token("fine", 'scopes = ["read_api"]\nrotation {\nevery = "20d"\n}') +
        member('group = "platform"', "owner"),
    );
    const exceptions = exception("forbidden-scope", "bot/excepted", inDays(10));
    const policy = `max_lifetime = "30d"\nmax_role = "maintainer"\n${exceptions}`;
    work.write(provider(policy));
    const found = await work.diagnostics();
    expect(said(found)).toEqual([
      "error: Membership of an account in platform breaks the rule max-role",
      'error: Token "endless" breaks the rule max-lifetime',
      'error: Token "forbidden" breaks the rule forbidden-scope',
      'error: Token "long" breaks the rule max-lifetime',
      'error: Token "slow" breaks the rule max-lifetime',
      'warning: Token "endless" breaks the rule never-expiring-token',
      'warning: Token "mute" breaks the rule scope-without-reason',
      'warning: Token "slow" breaks the rule min-slack',
      'warning: Token "tight" breaks the rule min-slack',
    ]);
    const forbidden = found.find(({ summary }) => summary.includes('"forbidden"'));
    expect(forbidden).toMatchObject({
      address: "glsa_access_token.forbidden",
      detail: "It has sudo, which is forbidden. Remove sudo from its scopes. [forbidden-scope]",
      snippet: { code: expect.stringContaining("scopes") as string },
    });
    expect(await gitlab.accounts(ids.platform)).toEqual([]);
  });

  test("is refused itself where it is malformed, at the place", async () => {
    const work = start(ACCOUNT);
    work.write(provider('max_lifetime = "3 months"\nseverity = { "higest-role" = "error" }'));
    const errors = (await work.diagnostics()).filter(({ severity }) => severity === "error");
    expect(errors.map(({ summary }) => summary)).toEqual([
      '"3 months" is not a number of days',
      'Unknown key "higest-role"',
    ]);
    expect(errors[0]?.snippet?.code).toContain("max_lifetime");
  });

  test("that came later only warns of what stays, refuses what is changed, and stops no rotation", async () => {
    const kept = token("kept", `scopes = ["sudo"]\n${EXPIRES_SOON}`);
    const rotating = (keeper: string) =>
      token(
        "rotating",
        `scopes = ["read_api"]\nrotation {\nevery = "60d"\n}\nkeepers = { run = "${keeper}" }`,
      );
    const owner = member('group = "platform"', "owner");
    const work = start(ACCOUNT + kept + rotating("1") + owner);
    work.write(provider("forbidden_scopes = []"));
    succeeded(await work.apply());

    const strict = 'max_lifetime = "30d"\nmax_live_tokens = 1\nmax_role = "maintainer"';
    const ended = exception("max-role", "bot@platform", "2020-12-31");
    work.write(provider(`${strict}\n${ended}`));
    work.write({ "main.tf": ACCOUNT + kept + rotating("2") + owner });
    const unchanged = await work.diagnostics();
    expect(said(unchanged)).toEqual([
      "warning: Membership of bot in platform breaks the rule max-role",
      'warning: Token "kept" of bot breaks the rule forbidden-scope',
      'warning: Token "rotating" of bot breaks the rule max-lifetime',
      'warning: Token "rotating" of bot breaks the rule max-live-tokens',
      'warning: Token "rotating" of bot breaks the rule min-slack',
    ]);
    const late = unchanged.find(({ summary }) => summary.includes("max-role"));
    expect(late?.detail).toContain('Its exception ended on 2020-12-31 ("until the move").');

    work.write(provider(strict));
    work.write({
      "main.tf": ACCOUNT + kept.replace('"sudo"', '"sudo", "read_user"') + rotating("1") + owner,
    });
    expect(said(await work.diagnostics())).toContain(
      'error: Token "kept" of ID breaks the rule forbidden-scope',
    );
  });

  test("is also that of glsa.config.json, for every provider block, with or without one of its own", async () => {
    const declared = (name: string, alias: string) =>
      token(name, `scopes = ["read_registry"]\n${EXPIRES_SOON}\nprovider = glsa${alias}`);
    const work = start(ACCOUNT + declared("one", ".second") + declared("two", ""));
    const blocks = (policy: string) => ({
      "provider.tf": `${provider(policy)["provider.tf"]}provider "glsa" {\nalias = "second"\nstack = "second"\n}\n`,
    });
    work.write(blocks('max_lifetime = "30d"'));
    work.write({
      "glsa.config.json":
        '{ "policy": { "forbidden_scopes": ["read_registry"], "max_removals": 60 } }',
    });
    const found = await work.diagnostics();
    expect(said(found)).toEqual([
      'error: Token "one" breaks the rule forbidden-scope',
      'error: Token "two" breaks the rule forbidden-scope',
    ]);
    for (const { detail } of found.filter(({ severity }) => severity === "error")) {
      expect(detail).toMatch(
        /The policy is that of \/\S+\/glsa\.config\.json( and another configuration|\.)/,
      );
    }

    work.write(blocks("max_removals = 61"));
    const looser = (await work.diagnostics()).filter(({ severity }) => severity === "error");
    expect(looser.map(({ summary }) => summary)).toEqual([
      "max_removals would be looser than the policy it inherits",
    ]);
    expect(looser[0]?.detail).toMatch(/glsa\.config\.json.*\[looser-policy\]$/s);
    expect(looser[0]?.snippet?.code).toContain("max_removals");

    work.write(blocks("max_removals = 60"));
    work.write({ "glsa.config.json": '{ "policy": { "forbidden_scopes": "read_registry" } }' });
    const unusable = (await work.diagnostics()).filter(({ severity }) => severity === "error");
    expect(unusable[0]?.summary).toBe("glsa.config.json cannot be used");
    expect(unusable[0]?.detail).toContain("policy.forbidden_scopes: It must be a list");
  });

  test("judges in the apply what only the apply tells, and a review says so before", async () => {
    const late = `resource "terraform_data" "late" {\ninput = { scope = "sudo", role = "owner" }\n}\n`;
    const work = start(
      ACCOUNT.replaceAll("bot", "late") +
        late +
        token(
          "late",
          `scopes = ["read_api", terraform_data.late.output.scope]\n${EXPIRES_SOON}`,
        ).replace("glsa_service_account.bot", "glsa_service_account.late") +
        member('group = "platform"', "X")
          .replace("glsa_service_account.bot", "glsa_service_account.late")
          .replace('"X"', "terraform_data.late.output.role"),
    );
    work.write(provider('max_role = "maintainer"'));
    const policy = { ...DEFAULT_POLICY, maxRole: "maintainer" } as const;
    const planned = JSON.stringify(await (await work.plan()).json());
    const { notJudged, findings } = readPlan(planned, { today: inDays(0), policy });
    expect(findings).toEqual([]);
    expect(notJudged.map(({ rule, attribute }) => `${rule}: ${attribute}`).sort()).toEqual([
      "forbidden-scope: scopes",
      "max-role: role",
      "scope-without-reason: scopes",
    ]);
    const found = await work.diagnostics("apply");
    expect(said(found)).toEqual([
      "error: Membership of ID in platform breaks the rule max-role",
      'error: Token "late" of ID breaks the rule forbidden-scope',
    ]);
    const [made] = await gitlab.accounts(ids.platform);
    expect(await gitlab.activeTokens(made?.id ?? 0)).toEqual([]);
    await gitlab.call("DELETE", `/groups/${ids.platform}/service_accounts/${made?.id}`);
  });

  test("refuses an import of what it forbids, and a review tells what a refresh alone notes down", async () => {
    const path = `/groups/${ids.platform}/service_accounts`;
    const { id } = await gitlab.call<{ id: number }>("POST", path, { username: "found" });
    const made = await gitlab.call<{ id: number }>("POST", `${path}/${id}/personal_access_tokens`, {
      name: "found",
      scopes: ["sudo"],
      expires_at: inDays(20),
    });
    const account = ACCOUNT.replaceAll("bot", "found");
    const membership = member('group = "platform"', "developer").replaceAll("bot", "found");
    const importing = (to: string, number: string) =>
      `import {\nto = ${to}\nid = "group:${ids.platform}:${number}"\n}\n`;
    const work = start(
      account +
        importing("glsa_service_account.found", String(id)) +
        membership +
        token("found", `scopes = ["sudo"]\n${EXPIRES_SOON}`).replace(".bot.", ".found.") +
        importing("glsa_access_token.found", `${id}:${made.id}`),
    );
    work.write(provider('max_role = "maintainer"'));
    expect(said(await work.diagnostics())).toEqual([
      expect.stringMatching(/^error: Token "found" of \S+ breaks the rule forbidden-scope$/),
    ]);

    work.write({
      "main.tf": account + importing("glsa_service_account.found", String(id)) + membership,
    });
    succeeded(await work.apply());
    const memberPath = `/groups/${ids.platform}/members/${id}`;
    await gitlab.call("PUT", memberPath, { access_level: 50 });
    const refreshed = await (await work.plan({ args: ["-refresh-only"] })).json();
    const review = readPlan(JSON.stringify(refreshed), { today: inDays(0) });
    expect(review.accounts.flatMap(({ changes }) => changes)).toMatchObject([
      { kind: "role-raised", from: "developer", to: "owner" },
    ]);
    succeeded(await work.destroy());
  });

  test("binds a configuration without one beside it, and one of its own words where those are looser", async () => {
    const sudo = token("ci", 'scopes = ["sudo"]\nexpires_at = "' + inDays(60) + '"');
    const on = (alias: string, hcl: string) =>
      hcl.replaceAll(/^(resource .*)$/gm, `$1\nprovider = glsa.${alias}`);
    const work = start(on("lax", ACCOUNT + member('group = "platform"', "owner") + sudo));
    const block = (alias: string, policy: string) =>
      `provider "glsa" {\nalias = "${alias}"\nstack = "test"\n${policy}\n}\n`;
    const strict = 'policy {\nmax_role = "maintainer"\nmax_lifetime = "30d"\n}';
    const laxer = `policy {\nmax_role = "owner"\nseverity = { "forbidden-scope" = "off" }\nmax_lifetime = "90d"\n}`;
    const head = `terraform {\nrequired_providers {\nglsa = { source = "${PROVIDER_ADDRESS}" }\n}\n}\n`;
    const broken = [
      "error: Membership of an account in platform breaks the rule max-role",
      'error: Token "ci" breaks the rule max-lifetime',
    ];
    // An engine starts no configuration that nothing uses.
    const used = on("strict", ACCOUNT.replaceAll('"bot"', '"strict"'));
    work.write({ "provider.tf": head + block("strict", strict) + block("lax", "") + used });
    const found = await work.diagnostics();
    expect(said(found)).toEqual([
      broken[0],
      'error: Token "ci" breaks the rule forbidden-scope',
      broken[1],
    ]);
    const membership = found.find(({ summary }) => summary.includes("max-role"));
    expect(membership?.detail).toContain("another configuration of the provider in this run");
    // One with words of its own is judged with those that were configured for the same instance.
    work.write({
      "provider.tf": head + block("strict", strict) + block("lax", laxer) + used,
      "main.tf": on("lax", ACCOUNT + member('group = "platform"', "owner") + sudo).replaceAll(
        /^(resource .*)$/gm,
        "$1\ndepends_on = [glsa_service_account.strict]",
      ),
    });
    expect(said(await work.diagnostics())).toEqual(broken);
  });

  test("stops an imported membership that breaks it, as the review does", async () => {
    const group = await gitlab.group("elsewhere");
    const { id } = await gitlab.call<{ id: number }>("POST", `/groups/${group}/service_accounts`, {
      username: "imported",
    });
    await gitlab.call("POST", `/groups/${group}/members`, { user_id: id, access_level: 50 });
    const work = start(
      `resource "glsa_membership" "it" {\nservice_account_id = "group:${group}:${id}"\ngroup = "elsewhere"\nrole = "owner"\n}\n` +
        `import {\nto = glsa_membership.it\nid = "group:${group}:${id}"\n}\n`,
    );
    work.write(provider('max_role = "maintainer"'));
    expect(said(await work.diagnostics())).toEqual([
      "error: Membership of ID in elsewhere breaks the rule max-role",
    ]);
  });

  test("counts what a run removes, and keeps the account that runs it", async () => {
    // The objects of the test before.
    const [bot] = await gitlab.accounts(ids.platform);
    const account = `/groups/${ids.platform}/service_accounts/${bot?.id}`;
    const own = await gitlab.call<{ token: string }>("POST", `${account}/personal_access_tokens`, {
      name: "runs the plan",
      scopes: ["api"],
    });
    const work = start(ACCOUNT + member('group = "platform"', "owner"));
    work.write(provider("max_removals = 5"));
    for (const address of ["glsa_service_account.bot", "glsa_membership.bot"]) {
      succeeded(await work.import(address, `group:${ids.platform}:${bot?.id}`));
    }
    const destroying = { args: ["-destroy"], env: { GITLAB_TOKEN: own.token } };
    // Its membership would go first.
    expect(said(await work.diagnostics("plan", destroying))).toEqual([
      "error: This run breaks the rule own-power",
    ]);
    const powerless = exception("own-power", "run", inDays(1));
    work.write(provider(`max_removals = 5\n${powerless}`));
    const found = await work.diagnostics("plan", destroying);
    expect(said(found)).toEqual([
      "error: This run breaks the rule max-removals",
      "error: This run breaks the rule own-account-removal",
    ]);
    const tooMany = found.find(({ summary }) => summary.includes("max-removals"));
    expect(tooMany?.detail).toContain(
      "It removes 1 account and 1 membership: that counts as 6 (an account as 5), and one run may remove 5.",
    );
    const exceptions = ["max-removals", "own-account-removal", "own-power"].map((rule) =>
      exception(rule, "run", inDays(1)),
    );
    work.write(provider(`max_removals = 5\n${exceptions.join("\n")}`));
    expect(said(await work.diagnostics("plan", destroying))).toEqual([]);
  });
});
