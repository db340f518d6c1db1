import { execFile } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import type { Engine } from "./engine";
import type { Instance, Workspace } from "./workspace";

/** Not the synchronous form: the stand-in answers from this same process. */
const execute = promisify(execFile);
const REPOSITORY = resolve(__dirname, "../..");

/** The declaration in HCL, on Terraform or OpenTofu. */
export class TerraformWorkspace implements Workspace {
  private readonly folder = mkdtempSync(join(tmpdir(), "glsa-demo-"));
  private readonly environment: NodeJS.ProcessEnv;

  constructor(
    private readonly engine: Engine,
    private readonly gitlab: Instance,
  ) {
    this.environment = {
      ...process.env,
      GITLAB_BASE_URL: gitlab.url,
      GITLAB_TOKEN: gitlab.token,
      CHECKPOINT_DISABLE: "1",
      TF_IN_AUTOMATION: "1",
    };
    copyFileSync(join(__dirname, "main.tf"), join(this.folder, "main.tf"));
  }

  async init(): Promise<void> {
    const program = join(REPOSITORY, "dist/bin/glsa.js");
    const parameters = ["install", "--for", "folder", "--folder", this.folder];
    const options = { cwd: this.folder, env: this.environment };
    await execute(process.execPath, [program, ...parameters], options);
    await this.run("init");
  }

  async plan(): Promise<string[]> {
    return essence(await this.run("plan", "-no-color"));
  }

  async apply(): Promise<string[]> {
    return outcome(await this.run("apply", "-no-color", "-auto-approve"));
  }

  async destroy(): Promise<string[]> {
    return outcome(await this.run("destroy", "-no-color", "-auto-approve"));
  }

  byHand(): string[] {
    return [
      `cd ${this.folder}`,
      `export GITLAB_BASE_URL=${this.gitlab.url} GITLAB_TOKEN=${this.gitlab.token}`,
      `${this.engine.binary} plan`,
    ];
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async run(...parameters: string[]): Promise<string> {
    const options = { cwd: this.folder, env: this.environment, maxBuffer: 64 << 20 };
    const { stdout } = await execute(this.engine.binary, [...parameters, "-input=false"], options);
    return stdout;
  }
}

/** Which objects change, and how. */
function essence(output: string): string[] {
  const telling = /^ {2}# glsa|^\s+~ \w+ += .* -> |^\s+\+ rotation_reason |^Plan:|^No changes/;
  return output
    .split("\n")
    .filter((line) => telling.test(line) && !line.includes("(known after apply)"))
    .map((line) => line.trim());
}

function outcome(output: string): string[] {
  return output.split("\n").filter((line) => /^(Apply|Destroy) complete/.test(line));
}
