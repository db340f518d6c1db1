import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { spawn } from "node:child_process";
import type { PulumiEngine } from "../../examples/demo/pulumi-engine";
import { RunningEngine, type Run } from "./engine";
import type { TestGitLab } from "./gitlab";

const REPOSITORY = resolve(__dirname, "../..");
const DEPENDENCIES = ["@pulumi/pulumi", "typescript", "@types/node", "undici-types"];

/** The example in a folder of its own, with what `npm install` puts there. */
export class PulumiProject {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "glsa-pulumi-example-")));

  constructor(
    private readonly engine: PulumiEngine,
    private readonly gitlab: TestGitLab,
  ) {
    cpSync(join(REPOSITORY, "examples/pulumi"), this.folder, { recursive: true });
    mkdirSync(join(this.folder, "state"));
    for (const name of DEPENDENCIES) this.link(join(REPOSITORY, "node_modules", name), name);
    this.link(REPOSITORY, "glsa");
    const provider = "../glsa/dist/bin/pulumi-resource-glsa.js";
    this.link(provider, ".bin/pulumi-resource-glsa");
  }

  pulumi(...command: string[]): Promise<Run> {
    const child = spawn(this.engine.binary, [...command, "--non-interactive", "--color=never"], {
      cwd: this.folder,
      env: this.environment(),
      stdio: ["ignore", "pipe", "pipe"],
    });
    return new RunningEngine(child).finished;
  }

  /** Nothing that the developer's own shell says about Pulumi reaches a test. */
  environment(): Record<string, string> {
    const outer = Object.entries(process.env).filter(
      (entry): entry is [string, string] =>
        !entry[0].startsWith("PULUMI_") && entry[1] !== undefined,
    );
    return {
      ...Object.fromEntries(outer),
      PATH: this.engine.path,
      PULUMI_HOME: join(this.folder, "home"),
      PULUMI_BACKEND_URL: `file://${this.folder}/state`,
      PULUMI_CONFIG_PASSPHRASE: "correct horse",
      PULUMI_SKIP_UPDATE_CHECK: "1",
      GITLAB_BASE_URL: this.gitlab.url,
      GITLAB_TOKEN: this.gitlab.token,
    };
  }

  cleanUp(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private link(target: string, name: string): void {
    const path = join(this.folder, "node_modules", name);
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(target, path);
  }
}
