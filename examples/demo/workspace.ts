import { execFile } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import type { Engine } from "./engine";

/** Not the synchronous form: the stand-in answers from this same process. */
const execute = promisify(execFile);
const REPOSITORY = resolve(__dirname, "../..");

/** A folder in which somebody works on a copy of the demo's declaration. */
export class Workspace {
  readonly folder = mkdtempSync(join(tmpdir(), "glsa-demo-"));
  private readonly environment: NodeJS.ProcessEnv;

  constructor(
    private readonly engine: Engine,
    gitlab: { readonly url: string; readonly token: string },
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

  /** Puts the provider where the engine finds it, and lets the engine find it. */
  async init(): Promise<void> {
    const program = join(REPOSITORY, "dist/bin/glsa.js");
    const parameters = ["install", "--for", "folder", "--folder", this.folder];
    const options = { cwd: this.folder, env: this.environment };
    await execute(process.execPath, [program, ...parameters], options);
    await this.run("init");
  }

  plan(): Promise<string> {
    return this.run("plan", "-no-color");
  }

  apply(): Promise<string> {
    return this.run("apply", "-no-color", "-auto-approve");
  }

  destroy(): Promise<string> {
    return this.run("destroy", "-no-color", "-auto-approve");
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
