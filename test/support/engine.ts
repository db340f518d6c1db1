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
  accessSync,
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";

export type EngineName = "terraform" | "tofu";

export interface Engine {
  readonly name: EngineName;
  readonly binary: string;
}

const ENGINE_NAMES: readonly EngineName[] = ["terraform", "tofu"];
const CACHED_TOFU = join("glsa", "opentofu-1.12.6", "tofu");

/** The engines of this machine. */
export function engines(): Engine[] {
  return ENGINE_NAMES.flatMap((name) => {
    const binary = findBinary(name);
    return binary === undefined ? [] : [{ name, binary }];
  });
}

/** One `describe` per engine. An engine that this machine lacks shows as skipped, never as passed. */
export function describeEachEngine(title: string, body: (engine: Engine) => void): void {
  const found = engines();
  for (const name of ENGINE_NAMES) {
    const engine = found.find((candidate) => candidate.name === name);
    if (engine !== undefined) {
      describe(`${title} (${name})`, () => body(engine));
    } else {
      describe.skip(`${title} (skipped: ${name} is not installed)`, () => body({ name, binary: name }));
    }
  }
}

function findBinary(name: EngineName): string | undefined {
  const onPath = (process.env["PATH"] ?? "").split(delimiter).map((folder) => join(folder, name));
  const cache = process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache");
  const candidates = name === "tofu" ? [...onPath, join(cache, CACHED_TOFU)] : onPath;
  return candidates.find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A provider in a folder from which engines install it; `installProvider` makes one. */
export interface InstalledProvider {
  readonly address: string;
  readonly version: string;
  readonly mirror: string;
  /** The folder that holds the executable. */
  readonly folder: string;
}

/** Puts an executable (a bundle with `#!/usr/bin/env node` will do) where engines look for a provider. */
export function installProvider(options: {
  /** Host, namespace and type. */
  readonly address: string;
  readonly version: string;
  readonly executable: string;
  readonly mirror: string;
}): InstalledProvider {
  const { address, version, executable, mirror } = options;
  const type = address.split("/").at(-1);
  const architecture = process.arch === "x64" ? "amd64" : process.arch;
  const folder = join(mirror, address, version, `${process.platform}_${architecture}`);
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

export interface PlannedChange {
  readonly address: string;
  readonly type: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Values | null;
    readonly after: Values | null;
    readonly after_unknown: Values;
    readonly after_sensitive: Values;
    readonly replace_paths?: readonly (readonly (string | number)[])[];
  };
}

export type Values = { readonly [name: string]: unknown };

export interface PlanJson {
  readonly resource_changes?: readonly PlannedChange[];
  readonly resource_drift?: readonly PlannedChange[];
  readonly output_changes?: { readonly [name: string]: PlannedChange["change"] };
}

export interface PlanRun extends Run {
  /** The plan as reviewers' tools see it. */
  json(): Promise<PlanJson>;
}

export interface StateResource {
  readonly address: string;
  readonly type: string;
  readonly values: Values;
  readonly tainted?: boolean;
}

export interface StateJson {
  readonly values?: {
    readonly outputs?: { readonly [name: string]: { readonly value: unknown } };
    readonly root_module?: { readonly resources?: readonly StateResource[] };
  };
}

/** The state file itself, private state included. */
export interface RawState {
  readonly serial: number;
  readonly resources: readonly {
    readonly type: string;
    readonly name: string;
    readonly instances: readonly { readonly attributes: Values; readonly private?: string }[];
  }[];
}

/** A diagnostic as `plan -json` and `apply -json` print it. */
export interface EngineDiagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail: string;
  readonly address?: string;
  readonly range?: { readonly filename: string; readonly start: { readonly line: number } };
  readonly snippet?: { readonly context: string | null; readonly code: string };
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
