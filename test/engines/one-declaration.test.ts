import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import {
  cleanUpWorkspaces,
  describeEachEngine,
  NO_CHANGES,
  succeeded,
  workspace,
  type Engine,
  type Files,
} from "../support/engine";
import { inDays, TestGitLab, type Member } from "../support/gitlab";
import { glsaProvider } from "../support/glsa";
import { describePulumi } from "../support/pulumi";
import { PulumiProject } from "../support/pulumi-project";

const REPOSITORY = resolve(__dirname, "../..");

interface Containers {
  readonly platform: number;
  readonly apps: number;
  readonly charts: number;
  readonly web: number;
}

interface Token {
  readonly name: string;
  readonly description: string;
  readonly scopes: readonly string[];
  readonly expires_at: string;
}

interface Variable {
  readonly key: string;
  readonly value: string;
  readonly description: string;
  readonly environment_scope: string;
  readonly protected: boolean;
  readonly masked: boolean;
  readonly raw: boolean;
}

let gitlab: TestGitLab;
let containers: Containers;
let project: PulumiProject | undefined;

beforeEach(async () => {
  gitlab = await TestGitLab.start();
  const platform = await gitlab.platform();
  containers = { ...platform, web: await gitlab.project("web", platform.apps) };
});

afterEach(async () => {
  project?.cleanUp();
  project = undefined;
  cleanUpWorkspaces();
  await gitlab.close();
});

/** Markers name their object by a hash of numbers, variables their token by its number. */
function withoutNumbers(description: string): string {
  return description
    .replace(/token \d+/, "token N")
    .replace(/(?:\+[0-9a-f]{8} )?glsa:1:[0-9a-f]{20}:/, "glsa:1:KEY:");
}

/** The name of the token that a value is. */
async function tokenOf(value: string): Promise<string> {
  return (await gitlab.call<Token>("GET", "/personal_access_tokens/self", undefined, value)).name;
}

function activeTokens(userId: number): Promise<Token[]> {
  return gitlab.call("GET", `/personal_access_tokens?user_id=${userId}&state=active`);
}

async function accountsOf(path: string): Promise<object[]> {
  const accounts = await gitlab.call<{ id: number; username: string; name: string }[]>("GET", path);
  const described = accounts.map(async ({ id, username, name }) => ({
    username,
    name,
    tokens: (await activeTokens(id)).map((token) => ({
      name: token.name,
      description: withoutNumbers(token.description),
      scopes: [...token.scopes].sort(),
      expires_at: token.expires_at,
    })),
  }));
  const found = await Promise.all(described);
  return found.sort((left, right) => (left.username < right.username ? -1 : 1));
}

async function membersOf(kind: "groups" | "projects", id: number): Promise<string[]> {
  const members = await gitlab.members(kind, id);
  const words = ({ username, access_level, expires_at }: Member) =>
    `${username} ${access_level} ${expires_at}`;
  return members
    .filter(({ username }) => username !== "root")
    .map(words)
    .sort();
}

async function variablesOf(kind: "groups" | "projects", id: number): Promise<object[]> {
  const variables = await gitlab.call<Variable[]>("GET", `/${kind}/${id}/variables`);
  return Promise.all(
    variables.map(async (variable) => ({
      key: variable.key,
      token: await tokenOf(variable.value),
      description: withoutNumbers(variable.description),
      environment_scope: variable.environment_scope,
      flags: [variable.protected, variable.masked, variable.raw],
    })),
  );
}

/** Everything that the declaration is about, but for numbers and times. */
async function live(): Promise<object> {
  const { platform, apps, charts, web } = containers;
  return {
    accounts: {
      platform: await accountsOf(`/groups/${platform}/service_accounts`),
      web: await accountsOf(`/projects/${web}/service_accounts`),
    },
    members: {
      platform: await membersOf("groups", platform),
      apps: await membersOf("groups", apps),
      charts: await membersOf("projects", charts),
      web: await membersOf("projects", web),
    },
    variables: {
      platform: await variablesOf("groups", platform),
      charts: await variablesOf("projects", charts),
      web: await variablesOf("projects", web),
    },
  };
}

const account = (username: string, name: string, token: object) => ({
  username,
  name,
  tokens: [{ ...token, expires_at: inDays(40) }],
});
const variable = (key: string, token: string) => ({
  key,
  token,
  description: "Delivered by glsa: token N. glsa:1:KEY:1",
  environment_scope: "*",
  flags: [false, true, true],
});

/** What the stack of `examples/cdktf` is to become, whichever engine makes it. */
function expected(): object {
  const audit = {
    name: "audit",
    description: "reports settings that differ from the baseline (platform-team) glsa:1:KEY:1",
    scopes: ["read_api"],
  };
  const ci = {
    name: "ci",
    description: "deploys the platform charts (platform-team) glsa:1:KEY:1",
    scopes: ["read_api", "write_repository"],
  };
  const registry = {
    name: "registry",
    description: "pushes the images of the web application (web-team) glsa:1:KEY:1",
    scopes: ["read_registry", "write_registry"],
  };
  return {
    accounts: {
      platform: [
        account("platform-auditor", "Platform auditor", audit),
        account("platform-deployer", "Platform deployer", ci),
      ],
      web: [account("web-bot", "Web bot", registry)],
    },
    members: {
      platform: ["platform-auditor 20 null"],
      apps: ["platform-deployer 30 null"],
      charts: ["platform-deployer 40 null"],
      web: ["web-bot 30 null"],
    },
    variables: {
      platform: [variable("AUDIT_TOKEN", "audit")],
      charts: [variable("DEPLOY_TOKEN", "ci")],
      web: [variable("REGISTRY_TOKEN", "registry")],
    },
  };
}

/** The JSON that the example for CDKTF synthesizes; the state shall lie in the test's folder. */
function synthesized(): Files {
  const folder = mkdtempSync(join(tmpdir(), "glsa-synth-"));
  try {
    const { app } = JSON.parse(readFileSync(join(REPOSITORY, "cdktf.json"), "utf8")) as {
      app: string;
    };
    const [command = "", ...args] = app.split(" ");
    const env = { ...process.env, CDKTF_OUTDIR: folder };
    execFileSync(command, args, { cwd: REPOSITORY, env });
    const text = readFileSync(join(folder, "stacks/platform/cdk.tf.json"), "utf8");
    const stack = JSON.parse(text) as { terraform: { backend?: object } };
    delete stack.terraform.backend;
    return { "cdk.tf.json": stack };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function applied(engine: Engine, files: Files): Promise<object> {
  const work = workspace(engine, files, {
    provider: glsaProvider(),
    override: true,
    env: { GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: gitlab.token },
  });
  succeeded(await work.apply());
  expect((await work.plan()).exitCode).toBe(NO_CHANGES);
  return live();
}

describeEachEngine("one declaration", (engine) => {
  test("in CDKTF becomes the same", async () => {
    expect(await applied(engine, synthesized())).toEqual(expected());
  });

  test("in HCL becomes the same", async () => {
    const hcl = readFileSync(join(REPOSITORY, "examples/hcl/main.tf"), "utf8");
    expect(await applied(engine, { "main.tf": hcl })).toEqual(expected());
  });
});

describePulumi("one declaration", (engine) => {
  test("on Pulumi becomes the same", async () => {
    project = new PulumiProject(engine, gitlab);
    succeeded(await project.pulumi("stack", "init", "dev"));
    succeeded(await project.pulumi("up", "--yes", "--skip-preview"));
    succeeded(await project.pulumi("preview", "--expect-no-changes"));
    expect(await live()).toEqual(expected());
  }, 120_000);
});
