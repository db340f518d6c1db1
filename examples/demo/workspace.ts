import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import type { Engine } from "./engine";

/** Not the synchronous form: the stand-in answers from this same process. */
const execute = promisify(execFile);
const REPOSITORY = resolve(__dirname, "../..");

/** A folder in which somebody works on a copy of the example stack. */
export class Workspace {
  readonly folder = mkdtempSync(join(tmpdir(), "glsa-demo-"));
  private readonly stackFile = join(this.folder, "example/platform-stack.ts");
  private readonly environment: NodeJS.ProcessEnv;

  constructor(
    private readonly engine: Engine,
    gitlab: { readonly url: string; readonly token: string },
  ) {
    this.environment = {
      ...process.env,
      GITLAB_BASE_URL: gitlab.url,
      GITLAB_TOKEN: gitlab.token,
      CDKTF_OUTDIR: join(this.folder, "cdktf.out"),
      CHECKPOINT_DISABLE: "1",
      TF_IN_AUTOMATION: "1",
    };
    cpSync(join(REPOSITORY, "examples/cdktf"), join(this.folder, "example"), { recursive: true });
    symlinkSync(join(REPOSITORY, "node_modules"), join(this.folder, "node_modules"));
  }

  /** Puts the provider where the engine finds it. */
  async installProvider(): Promise<void> {
    await this.node("dist/bin/glsa.js", "install", "--for", "folder", "--folder", this.folder);
  }

  /** Changes the declaration, as a programmer would. */
  edit(before: string, after: string): void {
    const text = readFileSync(this.stackFile, "utf8");
    if (!text.includes(before)) throw new Error(`the example no longer holds "${before}"`);
    writeFileSync(this.stackFile, text.replace(before, after));
  }

  async synthesize(): Promise<void> {
    const tsconfig = join(REPOSITORY, "tsconfig.json");
    const main = join(this.folder, "example/main.ts");
    await this.node("node_modules/tsx/dist/cli.mjs", "--tsconfig", tsconfig, main);
    const synthesized = join(this.folder, "cdktf.out/stacks/platform/cdk.tf.json");
    cpSync(synthesized, join(this.folder, "main.tf.json"));
  }

  async init(): Promise<void> {
    await this.run("init");
  }

  plan(): Promise<string> {
    return this.run("plan", "-no-color");
  }

  apply(): Promise<string> {
    return this.run("apply", "-no-color", "-auto-approve");
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async node(script: string, ...parameters: string[]): Promise<void> {
    const options = { cwd: this.folder, env: this.environment };
    await execute(process.execPath, [join(REPOSITORY, script), ...parameters], options);
  }

  private async run(...parameters: string[]): Promise<string> {
    const options = { cwd: this.folder, env: this.environment, maxBuffer: 64 << 20 };
    const { stdout } = await execute(this.engine.binary, [...parameters, "-input=false"], options);
    return stdout;
  }
}
