import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import type { Run } from "./engine";
import type { TestGitLab } from "./gitlab";

const ROOT = resolve(__dirname, "../..");
const RUNNER = join(ROOT, "node_modules/gitlab-ci-local/src/index.js");

interface Variable {
  readonly source_type: string;
  readonly source_id: number;
  readonly key: string;
  readonly value: string;
  readonly protected: boolean;
  readonly environment_scope: string;
}

export interface PipelineOptions {
  /** Beside what GitLab itself tells a job. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Manual jobs that somebody starts. */
  readonly started?: readonly string[];
}

/** A project with a repository of its own, whose pipelines run on this machine against the stand-in. */
export class GitLabPipelines {
  readonly folder = mkdtempSync(join(tmpdir(), "glsa-pipelines-"));
  private readonly repository = join(this.folder, "accounts");
  private readonly home = join(this.folder, "home");
  private readonly programs = join(this.folder, "bin");

  /**
   * @param example the folder that becomes the repository
   * @param project its number, and the address at which its jobs find GitLab
   */
  constructor(
    example: string,
    private readonly gitlab: TestGitLab,
    private readonly project: { readonly id: number; readonly url: string },
  ) {
    for (const folder of [this.home, this.programs]) mkdirSync(folder);
    symlinkSync(join(ROOT, "dist/bin/glsa.js"), join(this.programs, "glsa"));
    symlinkSync(join(__dirname, "rsync.sh"), join(this.programs, "rsync"));
    cpSync(example, this.repository, { recursive: true });
    writeFileSync(join(this.repository, ".gitignore"), ".gitlab-ci-local/\n.terraform/\n");
    this.run("glsa", "install");
    this.run("terraform", "init", "-backend=false");
    this.run("git", "init", "--quiet", "--initial-branch=main");
    this.run("git", "remote", "add", "origin", "git@gitlab.example.com:platform/accounts.git");
    this.commit();
  }

  /** Replaces files of the repository. */
  write(files: Readonly<Record<string, string>>): void {
    for (const [path, content] of Object.entries(files)) {
      writeFileSync(join(this.repository, path), content);
    }
    this.commit();
  }

  /** The pipeline of a merge request. Its jobs get no protected variable. */
  async ofMergeRequest(iid: number): Promise<Run> {
    return this.pipeline("merge_request_event", false, {
      variables: { CI_MERGE_REQUEST_IID: String(iid), CI_COMMIT_BRANCH: "" },
    });
  }

  /** The pipeline of the default branch after a merge. */
  afterMerge(options?: PipelineOptions): Promise<Run> {
    return this.pipeline("push", true, options);
  }

  night(options?: PipelineOptions): Promise<Run> {
    return this.pipeline("schedule", true, options);
  }

  /** The value of a variable of the project, hidden or not. */
  async variable(key: string, scope: string): Promise<string | undefined> {
    const variables = await this.variables(true);
    return variables.find((one) => one.key === key && one.environment_scope === scope)?.value;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async pipeline(
    source: string,
    isProtected: boolean,
    { variables = {}, started = [] }: PipelineOptions = {},
  ): Promise<Run> {
    this.writeVariables(await this.variables(isProtected));
    const predefined = {
      CI_PIPELINE_SOURCE: source,
      CI_DEFAULT_BRANCH: "main",
      CI_SERVER_URL: this.project.url,
      CI_API_V4_URL: `${this.project.url}/api/v4`,
      CI_PROJECT_ID: String(this.project.id),
      ...variables,
    };
    return this.spawn([
      ...["--force-shell-executor", "--shell-isolation", "--no-artifacts-to-source", "--no-color"],
      ...["--ignore-predefined-vars", Object.keys(predefined).join(",")],
      ...Object.entries(predefined).flatMap(([key, value]) => ["--variable", `${key}=${value}`]),
      ...started.flatMap((job) => ["--manual", job]),
    ]);
  }

  /** What the project's settings hold now, hidden ones included: jobs get those, too. */
  private async variables(isProtected: boolean): Promise<Variable[]> {
    const { variables } = await this.gitlab.control<{ variables: { rows: Variable[] } }>(
      "GET",
      "state",
    );
    const isOurs = ({ source_type, source_id }: Variable) =>
      source_type === "project" && source_id === this.project.id;
    return variables.rows.filter(
      (variable) => isOurs(variable) && (isProtected || !variable.protected),
    );
  }

  private writeVariables(variables: readonly Variable[]): void {
    const byKey: Record<string, { type: "variable"; values: Record<string, string> }> = {};
    for (const { key, value, environment_scope } of variables) {
      const entry = (byKey[key] ??= { type: "variable", values: {} });
      entry.values[environment_scope] = value;
    }
    const folder = join(this.home, ".gitlab-ci-local");
    mkdirSync(folder, { recursive: true });
    const project = { "gitlab.example.com/platform/accounts.git": byKey };
    writeFileSync(join(folder, "variables.yml"), JSON.stringify({ project }));
  }

  private spawn(parameters: readonly string[]): Promise<Run> {
    const child = spawn(process.execPath, [RUNNER, ...parameters], {
      cwd: this.repository,
      env: this.environment(),
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    return new Promise((done, failed) => {
      child.on("error", failed);
      child.on("close", (exitCode) => done({ exitCode, stdout, stderr }));
    });
  }

  private commit(): void {
    const author = ["-c", "user.name=test", "-c", "user.email=test@example.com"];
    this.run("git", "add", "--all");
    this.run("git", ...author, "commit", "--quiet", "--message", "Change accounts");
  }

  private run(program: string, ...parameters: string[]): void {
    execFileSync(program, parameters, {
      cwd: this.repository,
      env: this.environment(),
      stdio: ["ignore", "ignore", "pipe"],
    });
  }

  /** Nothing of the developer's own shell or of the CI that runs this test reaches a job. */
  private environment(): NodeJS.ProcessEnv {
    const outer = Object.entries(process.env).filter(
      ([name]) => !/^(TF|CI|GIT|GITLAB)_/.test(name),
    );
    return {
      ...Object.fromEntries(outer),
      HOME: this.home,
      PATH: [this.programs, process.env["PATH"]].join(delimiter),
      TF_CLI_ARGS: "-no-color",
      CHECKPOINT_DISABLE: "1",
      GIT_CONFIG_GLOBAL: "/dev/null",
    };
  }
}
