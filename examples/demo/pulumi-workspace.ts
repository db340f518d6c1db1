import { execFile } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import type { PulumiEngine } from "./pulumi-engine";
import type { Instance, Workspace } from "./workspace";

/** Not the synchronous form: the stand-in answers from this same process. */
const execute = promisify(execFile);
const REPOSITORY = resolve(__dirname, "../..");

/** What `npm install` would put beside glsa. */
const DEPENDENCIES = ["@pulumi/pulumi", "typescript", "@types/node", "undici-types"];

const PROJECT = `name: demo
runtime: nodejs
main: program.ts
plugins:
  providers:
    - name: glsa
      path: ./node_modules/.bin
`;

/** The declaration as a program, on Pulumi, with its state in the same folder. */
export class PulumiWorkspace implements Workspace {
  private readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "glsa-demo-")));
  private readonly settings: Readonly<Record<string, string>>;

  constructor(
    private readonly engine: PulumiEngine,
    gitlab: Instance,
  ) {
    this.settings = {
      PULUMI_BACKEND_URL: `file://${this.folder}/state`,
      PULUMI_CONFIG_PASSPHRASE: "demo",
      PULUMI_STACK: "dev",
      GITLAB_BASE_URL: gitlab.url,
      GITLAB_TOKEN: gitlab.token,
    };
    copyFileSync(join(__dirname, "program.ts"), join(this.folder, "program.ts"));
    writeFileSync(join(this.folder, "Pulumi.yaml"), PROJECT);
    writeFileSync(join(this.folder, "package.json"), '{ "private": true }\n');
    mkdirSync(join(this.folder, "state"));
  }

  async init(): Promise<void> {
    for (const name of DEPENDENCIES) this.link(join(REPOSITORY, "node_modules", name), name);
    this.link(REPOSITORY, "glsa");
    this.link("../glsa/dist/bin/pulumi-resource-glsa.js", ".bin/pulumi-resource-glsa");
    await this.run("stack", "init", "dev");
  }

  async plan(): Promise<string[]> {
    return essence(await this.run("preview"));
  }

  async apply(): Promise<string[]> {
    return outcome(await this.run("up", "--yes", "--skip-preview"));
  }

  async destroy(): Promise<string[]> {
    return outcome(await this.run("destroy", "--yes", "--skip-preview"));
  }

  byHand(): string[] {
    const settings = Object.entries(this.settings).map(([name, value]) => `${name}=${value}`);
    return [
      `cd ${this.folder}`,
      `export PATH=${this.engine.path}`,
      `export ${settings.join(" ")}`,
      "pulumi preview --diff",
    ];
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private link(target: string, name: string): void {
    const path = join(this.folder, "node_modules", name);
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(target, path);
  }

  private async run(...parameters: string[]): Promise<string> {
    const options = { cwd: this.folder, env: this.environment(), maxBuffer: 64 << 20 };
    const quiet = ["--non-interactive", "--color=never"];
    const { stdout } = await execute(this.engine.binary, [...parameters, ...quiet], options);
    return stdout;
  }

  private environment(): NodeJS.ProcessEnv {
    return {
      ...process.env,
      PATH: this.engine.path,
      PULUMI_HOME: join(this.folder, "home"),
      PULUMI_SKIP_UPDATE_CHECK: "1",
      ...this.settings,
    };
  }
}

/** Which objects change, what the provider says of them, and how many there are. */
function essence(output: string): string[] {
  const explanations = output
    .split("\n")
    .filter((line) => /^ {4}(Planned|Found changed): /.test(line))
    .flatMap((line) => line.trim().split("; "));
  // Pulumi lists them as it gets to them, several at a time.
  const changes = linesLike(output, /^ +[-+~] +glsa:index:/).sort();
  return [...changes, ...explanations, ...counts(output)];
}

function outcome(output: string): string[] {
  return counts(output);
}

function counts(output: string): string[] {
  return linesLike(output, /^ {4}([-+~] )?\d+ (to )?\w+$/);
}

function linesLike(output: string, pattern: RegExp): string[] {
  return output
    .split("\n")
    .filter((line) => pattern.test(line))
    .map((line) =>
      line
        .replace(/;? (Planned|Found changed): .*/, "")
        .trim()
        .replace(/ {2,}/g, " "),
    );
}
