import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Engine } from "./engine";

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
    this.node("dist/bin/glsa.js", "install", "--for", "folder", "--folder", this.folder);
  }

  /** Changes the declaration, as a programmer would. */
  edit(before: string, after: string): void {
    const text = readFileSync(this.stackFile, "utf8");
    if (!text.includes(before)) throw new Error(`the example no longer holds "${before}"`);
    writeFileSync(this.stackFile, text.replace(before, after));
  }

  synthesize(): void {
    const tsconfig = join(REPOSITORY, "tsconfig.json");
    const tsx = join(REPOSITORY, "node_modules/tsx/dist/cli.mjs");
    const main = join(this.folder, "example/main.ts");
    execFileSync(process.execPath, [tsx, "--tsconfig", tsconfig, main], { env: this.environment });
    cpSync(
      join(this.folder, "cdktf.out/stacks/platform/cdk.tf.json"),
      join(this.folder, "main.tf.json"),
    );
  }

  init(): void {
    this.run("init");
  }

  plan(): string {
    return this.run("plan", "-no-color");
  }

  apply(): string {
    return this.run("apply", "-no-color", "-auto-approve");
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private node(script: string, ...parameters: string[]): void {
    execFileSync(process.execPath, [join(REPOSITORY, script), ...parameters]);
  }

  private run(...parameters: string[]): string {
    const done = spawnSync(this.engine.binary, [...parameters, "-input=false"], {
      cwd: this.folder,
      env: this.environment,
      encoding: "utf8",
    });
    if (done.status !== 0)
      throw new Error(`${parameters.join(" ")} failed:\n${done.stdout}${done.stderr}`);
    return done.stdout;
  }
}
