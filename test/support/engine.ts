/**
 * Real Terraform and real OpenTofu for end-to-end tests.
 *
 * ```ts
 * describeEachEngine("a membership", (engine) => {
 *   test("is planned once", async () => {
 *     const work = workspace(engine, { "main.tf": "..." }, { provider });
 *     await work.init();
 *     succeeded(await work.apply());
 *     expect((await work.plan()).exitCode).toBe(NO_CHANGES);
 *   });
 * });
 * afterEach(cleanUpWorkspaces);
 * ```
 */
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { inCache } from "../../examples/demo/engine";
import { isExecutable, onPath } from "./executable";
import type { EngineDiagnostic, PlanJson, RawState, StateJson, StateResource } from "./engine-json";

export type { EngineDiagnostic, PlanJson, RawState, StateJson, StateResource } from "./engine-json";

export type EngineName = "terraform" | "tofu";

export interface Engine {
  readonly name: EngineName;
  readonly binary: string;
}

const ENGINE_NAMES: readonly EngineName[] = ["terraform", "tofu"];
const CACHED_TOFU = inCache("opentofu-1.12.6/tofu");

/** The engines of this machine. */
export function engines(): Engine[] {
  return ENGINE_NAMES.flatMap((name) => {
    const binary = findBinary(name);
    return binary === undefined ? [] : [{ name, binary }];
  });
}

/** One `describe` per engine. An engine that this machine lacks shows as skipped, never as passed. */
export function describeEachEngine(title: string, body: (engine: Engine) => void): void {
  for (const name of ENGINE_NAMES) describeEngine(name, title, body);
}

/**
 * For what glsa does and both engines only carry: the engines take turns in `.ci/run`, by title, and `npm run test:all`
 * runs each. Where an engine has a say of its own, `describeEachEngine` is right.
 */
export function describeEnginesInTurn(title: string, body: (engine: Engine) => void): void {
  if (process.env["GLSA_TIER"] === "all") {
    describeEachEngine(title, body);
    return;
  }
  const found = engines().map(({ name }) => name);
  const names = found.length > 0 ? found : ENGINE_NAMES;
  const turn = [...title].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % names.length;
  describeEngine(names[turn] ?? "terraform", title, body);
}

function describeEngine(name: EngineName, title: string, body: (engine: Engine) => void): void {
  const engine = engines().find((candidate) => candidate.name === name);
  if (engine !== undefined) {
    describe(`${title} (${name})`, () => body(engine));
  } else {
    describe.skip(`${title} (skipped: ${name} is not installed)`, () =>
      body({ name, binary: name }));
  }
}

function findBinary(name: EngineName): string | undefined {
  const candidates = name === "tofu" ? [...onPath(name), CACHED_TOFU] : onPath(name);
  return candidates.find(isExecutable);
}

/** A provider in a folder from which engines install it; `installProvider` makes one. */
export interface InstalledProvider {
  readonly address: string;
  readonly version: string;
  readonly mirror: string;
  /** The folder that holds the executable. */
  readonly folder: string;
}

/** Host, namespace and type, version, and where a mirror is to be. */
interface Installation {
  readonly address: string;
  readonly version: string;
  readonly mirror: string;
}

function folderOf({ mirror, address, version }: Installation): string {
  const architecture = process.arch === "x64" ? "amd64" : process.arch;
  return join(mirror, address, version, `${process.platform}_${architecture}`);
}

/** Unpacks a provider's zip where engines look for it. */
export function installZip(zip: string, options: Installation): InstalledProvider {
  const folder = folderOf(options);
  mkdirSync(folder, { recursive: true });
  execFileSync("unzip", ["-q", zip, "-d", folder]);
  return { ...options, folder };
}

/** Puts an executable (a bundle with `#!/usr/bin/env node` will do) where engines look for a provider. */
export function installProvider(
  options: Installation & { readonly executable: string },
): InstalledProvider {
  const { address, version, executable, mirror } = options;
  const type = address.split("/").at(-1);
  const folder = folderOf(options);
  const target = join(folder, `terraform-provider-${type}_v${version}`);
  mkdirSync(folder, { recursive: true });
  copyFileSync(executable, target);
  chmodSync(target, 0o755);
  return { address, version, mirror, folder };
}

/** Exit codes of `plan`. */
export const NO_CHANGES = 0;
export const CHANGES = 2;

export interface Run {
  /** Null if a signal ended it. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The run, if it ended well; otherwise an error with all that it said. */
export function succeeded<R extends Run>(run: R): R {
  if (run.exitCode === 0) return run;
  throw new Error(`The engine ended with ${run.exitCode}.\n${run.stdout}\n${run.stderr}`);
}

export interface PlanRun extends Run {
  /** The plan as reviewers' tools see it. */
  json(): Promise<PlanJson>;
}

export interface RunOptions {
  /** Further arguments, such as `-refresh=false`. */
  readonly args?: readonly string[];
  /** Beside the workspace's own environment; undefined takes a variable away. */
  readonly env?: NodeJS.ProcessEnv;
}

export interface WorkspaceOptions {
  readonly provider?: InstalledProvider;
  /** Takes the provider from its folder without `init`, which is faster; the engine then warns of it. */
  readonly override?: boolean;
  /** Providers beside it, found in the same way. */
  readonly others?: readonly InstalledProvider[];
  readonly env?: NodeJS.ProcessEnv;
  /** Writes the engine's log of this level to a file, for `log()`. */
  readonly logLevel?: "TRACE" | "DEBUG" | "INFO" | "WARN" | "ERROR";
}

/** File contents by path; what is not text is written as JSON. */
export type Files = { readonly [path: string]: string | object };

const open = new Set<Workspace>();

export function workspace(engine: Engine, files: Files, options: WorkspaceOptions = {}): Workspace {
  const created = new Workspace(engine, files, options);
  open.add(created);
  return created;
}

/** Ends whatever the workspaces of this test file left running and removes their folders. */
export function cleanUpWorkspaces(): void {
  for (const one of open) one.cleanUp();
  open.clear();
}

/** A folder with a configuration, its state, and an engine to run on them. Nothing is fetched from a network. */
export class Workspace {
  readonly folder: string;
  private readonly running = new Set<RunningEngine>();
  private plans = 0;

  constructor(
    readonly engine: Engine,
    files: Files,
    private readonly options: WorkspaceOptions,
  ) {
    // Resolved, because engines and `ps` show the resolved path (macOS links its temporary folder).
    this.folder = realpathSync(mkdtempSync(join(tmpdir(), "glsa-")));
    mkdirSync(this.temporaryFolder);
    this.write(files);
    const { provider, others = [] } = options;
    this.installOnly(...(provider === undefined ? [] : [provider, ...others]));
  }

  /** Where the engine and its plugins put their temporary files, sockets included. */
  get temporaryFolder(): string {
    return join(this.folder, "tmp");
  }

  /** Adds files or replaces them. */
  write(files: Files): void {
    for (const [path, content] of Object.entries(files)) {
      const target = join(this.folder, path);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, typeof content === "string" ? content : JSON.stringify(content));
    }
  }

  /** Throws when it fails: no test of a provider wants that. */
  async init(options?: RunOptions): Promise<Run> {
    return succeeded(await this.run(["init", "-input=false"], options));
  }

  validate(options?: RunOptions): Promise<Run> {
    return this.run(["validate"], options);
  }

  /** Exit code 0 says no changes, 1 failed, 2 changes. */
  async plan(options?: RunOptions): Promise<PlanRun> {
    this.plans += 1;
    const file = `plan-${this.plans}.bin`;
    const command = ["plan", "-input=false", "-detailed-exitcode", `-out=${file}`];
    const run = await this.run(command, options);
    return { ...run, json: () => this.json<PlanJson>(["show", "-json", file]) };
  }

  apply(options?: RunOptions): Promise<Run> {
    return this.run(["apply", "-input=false", "-auto-approve"], options);
  }

  destroy(options?: RunOptions): Promise<Run> {
    return this.run(["destroy", "-input=false", "-auto-approve"], options);
  }

  import(address: string, id: string, options: RunOptions = {}): Promise<Run> {
    const args = [...(options.args ?? []), address, id];
    return this.run(["import", "-input=false"], { ...options, args });
  }

  /** What a plan or apply says of each argument; an apply really applies. */
  async diagnostics(
    command: "plan" | "apply" = "plan",
    options?: RunOptions,
  ): Promise<EngineDiagnostic[]> {
    const approval = command === "apply" ? ["-auto-approve"] : [];
    const { stdout } = await this.run([command, "-json", "-input=false", ...approval], options);
    return stdout
      .split("\n")
      .filter((line) => line.startsWith("{"))
      .map((line) => JSON.parse(line) as { diagnostic?: EngineDiagnostic })
      .flatMap(({ diagnostic }) => diagnostic ?? []);
  }

  show(): Promise<StateJson> {
    return this.json<StateJson>(["show", "-json"]);
  }

  /** One object of the state's root module, or undefined. */
  async resource(address: string): Promise<StateResource | undefined> {
    const { values } = await this.show();
    return values?.root_module?.resources?.find((resource) => resource.address === address);
  }

  /** The state file, or undefined before the first apply. */
  stateRaw(): RawState | undefined {
    const file = join(this.folder, "terraform.tfstate");
    return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as RawState) : undefined;
  }

  /** The engine's log so far, if `logLevel` was given. */
  log(): string {
    const file = join(this.folder, "engine.log");
    return existsSync(file) ? readFileSync(file, "utf8") : "";
  }

  run(command: readonly string[], options?: RunOptions): Promise<Run> {
    return this.start(command, options).finished;
  }

  /** Runs without waiting, for tests that interrupt or kill the engine. */
  start(command: readonly string[], { args = [], env = {} }: RunOptions = {}): RunningEngine {
    const child = spawn(this.engine.binary, [...command, ...args], {
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

  /** Process ids of providers that this workspace's engine started and that are still there. */
  providerProcesses(): number[] {
    return execFileSync("ps", ["-A", "-o", "pid=,args="], { encoding: "utf8" })
      .split("\n")
      .filter((line) => line.includes("terraform-provider-") && line.includes(this.folder))
      .map((line) => Number.parseInt(line, 10));
  }

  /** What plugins left behind in the temporary folder. */
  temporaryFiles(): string[] {
    return readdirSync(this.temporaryFolder);
  }

  cleanUp(): void {
    for (const engine of this.running) engine.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** From now on the engine finds no other providers than these. */
  installOnly(...providers: readonly InstalledProvider[]): void {
    const lines = providers.map(({ mirror }) => `filesystem_mirror { path = ${quoted(mirror)} }`);
    if (this.options.override) {
      const overrides = providers.map((one) => this.overriding(one)).join("\n");
      lines.unshift(`dev_overrides {\n${overrides}\n}`);
    }
    const configuration = ["provider_installation {", ...lines, "}", ""].join("\n");
    this.write({ "engine.tfrc": configuration });
  }

  /** A link, so that here too a provider's command line names its workspace. */
  private overriding({ address, folder }: InstalledProvider): string {
    const link = join(this.folder, address.replaceAll("/", "-"));
    if (!existsSync(link)) symlinkSync(folder, link);
    return `${quoted(address)} = ${quoted(link)}`;
  }

  private async json<T>(command: readonly string[]): Promise<T> {
    return JSON.parse(succeeded(await this.run(command)).stdout) as T;
  }

  /** Nothing that the developer's own shell says about engines reaches a test. */
  environment(): NodeJS.ProcessEnv {
    const outer = Object.entries(process.env).filter(([name]) => !name.startsWith("TF_"));
    const { logLevel, env } = this.options;
    return {
      ...Object.fromEntries(outer),
      TMPDIR: this.temporaryFolder,
      // Absolute, so that a provider's command line names its workspace.
      TF_DATA_DIR: join(this.folder, ".terraform"),
      TF_CLI_CONFIG_FILE: join(this.folder, "engine.tfrc"),
      TF_CLI_ARGS: "-no-color",
      TF_IN_AUTOMATION: "1",
      CHECKPOINT_DISABLE: "1",
      ...(logLevel && { TF_LOG: logLevel, TF_LOG_PATH: join(this.folder, "engine.log") }),
      ...env,
    };
  }
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

/** An engine at work. */
export class RunningEngine {
  readonly finished: Promise<Run>;
  private stdout = "";
  private stderr = "";

  constructor(private readonly child: ChildProcess) {
    child.stdout?.setEncoding("utf8").on("data", (text: string) => (this.stdout += text));
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (this.stderr += text));
    this.finished = new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (exitCode) => {
        resolve({ exitCode, stdout: this.stdout, stderr: this.stderr });
      });
    });
  }

  /** Resolves when the engine has printed the text; rejects if it ends without. */
  async printed(text: string): Promise<void> {
    let ended = false;
    const end = () => (ended = true);
    this.finished.then(end, end);
    while (!this.stdout.includes(text)) {
      if (ended)
        throw new Error(`The engine ended without "${text}".\n${this.stdout}${this.stderr}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** What Ctrl-C in a terminal does, except that only the engine gets it. */
  interrupt(): void {
    this.child.kill("SIGINT");
  }

  kill(): void {
    this.child.kill("SIGKILL");
  }
}
