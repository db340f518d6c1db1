import { mkdirSync, symlinkSync } from "node:fs";
import { delimiter, join } from "node:path";
import { runGlsa, type Result } from "../cli/run-glsa";
import { NO_CHANGES, type Engine } from "../support/engine";
import { stack } from "../support/glsa";
import type { TestGitLab } from "../support/gitlab";
import { pulumiStack } from "../support/pulumi";
import type { PulumiEngine } from "../../examples/demo/pulumi-engine";

/** What the code of a stage says, so that each engine declares the same. */
export interface Declared {
  readonly role?: string;
  /** Of the token "plan". */
  readonly scopes?: readonly string[];
}

/** A configuration that an engine applies, and glsa as its nights run it. */
export interface Stage {
  readonly folder: string;
  declare(declared: Declared): void;
  apply(): Promise<unknown>;
  glsa(parameters: readonly string[], env?: NodeJS.ProcessEnv, input?: string): Promise<Result>;
  /** Whether a plan would do nothing. */
  isSettled(): Promise<boolean>;
  /** How the engine calls a token. */
  address(name: "ci" | "plan" | "other"): string;
}

export async function terraformStage(engine: Engine, gitlab: TestGitLab): Promise<Stage> {
  const work = stack(engine, gitlab, hcl({}));
  link(work.folder, engine.name, engine.binary);
  return {
    folder: work.folder,
    declare: (declared) => work.write({ "main.tf": hcl(declared) }),
    apply: async () => work.apply(),
    glsa: (parameters, env, input) =>
      run(work.folder, parameters, { ...work.environment(), ...env }, input),
    isSettled: async () => (await work.plan()).exitCode === NO_CHANGES,
    address: (name) => `glsa_access_token.${name}`,
  };
}

export async function pulumiStage(engine: PulumiEngine, gitlab: TestGitLab): Promise<Stage> {
  const work = await pulumiStack(engine, gitlab, program({}));
  link(work.folder, "pulumi", engine.binary);
  return {
    folder: work.folder,
    declare: (declared) => work.declare(program(declared)),
    apply: () => work.up(),
    glsa: (parameters, env, input) =>
      run(work.folder, parameters, { ...work.environment(), ...env }, input),
    isSettled: async () => Object.keys(await work.changes()).length === 0,
    address: (name) => `urn:pulumi:dev::test::glsa:index:AccessToken::${name}`,
  };
}

/** Only this engine is on PATH, beside Node. */
function link(folder: string, name: string, binary: string): void {
  mkdirSync(join(folder, "bin"));
  symlinkSync(binary, join(folder, "bin", name));
}

function run(
  folder: string,
  parameters: readonly string[],
  env: NodeJS.ProcessEnv,
  input = "",
): Promise<Result> {
  const PATH = [join(folder, "bin"), env["PATH"]].join(delimiter);
  const job = Object.fromEntries(
    Object.entries({ ...env, PATH }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  ) as Record<string, string>;
  return runGlsa(parameters, { cwd: folder, job, input });
}

const SCOPES = ["read_api"];

function hcl({ role = "developer", scopes = SCOPES }: Declared): string {
  return `
resource "glsa_service_account" "bot" {
  group    = "platform"
  username = "bot"
  name     = "Bot"
}
resource "glsa_membership" "apps" {
  service_account_id = glsa_service_account.bot.id
  group              = "platform/apps"
  role               = "${role}"
}
${hclToken("ci", "bot", SCOPES)}
${hclToken("plan", "bot", scopes)}
resource "glsa_service_account" "other" {
  group    = "platform"
  username = "other"
  name     = "Other"
}
${hclToken("other", "other", SCOPES)}
`;
}

function hclToken(name: string, account: string, scopes: readonly string[]): string {
  return `resource "glsa_access_token" "${name}" {
  service_account_id = glsa_service_account.${account}.id
  name               = "${name}"
  scopes             = ${JSON.stringify(scopes)}
  rotation {
    every = "30d"
  }
  deliver_to {
    ci_variable {
      project = "platform/charts"
      key     = "${name.toUpperCase()}_TOKEN"
    }
  }
}`;
}

function program({ role = "developer", scopes = SCOPES }: Declared): string {
  const one = (name: string, account: string, given: readonly string[]) =>
    `token("${name}", { serviceAccountId: ${account}.id, name: "${name}", scopes: ${JSON.stringify(given)}, ` +
    `rotation: { every: "30d" }, deliverTo: [{ ciVariable: { project: "platform/charts", key: "${name.toUpperCase()}_TOKEN" } }] });`;
  return `
const bot = account("bot", { group: "platform", username: "bot", name: "Bot" });
membership("apps", { serviceAccountId: bot.id, group: "platform/apps", role: "${role}" });
const other = account("other", { group: "platform", username: "other", name: "Other" });
${one("ci", "bot", SCOPES)}
${one("plan", "bot", scopes)}
${one("other", "other", SCOPES)}
`;
}
