/**
 * The real Pulumi engine for end-to-end tests, with programs in plain JavaScript.
 *
 * ```ts
 * describePulumi("a membership", (engine) => {
 *   test("is planned once", async () => {
 *     const stack = await pulumiStack(engine, gitlab, `account("bot", { group: "platform", username: "bot" });`);
 *     succeeded(await stack.up());
 *     expect(await stack.changes()).toEqual({});
 *   });
 * });
 * afterEach(cleanUpPulumi);
 * ```
 */
import { execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { presentPulumi, type PulumiEngine } from "../../examples/demo/pulumi-engine";
import { RunningEngine, succeeded, type Files, type Run } from "./engine";
import type { TestGitLab } from "./gitlab";
import type { PreviewJson, StackState, StateObject } from "./pulumi-json";

export type { PreviewJson, StackState, StateObject } from "./pulumi-json";

const REPOSITORY = resolve(__dirname, "../..");
const GLSA = join(REPOSITORY, "dist/bin/pulumi-resource-glsa.js");

// The engine starts three processes for each command, which takes its time on a busy machine.
// Plans are recorded with it, too, outside of any test.
if (typeof jest !== "undefined") jest.setTimeout(480_000);

/** Skipped, never passed, where this machine has no engine. */
export function describePulumi(title: string, body: (engine: PulumiEngine) => void): void {
  const engine = presentPulumi();
  if (engine !== undefined) {
    describe(title, () => body(engine));
  } else {
    describe.skip(`${title} (skipped: pulumi is not installed)`, () =>
      body({ binary: "pulumi", path: "" }));
  }
}

/** A provider's executable, under the name of its package. */
export interface Plugin {
  readonly name: string;
  readonly executable: string;
}

export interface PulumiOptions {
  readonly plugin: Plugin;
  /** The stack's configuration, `glsa:stack` for instance. */
  readonly config?: { readonly [key: string]: string };
  readonly env?: NodeJS.ProcessEnv;
}

const open = new Set<PulumiStack>();

/** An archive of a release, which then takes the place of the script for Node: `npm run test:executable`. */
const ARCHIVE = process.env["GLSA_TEST_PULUMI"];

let unpacked: string | undefined;

function glsaExecutable(): string {
  if (!ARCHIVE) {
    if (!existsSync(GLSA)) throw new Error("dist/ holds no provider; run npm run build");
    return GLSA;
  }
  unpacked ??= unpack(ARCHIVE);
  return unpacked;
}

/** A plugin is copied as one file: a script that starts what lies beside its libraries. */
function unpack(archive: string): string {
  const folder = mkdtempSync(join(tmpdir(), "glsa-plugin-"));
  execFileSync("tar", ["-xzf", archive, "-C", folder]);
  const script = join(folder, "start");
  writeFileSync(script, `#!/bin/sh\nexec ${join(folder, "pulumi-resource-glsa")} "$@"\n`);
  return script;
}

/** A stack of its own against a test's GitLab. */
export async function pulumiStack(
  engine: PulumiEngine,
  gitlab: TestGitLab,
  program: string,
  options: Partial<Pick<PulumiOptions, "config" | "env">> & { readonly token?: string } = {},
): Promise<PulumiStack> {
  const { token = gitlab.token, config, env } = options;
  return startStack(engine, glsaProgram(program), {
    plugin: { name: "glsa", executable: glsaExecutable() },
    config: { "glsa:stack": "test", ...config },
    env: { GITLAB_BASE_URL: gitlab.url, GITLAB_TOKEN: token, ...env },
  });
}

export async function startStack(
  engine: PulumiEngine,
  program: string,
  options: PulumiOptions,
): Promise<PulumiStack> {
  const stack = new PulumiStack(engine, program, options);
  open.add(stack);
  await stack.init();
  return stack;
}

/** Ends whatever the stacks of this test left running and removes their folders. */
export function cleanUpPulumi(): void {
  for (const stack of open) stack.cleanUp();
  open.clear();
}

/** The raw resources, as a generated SDK would offer them. */
export function glsaProgram(body: string): string {
  return `const pulumi = require("@pulumi/pulumi");
const outputs = { userId: undefined, status: undefined, email: undefined, fingerprint: undefined, value: undefined };
const type = (name) => (id, inputs, options) =>
  new pulumi.CustomResource("glsa:index:" + name, id, { ...outputs, ...inputs }, options);
const account = type("ServiceAccount");
const token = type("AccessToken");
const membership = type("Membership");
const memberships = type("Memberships");
${body}
`;
}

/** A folder with a program, its state, and an engine to run it. Nothing is fetched from a network. */
export class PulumiStack {
  readonly folder: string;
  private readonly running = new Set<RunningEngine>();

  constructor(
    private readonly engine: PulumiEngine,
    program: string,
    private readonly options: PulumiOptions,
  ) {
    this.folder = realpathSync(mkdtempSync(join(tmpdir(), "glsa-pulumi-")));
    const { name, executable } = options.plugin;
    mkdirSync(join(this.folder, "plugin"));
    mkdirSync(join(this.folder, "state"));
    copyFileSync(executable, join(this.folder, `plugin/pulumi-resource-${name}`));
    chmodSync(join(this.folder, `plugin/pulumi-resource-${name}`), 0o755);
    symlinkSync(join(REPOSITORY, "node_modules"), join(this.folder, "node_modules"));
    this.write({
      "Pulumi.yaml": projectFile(name),
      "Pulumi.dev.yaml": configFile(options.config ?? {}),
      "package.json": { name: "test" },
      "index.js": program,
    });
  }

  async init(): Promise<void> {
    succeeded(await this.run(["stack", "init", "dev"]));
  }

  write(files: Files): void {
    for (const [path, content] of Object.entries(files)) {
      const text = typeof content === "string" ? content : JSON.stringify(content);
      writeFileSync(join(this.folder, path), text);
    }
  }

  /** Another program over the raw resources. */
  declare(body: string): void {
    this.write({ "index.js": glsaProgram(body) });
  }

  preview(args: readonly string[] = []): Promise<Run> {
    return this.run(["preview", "--diff", ...args]);
  }

  async previewJson(args: readonly string[] = []): Promise<PreviewJson> {
    const run = succeeded(await this.run(["preview", "--json", ...args]));
    return JSON.parse(run.stdout) as PreviewJson;
  }

  /** What a preview would do with each resource that it does not leave alone: `update` by name. */
  async changes(args: readonly string[] = []): Promise<Record<string, string>> {
    const { steps } = await this.previewJson(args);
    const changing = steps.filter(({ op }) => op !== "same");
    return Object.fromEntries(changing.map(({ urn, op }) => [nameOf(urn), op]));
  }

  up(args: readonly string[] = []): Promise<Run> {
    return this.run(["up", "--yes", "--skip-preview", ...args]);
  }

  destroy(args: readonly string[] = []): Promise<Run> {
    return this.run(["destroy", "--yes", "--skip-preview", ...args]);
  }

  refresh(): Promise<Run> {
    return this.run(["refresh", "--yes", "--skip-preview"]);
  }

  async state(): Promise<StackState> {
    const run = succeeded(await this.run(["stack", "export"]));
    return JSON.parse(run.stdout) as StackState;
  }

  /** One object of the state by its name in the program, or undefined. */
  async resource(name: string): Promise<StateObject | undefined> {
    const { deployment } = await this.state();
    return deployment.resources?.find(({ urn }) => nameOf(urn) === name);
  }

  /** The state file as it lies in the backend. */
  stateFile(): string {
    return readFileSync(join(this.folder, "state/.pulumi/stacks/test/dev.json"), "utf8");
  }

  run(command: readonly string[], env?: NodeJS.ProcessEnv): Promise<Run> {
    return this.start(command, env).finished;
  }

  /** Runs without waiting, for tests that interrupt or kill the engine. */
  start(command: readonly string[], env: NodeJS.ProcessEnv = {}): RunningEngine {
    const child = spawn(this.engine.binary, [...command, "--non-interactive", "--color=never"], {
      cwd: this.folder,
      env: { ...this.environment(), ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const engine = new RunningEngine(child);
    this.running.add(engine);
    const forget = () => this.running.delete(engine);
    engine.finished.then(forget, forget);
    return engine;
  }

  cleanUp(): void {
    for (const engine of this.running) engine.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Nothing that the developer's own shell says about Pulumi reaches a test. */
  environment(): NodeJS.ProcessEnv {
    const outer = Object.entries(process.env).filter(([name]) => !name.startsWith("PULUMI_"));
    return {
      ...Object.fromEntries(outer),
      PATH: this.engine.path,
      PULUMI_HOME: join(this.folder, "home"),
      PULUMI_BACKEND_URL: `file://${this.folder}/state`,
      PULUMI_CONFIG_PASSPHRASE: "correct horse",
      PULUMI_SKIP_UPDATE_CHECK: "1",
      PULUMI_STACK: "dev",
      ...this.options.env,
    };
  }
}

export function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

function projectFile(plugin: string): string {
  return `name: test
runtime:
  name: nodejs
  options:
    typescript: false
main: index.js
plugins:
  providers:
    - name: ${plugin}
      path: ./plugin
`;
}

function configFile(config: { readonly [key: string]: string }): string {
  const lines = Object.entries(config).map(([key, value]) => `  ${key}: ${JSON.stringify(value)}`);
  return ["config:", ...lines, ""].join("\n");
}
