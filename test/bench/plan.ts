import { execFileSync, spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { TestGitLab } from "../support/gitlab";
import { glsaProvider, PROVIDER_ADDRESS } from "../support/glsa";
import { largeStack } from "./large-stack";

const SHARED_BENCH = resolve(__dirname, "../../../shared/bench");
const LATENCY_MS = 25;

export interface PlanCost {
  readonly seconds: number;
  readonly peakMegabytes: number;
  readonly requests: number;
}

/** A plan of unchanged objects, eight to an account, against the stand-in at 25 ms latency. */
export async function planOfUnchanged(
  accounts: number,
  provider = glsaProvider(),
): Promise<PlanCost> {
  const folder = mkdtempSync(join(tmpdir(), "glsa-bench-"));
  const gitlab = await TestGitLab.start();
  try {
    const { configuration, state } = await largeStack(gitlab, accounts);
    writeFileSync(join(folder, "main.tf.json"), JSON.stringify(configuration));
    writeFileSync(join(folder, "terraform.tfstate"), JSON.stringify(state));
    await gitlab.control("POST", "latency", { ms: LATENCY_MS });
    await gitlab.forgetRequests();
    const run = await timedPlan(
      folder,
      { [PROVIDER_ADDRESS]: provider.folder },
      {
        GITLAB_BASE_URL: gitlab.url,
        GITLAB_TOKEN: gitlab.token,
      },
    );
    return { ...run, requests: (await gitlab.requests()).total };
  } finally {
    await gitlab.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The same number of objects of a Go provider that does nothing; undefined where its source or Go is missing. */
export async function planOfNothing(accounts: number): Promise<number | undefined> {
  if (!existsSync(SHARED_BENCH)) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "glsa-bench-"));
  try {
    const source = join(folder, "source");
    cpSync(join(SHARED_BENCH, "noop-provider"), source, { recursive: true });
    const options = { cwd: source, env: { ...process.env, GOFLAGS: "-mod=mod" } };
    execFileSync("chmod", ["-R", "u+w", source]);
    execFileSync("go", ["build", "-o", join(folder, "bin/terraform-provider-noop"), "."], options);
    execFileSync("python3", [join(SHARED_BENCH, "noop_stack.py"), folder, String(accounts)]);
    return (await timedPlan(folder, { "bench/noop": join(folder, "bin") }, {})).seconds;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function timedPlan(
  folder: string,
  overrides: Readonly<Record<string, string>>,
  env: NodeJS.ProcessEnv,
): Promise<{ seconds: number; peakMegabytes: number }> {
  const entries = Object.entries(overrides).map(([address, path]) => `"${address}" = "${path}"`);
  const rc = join(folder, "engine.tfrc");
  writeFileSync(rc, `provider_installation {\n  dev_overrides {\n${entries.join("\n")}\n}\n}\n`);
  const start = performance.now();
  const child = spawn("terraform", ["plan", "-detailed-exitcode", "-no-color"], {
    cwd: folder,
    env: { ...process.env, ...env, TF_CLI_CONFIG_FILE: rc, CHECKPOINT_DISABLE: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const watch = new PeakMemory(child.pid ?? 0);
  const exitCode = await new Promise<number | null>((done) => child.once("exit", done));
  const seconds = (performance.now() - start) / 1000;
  watch.stop();
  if (exitCode !== 0)
    throw new Error(`the plan was not empty (${exitCode}):\n${output.slice(-3000)}`);
  return { seconds, peakMegabytes: watch.megabytes };
}

/** The most memory that any child of a process held; read from Linux's /proc. */
class PeakMemory {
  megabytes = 0;
  private readonly timer: NodeJS.Timeout;

  constructor(parent: number) {
    this.timer = setInterval(() => this.look(parent), 100);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private look(parent: number): void {
    try {
      // Any thread of the engine may have started the provider.
      for (const thread of readdirSync(`/proc/${parent}/task`)) {
        const children = readFileSync(`/proc/${parent}/task/${thread}/children`, "utf8");
        for (const child of children.split(/\s+/).filter(Boolean))
          this.read(`/proc/${child}/status`);
      }
    } catch {
      // The process ended between two looks, or this is no Linux.
    }
  }

  private read(path: string): void {
    const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(path, "utf8"));
    this.megabytes = Math.max(this.megabytes, Number(peak?.[1] ?? 0) / 1024);
  }
}
