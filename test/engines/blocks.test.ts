import { isBlock, type Attributes } from "../../src/provider/contract";
import { glsaProvider } from "../../src/resources";
import { codeBlocks } from "../support/code-blocks";
import {
  describeEachEngine,
  NO_CHANGES,
  succeeded,
  type EngineDiagnostic,
  type Workspace,
} from "../support/engine";
import { stack } from "../support/glsa";
import { usePlatform } from "../support/platform";

const platform = usePlatform();

/** For each nested block of a schema: HCL in which it is written, with a misspelled key inside. */
function misspelled(attributes: Attributes, path: readonly string[] = []): string[] {
  return Object.entries(attributes).flatMap(([name, attribute]) => {
    if (!isBlock(attribute)) return [];
    const inside = [...path, attribute.type === "objectMap" ? `${name} "label"` : name];
    const [key = ""] = Object.keys(attribute.attributes);
    const lines = inside.reduceRight(
      (content, block) => `${block} {\n${content}\n}`,
      `${misspell(inside, key)} = "x"`,
    );
    return [lines, ...misspelled(attribute.attributes, inside)];
  });
}

/** Unlike any other misspelled key of its configuration. */
function misspell(path: readonly string[], key: string): string {
  return `${[...path, key].join("_").replace(/ "label"/g, "")}z`;
}

function keysIn(hcl: string): string[] {
  return [...hcl.matchAll(/(\w+z) = "x"/g)].map(([, key = ""]) => key);
}

async function problems(work: Workspace): Promise<EngineDiagnostic[]> {
  const { stdout } = await work.run(["validate", "-json"]);
  return (JSON.parse(stdout) as { diagnostics: EngineDiagnostic[] }).diagnostics;
}

describeEachEngine("a nested block", (engine) => {
  test("with a misspelled key is refused by validate, which names the key", async () => {
    const { schema, resources } = glsaProvider("0");
    const ofResources = Object.entries(resources).flatMap(
      ([
        type,
        {
          schema: { attributes },
        },
      ]) => misspelled(attributes).map((block, at) => `resource "${type}" "n${at}" {\n${block}\n}`),
    );
    const ofProvider = misspelled(schema.attributes).map(
      (block, at) =>
        `provider "glsa" {\nalias = "n${at}"\n${block}\n}\n` +
        `resource "glsa_service_account" "p${at}" {\nprovider = glsa.n${at}\ngroup = "platform"\nusername = "n${at}"\n}`,
    );
    // Engines look at no provider whose resources are wrong.
    for (const blocks of [ofResources, ofProvider]) {
      const hcl = blocks.join("\n");
      const found = await problems(stack(engine, platform.gitlab, hcl));
      const named = found.map(({ detail }) => /"(\w+z)" is not expected/.exec(detail)?.[1]);
      expect(named.filter((key) => key !== undefined).sort()).toEqual(keysIn(hcl).sort());
    }
    expect(ofResources.length).toBeGreaterThan(6);
    expect(ofProvider.length).toBeGreaterThan(1);
  });

  test.each([
    ["deliver_to {\nci_variable {\nprotcted = true\n}\n}", "protcted", 'Did you mean "protected"?'],
    ['rotation {\nevery = "30d"\noverlapp = "10d"\n}', "overlapp", 'Did you mean "overlap"?'],
    ['rotation = { every = "30d" }', "rotation", "Did you mean to define a block of type"],
    ["deliver_to = []", "deliver_to", "Did you mean to define a block of type"],
  ])("is checked: %j", async (lines, key, hint) => {
    const hcl = `resource "glsa_access_token" "a" {\n${lines}\n}\n`;
    const found = await problems(stack(engine, platform.gitlab, hcl));
    const details = found.map(({ detail }) => detail);
    expect(details).toContainEqual(expect.stringContaining(`named "${key}" is not expected here`));
    expect(details).toContainEqual(expect.stringContaining(hint));
  });

  test("comes from a module's variable, stays in place, and may be ignored or left out", async () => {
    const module = codeBlocks("docs/delivery.md", "hcl").find((code) => code.includes("dynamic"));
    const use = (key: string, more: string) =>
      `module "token" {
  source  = "./module"
  account = glsa_service_account.bot.id
  deliver_to = [
    { ci_variable = { project = "platform/charts", key = "${key}" } },
    { file = { path = "bot.token" } },
  ]
}
resource "glsa_service_account" "bot" {
  group    = "platform"
  username = "bot"
}
resource "glsa_access_token" "kept" {
  service_account_id = glsa_service_account.bot.id
  name        = "kept"
  scopes      = ["read_api"]
  store_value = true
  ${more}
  lifecycle {
    ignore_changes = [deliver_to, rotation]
  }
}
`;
    const work = stack(engine, platform.gitlab, use("BOT_TOKEN", 'rotation {\nevery = "30d"\n}'));
    work.write({ "module/main.tf": `${REQUIRED}${module}` });
    succeeded(await work.init());
    succeeded(await work.apply());
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
    const value = await platform.gitlab.variable(platform.ids.charts, "BOT_TOKEN");
    expect(await platform.gitlab.whoIs(value ?? "")).toBe("bot");

    const elsewhere = 'rotation {\nevery = "40d"\n}\ndeliver_to {\nfile {\npath = "no.token"\n}\n}';
    work.write({ "main.tf": use("BOT_TOKEN", elsewhere) });
    expect((await work.plan()).exitCode).toBe(NO_CHANGES);
    expect((await work.resource("glsa_access_token.kept"))?.values).toMatchObject({
      deliver_to: [],
      rotation: { every: "30d" },
    });
  });
});

const REQUIRED = `terraform {
  required_providers {
    glsa = { source = "glsa.internal/glsa/glsa" }
  }
}
`;
