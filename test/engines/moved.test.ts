import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readPlan } from "../../src/review";
import { codeBlocks } from "../support/code-blocks";
import { CHANGES, describeEachEngine, NO_CHANGES, succeeded, type Engine } from "../support/engine";
import { inDays } from "../support/gitlab";
import {
  installedOfficial,
  officialState,
  removeOfficial,
  type OfficialObject,
} from "../support/official";
import { officialStack } from "../support/official-stack";
import { usePlatform } from "../support/platform";
import { glsaProvider, stack } from "../support/glsa";
import { runGlsa } from "../cli/run-glsa";

const platform = usePlatform();
afterAll(removeOfficial);

/** What the guide tells people to write, apart from the providers and from what stood there before. */
const GUIDE = codeBlocks("docs/migrate.md", "hcl")
  .filter((block) => !/required_providers|resource "gitlab_/.test(block))
  .join("\n");

/** The changes that the guide shows, in Terraform's words. */
const GUIDE_PLAN = paragraphs(codeBlocks("docs/migrate.md", "text").join("")).filter((text) =>
  /^[#+] /.test(text),
);

const token = (address: string, account: string, attributes: string) => `
resource "glsa_access_token" "${address}" {
  service_account_id = glsa_service_account.${account}.id
  name               = "${address.replace("_", "-")}"
  scopes             = ["read_api"]
  ${attributes}
}
`;

const LASTING = `expires_at = "${inDays(90)}"\n deliver_to {\nfile {\npath = "a.token"\n}\n}`;

/** Every other way in which the official provider tells of such objects. */
const others = (customRoleId: number) => `
resource "glsa_service_account" "app" {
  group    = "platform"
  username = "app"
}
resource "glsa_service_account" "robot" {
  instance = true
  username = "robot"
}
resource "glsa_service_account" "shipper" {
  project  = "platform/charts"
  username = "shipper"
}
${token("app", "app", LASTING)}
${token("by_admin", "app", LASTING.replace("a.token", "b.token"))}
${token("night", "robot", LASTING.replace("a.token", "c.token"))}
${token("ship", "shipper", LASTING.replace("a.token", "d.token"))}
resource "glsa_membership" "apps" {
  service_account_id = glsa_service_account.bot.id
  group              = "platform/apps"
  role               = "guest"
  custom_role_id     = ${customRoleId}
  expires_at         = "${inDays(40)}"
}
resource "glsa_membership" "app" {
  service_account_id = glsa_service_account.app.id
  project            = "platform/charts"
  role               = "developer"
}
`;

const TARGETS: Readonly<Record<string, string>> = {
  service_account: "glsa_service_account",
  access_token: "glsa_access_token",
  membership: "glsa_membership",
};

/** A moved block for each object that glsa has a type for. */
const moves = (objects: readonly OfficialObject[]) =>
  objects
    .flatMap(([from]) => {
      const [type = "", name] = from.split(".");
      const target = TARGETS[/(access_token|service_account|membership)$/.exec(type)?.[0] ?? ""];
      return target === undefined
        ? []
        : [`moved {\n  from = ${from}\n  to   = ${target}.${name}\n}\n`];
    })
    .join("");

function takingOver(engine: Engine, hcl: string, objects: readonly OfficialObject[]) {
  const work = stack(engine, platform.gitlab, hcl, { others: [installedOfficial(engine)] });
  work.write({ "terraform.tfstate": officialState(engine, objects) });
  return work;
}

describeEachEngine("objects moved from the official provider", (engine) => {
  test("keep their identities, and tokens their values, which are in no state", async () => {
    const { gitlab, ids } = platform;
    const { objects, secrets, users, customRoleId } = await officialStack(platform);
    const inGuide = new Set(GUIDE.match(/gitlab_\w+\.\w+/g));
    const notInGuide = objects.filter(([address]) => !inGuide.has(address));
    const hcl = GUIDE + others(customRoleId) + moves(notInGuide);
    const work = takingOver(engine, hcl, objects);
    await gitlab.forgetRequests();

    const plan = await work.plan();
    expect(plan.exitCode).toBe(CHANGES);
    const changes = (await plan.json()).resource_changes ?? [];
    expect(changes).toHaveLength(objects.length);
    expect(changes.flatMap(({ change }) => change.actions).filter(isHarmful)).toEqual([]);
    for (const { address, change } of changes.filter(({ type }) => type.startsWith("glsa_"))) {
      expect([address, change.after?.["user_id"]]).toEqual([address, change.before?.["user_id"]]);
      expect([address, change.after?.["token_id"]]).toEqual([address, change.before?.["token_id"]]);
    }

    expect(GUIDE_PLAN).toHaveLength(6);
    if (engine.name === "terraform") {
      expect(paragraphs(plan.stdout)).toEqual(expect.arrayContaining(GUIDE_PLAN));
    }

    succeeded(await work.apply());
    expect(await gitlab.writes()).toEqual([]);
    expect(await Promise.all(secrets.map((secret) => gitlab.whoIs(secret)))).toEqual(users);
    const state = JSON.stringify(work.stateRaw());
    expect(secrets.filter((secret) => state.includes(secret))).toEqual([]);
    expect(state).not.toContain('"type":"gitlab_');
    expect((await work.resource("glsa_access_token.ci"))?.values).toMatchObject({
      valid_until: inDays(90),
      // As the official provider would have done.
      rotates_at: inDays(83),
      value: null,
    });

    // The blocks may stay, and the official provider may go.
    work.installOnly(glsaProvider());
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);

    await gitlab.control("POST", "clock", { advance: "P83D" });
    succeeded(await work.apply());
    const delivered = (await gitlab.variable(ids.charts, "BOT_TOKEN")) ?? "";
    expect(secrets).not.toContain(delivered);
    expect(await gitlab.whoIs(delivered)).toBe("bot");
    expect(await gitlab.whoIs(secrets[0] ?? "")).toBe("bot");
  });

  test("move by the blocks that glsa adopt writes, and what the state lacks is imported", async () => {
    const { gitlab, ids } = platform;
    const { objects } = await officialStack(platform);
    const known = objects.filter(([address]) => !address.endsWith(".app"));
    const work = takingOver(engine, "", known);
    const job = { GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: gitlab.token };
    const adopt = ["adopt", "--to", "hcl", "--state", "terraform.tfstate", "--output", "bots.tf"];
    expect(await runGlsa(adopt, { cwd: work.folder, job })).toMatchObject({ code: 0 });
    const code = readFileSync(join(work.folder, "bots.tf"), "utf8");
    // The variable that the official provider delivered to is no object of glsa's.
    const variable =
      "removed {\nfrom = gitlab_project_variable.ci\nlifecycle {\ndestroy = false\n}\n}\n";
    work.write({ "forget.tf": variable });
    await gitlab.forgetRequests();
    const plan = await work.plan();
    expect(said(plan)).toBe("");
    const changes = (await plan.json()).resource_changes ?? [];
    const ours = changes.filter(({ type }) => type.startsWith("glsa_"));
    expect(ours.flatMap(({ change }) => change.actions).filter(isHarmful)).toEqual([]);
    expect(ours.filter((one) => one.previous_address !== undefined)).toHaveLength(
      code.split("\nmoved {").length - 1,
    );
    expect(ours.map((one) => one.previous_address).join()).toContain(
      "gitlab_group_service_account_access_token.ci",
    );
    succeeded(await work.apply());
    expect((await gitlab.writes()).filter((one) => one !== "POST /api/graphql")).toEqual([]);
    work.installOnly(glsaProvider());
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
    expect(await gitlab.accounts(ids.platform)).toHaveLength(2);
  });

  test("move with the keys of their instances, and fill an output that reads the value", async () => {
    const { gitlab } = platform;
    const { objects, secrets } = await officialStack(platform);
    const keyed: OfficialObject[] = ["bot", "app"].flatMap((key) => [
      [
        `gitlab_group_service_account.all["${key}"]`,
        of(objects, `gitlab_group_service_account.${key}`),
      ] as const,
      [
        `gitlab_group_service_account_access_token.all["${key}"]`,
        of(objects, `gitlab_group_service_account_access_token.${key === "bot" ? "ci" : "app"}`),
      ] as const,
    ]);
    const moved = ["bot", "app"]
      .flatMap((key) => [
        ["gitlab_group_service_account", "glsa_service_account", key],
        ["gitlab_group_service_account_access_token", "glsa_access_token", key],
      ])
      .map(
        ([from, to, key]) => `moved {\nfrom = ${from}.all["${key}"]\nto = ${to}.all["${key}"]\n}\n`,
      )
      .join("");
    const hcl = `
resource "glsa_service_account" "all" {
  for_each = toset(["bot", "app"])
  group    = "platform"
  username = each.key
}
resource "glsa_access_token" "all" {
  for_each           = { bot = "ci", app = "app" }
  service_account_id = glsa_service_account.all[each.key].id
  name               = each.value
  scopes             = ["read_api"]
  expires_at         = "${inDays(90)}"
  store_value        = each.key == "app"
  deliver_to {
    ci_variable {
      project = "platform/charts"
      key     = "NEW_\${upper(each.key)}"
    }
  }
}
output "value" {
  value     = glsa_access_token.all["app"].value
  sensitive = true
}
`;
    const work = takingOver(engine, hcl + moved, keyed);
    const plan = await work.plan();
    expect(said(plan)).toBe("");
    const text = plan.stdout.replace(/[\s│╷╵]+/g, " ");
    expect(text).toContain("0 to add, 2 to change, 0 to destroy");
    expect(text).toContain('Token "ci" is delivered from its first rotation on');
    expect(text).not.toContain('Token "app" is delivered from');
    const review = readPlan(JSON.stringify(await plan.json()), { today: inDays(0) });
    const told = review.accounts.flatMap(({ changes }) => changes);
    expect(
      told
        .filter(({ kind }) => kind === "delivery-added")
        .map(({ address, summary }) => [address, summary])
        .sort(),
    ).toEqual([
      ['glsa_access_token.all["app"]', "also delivered"],
      ['glsa_access_token.all["bot"]', "delivered from its first rotation on"],
    ]);

    succeeded(await work.apply());
    const { values } = await work.show();
    const value = values?.outputs?.["value"]?.value as string;
    expect(await gitlab.whoIs(value)).toBe("app");
    expect(secrets).not.toContain(value);
    // Both old values work on.
    for (const secret of secrets.slice(0, 2)) expect(await gitlab.whoIs(secret)).toBeDefined();
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
  });

  test("are refused where they are nobody's whom glsa manages, or cannot be told", async () => {
    const { gitlab, ids } = platform;
    const { objects } = await officialStack(platform);
    const owner = await gitlab.groupOwner(ids.platform);
    const human = await gitlab.call<{ id: number; user_id: number }>(
      "GET",
      "/personal_access_tokens/self",
      undefined,
      owner,
    );
    const [, ofHuman = {}] = objects.find(([from]) => from.endsWith(".night")) ?? [];
    const all: OfficialObject[] = [
      ["gitlab_group_service_account.bot", of(objects, "gitlab_group_service_account.bot")],
      [
        "gitlab_personal_access_token.by_admin",
        of(objects, "gitlab_personal_access_token.by_admin"),
      ],
      [
        "gitlab_personal_access_token.human",
        { ...ofHuman, id: `${human.user_id}:${human.id}`, user_id: human.user_id },
      ],
    ];
    const bot = `resource "glsa_service_account" "bot" {\n group = "platform"\n username = "bot"\n}\n`;
    const hcl =
      bot + token("by_admin", "bot", LASTING) + token("human", "bot", LASTING) + moves(all);
    const work = takingOver(engine, hcl, all);

    const plan = await work.plan();
    expect(said(plan)).toContain(`Token ${human.id} is not a service account's`);
    expect(said(plan)).toContain(`(${human.user_id}) is not a service account`);
    expect(said(plan)).toMatch(/Token \d+ belongs to another account/);

    const asOwner = await work.plan({ env: { GITLAB_TOKEN: owner } });
    expect(said(asOwner)).toContain(`Cannot find out whose token ${human.id} is`);

    const unread = await work.plan({ args: ["-refresh=false"] });
    expect(said(unread)).toMatch(/group:platform:\d+ was not read yet/);

    work.write({
      "main.tf": `${bot}moved {\n from = gitlab_personal_access_token.human\n to = glsa_service_account.bot\n}\n`,
    });
    const wrongType = await work.plan();
    expect(said(wrongType)).toContain(
      "gitlab_personal_access_token cannot become a glsa_service_account",
    );
    expect(await gitlab.whoIs(owner)).toBe("group-owner");
  });
});

/** What an engine prints of each object, on whatever day and however far to the right. */
function paragraphs(text: string): string[] {
  const anyDay = text.replace(/\d{4}-\d\d-\d\d/g, "DAY");
  return anyDay.split(/\n\s*\n/).map((part) => part.trim().replace(/\n\s+/g, "\n"));
}

function isHarmful(action: string): boolean {
  return action !== "update" && action !== "no-op" && action !== "forget";
}

function of(objects: readonly OfficialObject[], wanted: string): OfficialObject[1] {
  return objects.find(([address]) => address === wanted)?.[1] ?? {};
}

/** What an engine said, as one line. */
function said({ stderr }: { stderr: string }): string {
  return stderr.replace(/[\s│╷╵]+/g, " ");
}
